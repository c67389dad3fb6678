// The form in which macOS tells the arguments of a process. Nothing of the system is needed to read it.
#ifndef CREDENTIAL_PROVIDER_PLATFORM_DARWIN_PROCESS_ARGUMENTS_H_
#define CREDENTIAL_PROVIDER_PLATFORM_DARWIN_PROCESS_ARGUMENTS_H_

#include <string>

#include "absl/strings/string_view.h"

namespace credential_provider {

// Returns the arguments in what sysctl's KERN_PROCARGS2 gives: their number as an int, the program's path,
// zero bytes, and then the arguments and the variables, each with a zero byte after it. In the form of
// CommandLineOf; "" for anything else.
std::string ArgumentsIn(absl::string_view data);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_PLATFORM_DARWIN_PROCESS_ARGUMENTS_H_
