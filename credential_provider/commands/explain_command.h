// `credential_provider explain ISSUER`: who would ask, what is stored, and what would happen now, without
// doing anything.
#ifndef CREDENTIAL_PROVIDER_COMMANDS_EXPLAIN_COMMAND_H_
#define CREDENTIAL_PROVIDER_COMMANDS_EXPLAIN_COMMAND_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/cli/command.h"
#include "credential_provider/cli/listing.h"
#include "credential_provider/invocation/invocation.h"

namespace credential_provider {

// One command for each issuer, with the arguments of its `get`.
std::vector<Command> ExplainCommands();

// Explains what a kubectl with the stanza of `invocation` would get now. `policy` says why kubectl would not
// start the program; OK when it would. The exit status is that of a failure
// when it would get no answer without somebody doing something. Uses no network and changes nothing.
Output Explain(const Invocation& invocation, const absl::Status& policy, const Environment& environment,
               OutputFormat format, absl::Time now);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_COMMANDS_EXPLAIN_COMMAND_H_
