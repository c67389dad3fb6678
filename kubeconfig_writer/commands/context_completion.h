// What completion offers of the kubeconfig: names where a command wants a context, and clusters.
#ifndef KUBECONFIG_WRITER_COMMANDS_CONTEXT_COMPLETION_H_
#define KUBECONFIG_WRITER_COMMANDS_CONTEXT_COMPLETION_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/cli/command_line.h"

namespace kubeconfig_writer {

// Returns the contexts of the kubeconfig that --kubeconfig or the environment names. What cannot be read has
// none: a shell that completes has no place for errors.
std::vector<std::string> ContextNames(const credential_provider::ParsedFlags& flags,
                                      const credential_provider::Environment& environment);

// Returns those of them whose user runs this program.
std::vector<std::string> StanzaContextNames(const credential_provider::ParsedFlags& flags,
                                            const credential_provider::Environment& environment);

// Returns those of them that this program made.
std::vector<std::string> OurContextNames(const credential_provider::ParsedFlags& flags,
                                         const credential_provider::Environment& environment);

// As credential_provider::FlagValues, and for --cluster-id the clusters of those contexts.
std::vector<std::string> WriterFlagValues(absl::string_view flag,
                                          const credential_provider::Environment& environment);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_COMMANDS_CONTEXT_COMPLETION_H_
