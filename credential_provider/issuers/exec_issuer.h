// Credentials of another exec plugin: it is run without a shell, with the environment as kubectl gave it.
#ifndef CREDENTIAL_PROVIDER_ISSUERS_EXEC_ISSUER_H_
#define CREDENTIAL_PROVIDER_ISSUERS_EXEC_ISSUER_H_

#include <string>

#include "absl/status/statusor.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/issuers/exec_options.h"
#include "credential_provider/kubernetes/credential.h"
#include "credential_provider/store/credential_key.h"

namespace credential_provider {

// Returns the file that `name` stands for: itself when it holds a slash, else the first that can be run on
// the PATH of `environment`, where empty entries and "." do not count, as for kubectl. NotFound when there is
// none.
absl::StatusOr<std::string> FindCommand(const std::string& name, const Environment& environment);

// Returns the key of what `program`, the file of the command of `options`, prints: all that may change it.
// That is the command and its arguments; the file, by its place, size and time; the working folder, when a
// word names a file in it; the cluster, when kubectl tells it; and all variables but those that tell of the
// session (TellsOfSession), unless `options` names them. Their values may be secrets and go in as a hash.
CredentialKey ExecCredentialKey(const ExecOptions& options, const std::string& program,
                                const Environment& environment);

// Returns true when `key` is one of ExecCredentialKey's for the command of `options`, whatever the rest.
bool IsKeyOfCommand(const CredentialKey& key, const ExecOptions& options);

// Runs the command and returns what it prints. It may use the terminal when there is somebody to ask; with
// `attended` false it is told that there is none. Its stdout is never shown, in errors neither.
absl::StatusOr<Credential> IssueExecCredential(const ExecOptions& options, const std::string& program,
                                               bool attended, const Environment& environment);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ISSUERS_EXEC_ISSUER_H_
