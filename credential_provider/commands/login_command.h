// `credential_provider login`: signs in again to a profile of the aliyun CLI.
#ifndef CREDENTIAL_PROVIDER_COMMANDS_LOGIN_COMMAND_H_
#define CREDENTIAL_PROVIDER_COMMANDS_LOGIN_COMMAND_H_

#include "credential_provider/cli/command.h"

namespace credential_provider {

extern const Command kLoginCommand;

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_COMMANDS_LOGIN_COMMAND_H_
