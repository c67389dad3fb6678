// `credential_provider get`: what kubectl runs.
#ifndef CREDENTIAL_PROVIDER_COMMANDS_GET_COMMAND_H_
#define CREDENTIAL_PROVIDER_COMMANDS_GET_COMMAND_H_

#include "credential_provider/cli/command.h"

namespace credential_provider {

extern const Command kGetAckCommand;
extern const Command kGetAckTokenCommand;

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_COMMANDS_GET_COMMAND_H_
