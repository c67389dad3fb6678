// What could be typed next on the command line of a program. It comes from the tables that parse what is
// typed, so the two cannot differ.
#ifndef CREDENTIAL_PROVIDER_CLI_SELF_COMPLETION_H_
#define CREDENTIAL_PROVIDER_CLI_SELF_COMPLETION_H_

#include <string>

#include "absl/types/span.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/cli/command.h"

namespace credential_provider {

// The reply that asks the shell to offer files.
inline constexpr char kOfferFiles[] = ":files\n";

// Returns what `words`, those after the program's name, could go on with: for each possible last word a line
// of it, a tab and what it means, or kOfferFiles. The last word may be unfinished or empty. REQUIRES: `words`
// is not empty.
std::string CompleteWords(const Program& program, absl::Span<const std::string> words,
                          const Environment& environment);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_CLI_SELF_COMPLETION_H_
