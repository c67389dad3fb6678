// `credential_provider get exec` and `forget exec`: any other exec plugin with this program's store.
#ifndef CREDENTIAL_PROVIDER_COMMANDS_GET_EXEC_COMMAND_H_
#define CREDENTIAL_PROVIDER_COMMANDS_GET_EXEC_COMMAND_H_

#include "credential_provider/cli/command.h"

namespace credential_provider {

extern const Command kGetExecCommand;
extern const Command kForgetExecCommand;

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_COMMANDS_GET_EXEC_COMMAND_H_
