// The program beside this one: credential_provider for kubeconfig_writer, and the other way round. Each has
// the commands of the other by handing them over, and a person is answered in the name that was typed.
#ifndef CREDENTIAL_PROVIDER_CLI_OTHER_PROGRAM_H_
#define CREDENTIAL_PROVIDER_CLI_OTHER_PROGRAM_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "credential_provider/cli/command.h"

namespace credential_provider {

// Becomes `program`, the file in the folder where this program's own file really is, whatever link led here,
// and never one of the PATH, with `args` and the variables of this process as they are now. It speaks in the
// name in which this program speaks. The second in a row becomes no third, so that two never go on handing
// over. `called` is the name in its argv[0], where that is not its file. Returns the reason when it cannot be
// started.
absl::Status Become(absl::string_view program, absl::Span<const std::string> args,
                    absl::string_view called = "");

// Makes an error of what would be a death: a write to a pipe that nobody reads, and one that makes a file
// longer than it may be. What Become starts has it as it was.
void IgnoreWriteSignals();

// Returns true when `started_as`, the first word of main's argv, is a path of something called `name`.
bool IsCalled(const char* started_as, absl::string_view name);

// Takes the name that Become has given off the front of `args`, to speak in it. Returns whether there was
// one.
bool TakeTypedName(std::vector<std::string>* args);

// Returns true when `program`, which is credential_provider, has no such command and the other may: it is not
// in the table, has an operand that it does not take there, or names a kubeconfig. Never for `get`.
bool IsForTheOther(const Program& program, absl::Span<const std::string> args);

// Returns `program` with the name that was typed.
Program AsTyped(Program program);

// Returns the name of the file that is `program`: what a shell completes.
std::string FileOf(const Program& program);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_CLI_OTHER_PROGRAM_H_
