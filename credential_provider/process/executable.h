// Finds programs as client-go does.
#ifndef CREDENTIAL_PROVIDER_PROCESS_EXECUTABLE_H_
#define CREDENTIAL_PROVIDER_PROCESS_EXECUTABLE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace credential_provider {

// Returns true when there is a file at `path` that this user may run.
bool IsExecutable(const std::string& path);

// Returns the file that `command` stands for: itself when it has a '/', else the first of that name in a
// folder of `search_path`, the value of PATH. Folders that are not absolute are passed over: client-go
// refuses what is found there. "" when there is none.
std::string FindExecutable(absl::string_view command, absl::string_view search_path);

// Returns the error for a `command` that FindExecutable found no file for: the reason, without naming it, and
// what to do.
absl::Status NotExecutable(absl::string_view command);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_PROCESS_EXECUTABLE_H_
