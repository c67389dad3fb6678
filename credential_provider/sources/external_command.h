// An AccessKey that another program prints.
#ifndef CREDENTIAL_PROVIDER_SOURCES_EXTERNAL_COMMAND_H_
#define CREDENTIAL_PROVIDER_SOURCES_EXTERNAL_COMMAND_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/identity/principal.h"

namespace credential_provider {

constexpr absl::Duration kExternalTimeLimit = absl::Minutes(1);

// Returns the identity whose key `command` prints: a JSON object with access_key_id, access_key_secret and,
// for a temporary one, sts_token and expiration; mode is AK, StsToken or absent. The program is run without a
// shell, at most for kExternalTimeLimit, each time the key is needed, and when nobody knows any more whose it
// brings: that goes by the line, the program's file, the working folder when the line names a file there, and
// the environment but for what tells of the terminal. A name without a slash is looked for in the absolute
// folders of the PATH alone. FailedPrecondition when there is no such program or
// ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS forbids it, InvalidArgument when the command cannot be split.
absl::StatusOr<Identity> FromCommand(absl::string_view source, absl::string_view command,
                                     const Environment& environment, const Resolver& resolve);

// Reads what such a program printed. Errors hold no value of it.
absl::StatusOr<AccessKey> ParsePrintedKey(const Secret& output);

// FailedPrecondition when ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS is "1" or "true".
absl::Status ExternalAllowed(const Environment& environment);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_EXTERNAL_COMMAND_H_
