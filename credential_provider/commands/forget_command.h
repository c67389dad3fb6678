// `credential_provider forget`: removes what is stored.
#ifndef CREDENTIAL_PROVIDER_COMMANDS_FORGET_COMMAND_H_
#define CREDENTIAL_PROVIDER_COMMANDS_FORGET_COMMAND_H_

#include <vector>

#include "credential_provider/cli/command.h"

namespace credential_provider {

// One for each kind of credential.
std::vector<Command> ForgetCommands();

extern const Command kForgetCommand;  // --all

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_COMMANDS_FORGET_COMMAND_H_
