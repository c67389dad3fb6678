// What completion offers as the value of a flag, where that is no fixed list of choices.
#ifndef CREDENTIAL_PROVIDER_COMMANDS_FLAG_VALUES_H_
#define CREDENTIAL_PROVIDER_COMMANDS_FLAG_VALUES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "credential_provider/base/environment.h"

namespace credential_provider {

// Returns the known regions for --region, and for --profile the profiles of the aliyun CLI and the sections
// of the SDKs' credentials file: those of files that can be read, as they stand there. Nothing for other
// flags. Uses no network.
std::vector<std::string> FlagValues(absl::string_view flag, const Environment& environment);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_COMMANDS_FLAG_VALUES_H_
