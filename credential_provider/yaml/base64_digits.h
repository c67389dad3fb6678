// Base64 in long stretches: certificates are most of the bytes of a kubeconfig.
#ifndef CREDENTIAL_PROVIDER_YAML_BASE64_DIGITS_H_
#define CREDENTIAL_PROVIDER_YAML_BASE64_DIGITS_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace credential_provider {

// Returns how many digits of base64 `text` begins with. '=' is none.
size_t CountBase64Digits(absl::string_view text);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_YAML_BASE64_DIGITS_H_
