// The flags by which the user says who asks: parsed by credential_provider, formatted by kubeconfig_writer.
#ifndef CREDENTIAL_PROVIDER_SOURCES_IDENTITY_FLAGS_H_
#define CREDENTIAL_PROVIDER_SOURCES_IDENTITY_FLAGS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "credential_provider/cli/command_line.h"
#include "credential_provider/identity/identity_options.h"

namespace credential_provider {

// The flags of IdentityOptions. What --identity may be comes from the table of sources.
std::vector<FlagSpec> IdentityFlags();

// InvalidArgument, naming the flag, for a value that cannot be, or one that has no effect.
absl::StatusOr<IdentityOptions> ParseIdentityOptions(const ParsedFlags& flags);

// Returns the flags that stand for `options`, without those that are as by default. The inverse of the above.
std::vector<std::string> FormatIdentityOptions(const IdentityOptions& options);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_IDENTITY_FLAGS_H_
