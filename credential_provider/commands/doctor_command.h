// `credential_provider doctor`: walks the path of a run, from the configuration to the API server, and stops
// where it is broken.
#ifndef CREDENTIAL_PROVIDER_COMMANDS_DOCTOR_COMMAND_H_
#define CREDENTIAL_PROVIDER_COMMANDS_DOCTOR_COMMAND_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "credential_provider/base/step_listener.h"
#include "credential_provider/cli/command.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/invocation/invocation.h"

namespace credential_provider {

// One for each kind of credential.
std::vector<Command> DoctorCommands();

// Makes the steps in their order and tells `say` of each that went well: its name and what was found, without
// a secret. Returns the first failure, with what to do; a refusal of the API server's says which of 401 (it
// does not know the caller) and 403 (it does, but allows nothing) it is. `program` is what kubectl starts.
// Uses no stored credential and stores none.
absl::Status Examine(const Invocation& invocation, const std::string& program, const NetworkContext& fetch,
                     SayStep say);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_COMMANDS_DOCTOR_COMMAND_H_
