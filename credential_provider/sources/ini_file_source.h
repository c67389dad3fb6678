// The SDKs' credentials file.
#ifndef CREDENTIAL_PROVIDER_SOURCES_INI_FILE_SOURCE_H_
#define CREDENTIAL_PROVIDER_SOURCES_INI_FILE_SOURCE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/identity/identity_options.h"
#include "credential_provider/identity/principal.h"

namespace credential_provider {

// Finds the section that --profile, else ALIBABA_CLOUD_PROFILE, names, else "default", in
// ALIBABA_CLOUD_CREDENTIALS_FILE, else in ~/.alibabacloud/credentials (Go, Node), else in
// ~/.alibabacloud/credentials.ini (Java, Python). NotFound when there is no file or no such section, or it
// says "enable = false"; any other fault names the file, the section and the key.
absl::StatusOr<Identity> FindInIniFile(const IdentityOptions& options, const Environment& environment,
                                       const Resolver& resolve);

// Returns the names of that file's sections; none when it cannot be read.
std::vector<std::string> IniSectionNames(const Environment& environment);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_INI_FILE_SOURCE_H_
