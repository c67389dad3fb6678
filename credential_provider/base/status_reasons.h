// An error with several reasons: a sentence for programs and logs, a list for people.
#ifndef CREDENTIAL_PROVIDER_BASE_STATUS_REASONS_H_
#define CREDENTIAL_PROVIDER_BASE_STATUS_REASONS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace credential_provider {

// Returns `status` with " (a; b)" after its message; code and hint are kept. Where it is shown to a person
// these are a list. OK stays OK.
absl::Status WithReasons(const absl::Status& status, const std::vector<std::string>& reasons);

// What a message with reasons is made of; `reasons` is empty where it has none.
struct ReasonedMessage {
  std::string message;  // without them
  std::vector<std::string> reasons;
};
ReasonedMessage MessageOf(const absl::Status& status);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_BASE_STATUS_REASONS_H_
