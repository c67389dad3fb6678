// `kubectl ack`: both programs under one name. Whichever of the two has it, the first word says which one
// runs.
#ifndef CREDENTIAL_PROVIDER_CLI_KUBECTL_PLUGIN_H_
#define CREDENTIAL_PROVIDER_CLI_KUBECTL_PLUGIN_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace credential_provider {

// When this program, whose own name is `self`, was started as kubectl-ack for a command of the other one, or
// as credential_provider for `warm`, becomes that one: the file in the folder where its own file really is,
// whatever link led here, and never one of the PATH. Then it does not return. OK when this program is to go
// on itself; an error when the other cannot be started. REQUIRES: `argv` is main's, and nothing was done yet:
// signals and the like would be handed over, too.
absl::Status HandOver(absl::string_view self, char** argv);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_CLI_KUBECTL_PLUGIN_H_
