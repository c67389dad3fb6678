// Where credentials are kept when the user does not say.
#ifndef CREDENTIAL_PROVIDER_STORE_STORE_DIRECTORY_H_
#define CREDENTIAL_PROVIDER_STORE_STORE_DIRECTORY_H_

#include <string>

#include "absl/status/statusor.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/platform/store_places.h"

namespace credential_provider {

// Returns $XDG_CACHE_HOME/credential_provider, or $HOME/.cache/credential_provider when the first is unset or
// not absolute, as the XDG Base Directory Specification has it. FailedPrecondition when neither is there.
absl::StatusOr<std::string> DefaultStoreDirectory(const Environment& environment);

// Returns $XDG_RUNTIME_DIR/credential_provider, which is in memory and ends with the user's last session, or
// one in the user's own folder of this system, where it has such. FailedPrecondition when the variable is
// unset or not absolute, and there is none.
absl::StatusOr<std::string> RuntimeStoreDirectory(const Environment& environment, const StorePlaces& places);

// Returns this user's folder in the shared memory, which is memory on nearly every machine and in every
// container. It needs no home, but who shares that and the user id shares it: the containers of a pod.
// FailedPrecondition where the system has none.
absl::StatusOr<std::string> MemoryStoreDirectory(const StorePlaces& places);

// Returns the folder of a CI job, where the next job finds nothing. In GitHub Actions it is in $RUNNER_TEMP,
// which the runner empties before and after each job. In GitLab it is in $CI_PROJECT_DIR.tmp, which is beside
// the checkout and so in no artifact, but stays when the job has ended: its name is made of the job's id and
// the token that only this job has. NotFound unless CI is "true" and the variables of one of the two are set.
absl::StatusOr<std::string> JobStoreDirectory(const Environment& environment);

// Removes what ended jobs have left beside the folder of this one; a version before 0.2 left it in the folder
// above. Of a folder that is none of GitLab's jobs nothing is removed.
void RemoveEndedJobs(const std::string& job_folder);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_STORE_STORE_DIRECTORY_H_
