// Values that go into a header or a URL, such as keys and tokens.
#ifndef CREDENTIAL_PROVIDER_TEXT_VISIBLE_TEXT_H_
#define CREDENTIAL_PROVIDER_TEXT_VISIBLE_TEXT_H_

#include <string>

#include "absl/status/statusor.h"

namespace credential_provider {

// A value, and what the user knows it by: "ALIBABA_CLOUD_ACCESS_KEY_ID", "field \"sts_token\"".
struct FoundValue {
  std::string place;
  std::string value;
};

// Returns the value without blanks and line breaks around it, with which files and secrets tend to end. When
// anything but visible ASCII is left, such as a line break that would begin another header: InvalidArgument,
// which names the place and holds nothing of the value.
absl::StatusOr<std::string> VisibleText(const FoundValue& found);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TEXT_VISIBLE_TEXT_H_
