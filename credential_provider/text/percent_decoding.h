// Text out of URLs.
#ifndef CREDENTIAL_PROVIDER_TEXT_PERCENT_DECODING_H_
#define CREDENTIAL_PROVIDER_TEXT_PERCENT_DECODING_H_

#include <string>

#include "absl/strings/string_view.h"

namespace credential_provider {

// Returns `text` with the byte for each "%41"; what is no such escape stays.
std::string PercentDecode(absl::string_view text);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TEXT_PERCENT_DECODING_H_
