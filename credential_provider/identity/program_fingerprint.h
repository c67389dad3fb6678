// What a program that prints credentials may depend on beside its arguments: parts of the keys of what is
// stored.
#ifndef CREDENTIAL_PROVIDER_IDENTITY_PROGRAM_FINGERPRINT_H_
#define CREDENTIAL_PROVIDER_IDENTITY_PROGRAM_FINGERPRINT_H_

#include <string>
#include <vector>

#include "absl/types/span.h"
#include "credential_provider/base/environment.h"

namespace credential_provider {

// Tells the file at `path` from another, and from the same after an update. "" when it cannot be found out.
std::string FileIdentity(const std::string& path);

// Returns the working folder when `command`, or what is after a '=' in it, names a file relative to it;
// else "": most programs do not care where they are started.
std::string WorkingFolderIfNamed(const std::vector<std::string>& command);

// Returns a fingerprint of the variables on which it may depend for whom a program prints a credential: all
// but those that tell of the session (TellsOfSession) and are not among `names`, in whatever order they are.
std::string FingerprintOfVariables(const Environment& environment, absl::Span<const std::string> names = {});

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_IDENTITY_PROGRAM_FINGERPRINT_H_
