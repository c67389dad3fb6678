// Where credentials are kept when the user does not say.
#ifndef CREDENTIAL_PROVIDER_STORE_STORE_DIRECTORY_H_
#define CREDENTIAL_PROVIDER_STORE_STORE_DIRECTORY_H_

#include <string>

#include "absl/status/statusor.h"
#include "credential_provider/base/environment.h"

namespace credential_provider {

// Returns $XDG_CACHE_HOME/credential_provider, or $HOME/.cache/credential_provider when the first is unset or
// not absolute, as the XDG Base Directory Specification has it. FailedPrecondition when neither is there.
absl::StatusOr<std::string> DefaultStoreDirectory(const Environment& environment);

// Returns $XDG_RUNTIME_DIR/credential_provider, which is in memory and ends with the user's last session.
// FailedPrecondition when the variable is unset or not absolute.
absl::StatusOr<std::string> RuntimeStoreDirectory(const Environment& environment);

// Returns the folder of a CI job, where the next job finds nothing: in $RUNNER_TEMP of GitHub Actions, or in
// GitLab's $CI_PROJECT_DIR.tmp, which is beside the checkout and so in no artifact. NotFound unless CI is
// "true" and one of the two is set.
absl::StatusOr<std::string> JobStoreDirectory(const Environment& environment);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_STORE_STORE_DIRECTORY_H_
