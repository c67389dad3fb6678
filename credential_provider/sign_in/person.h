// The person who signs in: what is said, how long it is waited for, and how the browser is reached.
#ifndef CREDENTIAL_PROVIDER_SIGN_IN_PERSON_H_
#define CREDENTIAL_PROVIDER_SIGN_IN_PERSON_H_

#include <functional>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace credential_provider {

struct Person {
  std::function<void(absl::string_view line)> say;  // while it is waited
  absl::Duration patience;                          // the longest that it is waited for the person
  bool has_browser = true;  // on this machine: one is started, and can reach this process
  int types_at = -1;        // a descriptor for what is typed here; -1 when nobody is asked
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SIGN_IN_PERSON_H_
