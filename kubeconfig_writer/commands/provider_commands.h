// Commands of credential_provider, which does not read kubeconfigs: with a context, whose stanza becomes
// their flags, and as they are. All end by becoming the credential_provider beside this program.
#ifndef KUBECONFIG_WRITER_COMMANDS_PROVIDER_COMMANDS_H_
#define KUBECONFIG_WRITER_COMMANDS_PROVIDER_COMMANDS_H_

#include <vector>

#include "credential_provider/cli/command.h"

namespace kubeconfig_writer {

// `doctor`, `whoami`, `login`, `status` and `forget` of a context.
std::vector<credential_provider::Command> ContextCommands();

// The rows of its own table, without those of the name above. Hidden but to who typed `kubectl ack`, which is
// both programs and has `get`, too.
std::vector<credential_provider::Command> HandedCommands();

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_COMMANDS_PROVIDER_COMMANDS_H_
