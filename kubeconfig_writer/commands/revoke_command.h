// `kubeconfig_writer revoke`: ends what ACK has given the caller for one cluster.
#ifndef KUBECONFIG_WRITER_COMMANDS_REVOKE_COMMAND_H_
#define KUBECONFIG_WRITER_COMMANDS_REVOKE_COMMAND_H_

#include <string>

#include "absl/types/span.h"
#include "credential_provider/cli/command.h"

namespace kubeconfig_writer {

extern const credential_provider::Command kRevokeCommand;

// Whether the line is for whom the stanza calls as, or for somebody else.
enum class Revoker { kStanza, kSomebodyElse };

// Returns the line, quoted for a shell, that revokes the key of `owner`, the name in its certificate, and no
// other's: with those flags of `args`, a stanza's, that the command has.
std::string RevokeLine(absl::Span<const std::string> args, const std::string& owner, Revoker revoker);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_COMMANDS_REVOKE_COMMAND_H_
