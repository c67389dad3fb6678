// What a command about one cluster is told: a context, whose stanza says the rest, or flags where there is
// none. Which cluster it is and who asks, the stanza says and no flag beside it may; other flags that are
// given count instead of the stanza's.
#ifndef KUBECONFIG_WRITER_CONTEXTS_CONTEXT_OR_FLAGS_H_
#define KUBECONFIG_WRITER_CONTEXTS_CONTEXT_OR_FLAGS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/cli/command.h"
#include "credential_provider/cli/command_line.h"
#include "kubeconfig_writer/contexts/context_stanza.h"
#include "kubeconfig_writer/file/merged_kubeconfig.h"

namespace kubeconfig_writer {

// --cluster-id of such a command.
inline constexpr credential_provider::FlagSpec kClusterInsteadFlag = {
    "--cluster-id", "ID", "instead of CONTEXT: the cluster, c and 32 hex digits, from the ACK console",
    nullptr, credential_provider::Preset::kNever};

// Returns the kubeconfig that --kubeconfig or the environment names, merged as kubectl does. NotFound when
// the file of --kubeconfig is not there.
absl::StatusOr<MergedKubeconfig> ReadMerged(const credential_provider::ParsedFlags& flags,
                                            const credential_provider::Environment& environment);

// Returns true when `flags` say which cluster is meant or who asks, as is typed where there is no context.
bool ChooseByFlags(const credential_provider::ParsedFlags& flags);

// Returns the one context that the operands name, or the current one. A UsageError for several, for one
// beside flags that choose, or for none.
absl::StatusOr<std::string> ChosenContext(const credential_provider::Command& command,
                                          const credential_provider::ParsedFlags& flags,
                                          const MergedKubeconfig& kubeconfig);

// The context that was chosen, with the flags of its stanza.
struct ContextOrFlags {
  std::string context;  // "" where flags alone say all
  credential_provider::ParsedFlags flags;
  credential_provider::Environment environment;
};

// Returns the flags that are given, if they choose; else those, completed by the stanza of the chosen
// context, and the environment with the stanza's variables.
absl::StatusOr<ContextOrFlags> FindContextOrFlags(const credential_provider::Command& command,
                                                  const credential_provider::ParsedFlags& flags,
                                                  const credential_provider::Environment& environment);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_CONTEXTS_CONTEXT_OR_FLAGS_H_
