// `credential_provider get`: what kubectl runs.
#ifndef CREDENTIAL_PROVIDER_COMMANDS_GET_COMMAND_H_
#define CREDENTIAL_PROVIDER_COMMANDS_GET_COMMAND_H_

#include <vector>

#include "credential_provider/cli/command.h"

namespace credential_provider {

// One for each kind of credential.
std::vector<Command> GetCommands();

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_COMMANDS_GET_COMMAND_H_
