// What the user is told when stored credentials were removed.
#ifndef CREDENTIAL_PROVIDER_COMMANDS_FORGOTTEN_H_
#define CREDENTIAL_PROVIDER_COMMANDS_FORGOTTEN_H_

#include "absl/status/statusor.h"
#include "credential_provider/answer/stored_credentials.h"
#include "credential_provider/cli/command.h"

namespace credential_provider {

// "forgot 1 credential, 2 sessions"; the error when there is one.
absl::StatusOr<Output> Forgotten(const absl::StatusOr<ForgottenCount>& count);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_COMMANDS_FORGOTTEN_H_
