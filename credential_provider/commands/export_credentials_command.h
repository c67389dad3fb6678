// `export-credentials -- COMMAND`: runs a program that knows Alibaba Cloud but not this one, as who asks
// here.
#ifndef CREDENTIAL_PROVIDER_COMMANDS_EXPORT_CREDENTIALS_COMMAND_H_
#define CREDENTIAL_PROVIDER_COMMANDS_EXPORT_CREDENTIALS_COMMAND_H_

#include "credential_provider/cli/command.h"

namespace credential_provider {

extern const Command kExportCredentialsCommand;

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_COMMANDS_EXPORT_CREDENTIALS_COMMAND_H_
