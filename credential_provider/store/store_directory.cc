#include "credential_provider/store/store_directory.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/sha256.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/platform/this_process.h"
#include "credential_provider/store/folder_files.h"
#include "credential_provider/store/private_folder.h"

namespace credential_provider {
namespace {

constexpr char kFolder[] = "/credential_provider";
constexpr char kJobPrefix[] = "job-";
constexpr size_t kJobNameSize = sizeof(kJobPrefix) - 1 + 32;  // with a Fingerprint
// Bound the time that one job spends on what earlier ones have left.
constexpr int kMaxEndedJobs = 100;
constexpr int kMaxFilesOfJob = 1000;

// Removes the files of this program from a folder, and nothing else.
void RemoveOurFiles(int folder) {
  ForEachFile(folder, kMaxFilesOfJob, [folder](const char* name) {
    if (IsOurFileName(name)) unlinkat(folder, name, 0);
  });
}

void RemoveEndedJob(int parent, const char* name) {
  const FileDescriptor folder(openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  struct stat info;
  if (!folder.ok() || fstat(folder.get(), &info) != 0 || !IsPrivate(info)) return;
  RemoveOurFiles(folder.get());
  unlinkat(parent, name, AT_REMOVEDIR);
}

}  // namespace

absl::StatusOr<std::string> DefaultStoreDirectory(const Environment& environment) {
  const absl::string_view cache = environment.Get("XDG_CACHE_HOME");
  if (absl::StartsWith(cache, "/")) return absl::StrCat(cache, kFolder);
  if (absl::StartsWith(environment.Get("HOME"), "/"))
    return absl::StrCat(InHome(environment, "/.cache"), kFolder);
  return WithHint(absl::FailedPreconditionError("neither XDG_CACHE_HOME nor HOME names a folder"),
                  "set HOME or give --cache-dir");
}

absl::StatusOr<std::string> RuntimeStoreDirectory(const Environment& environment, const StorePlaces& places) {
  const absl::string_view runtime = environment.Get("XDG_RUNTIME_DIR");
  if (absl::StartsWith(runtime, "/")) return absl::StrCat(runtime, kFolder);
  if (!places.user_folder.empty()) return absl::StrCat(places.user_folder, kFolder);
  return absl::FailedPreconditionError("XDG_RUNTIME_DIR does not name a folder");
}

absl::StatusOr<std::string> MemoryStoreDirectory(const StorePlaces& places) {
  if (!places.shared_memory.empty()) return absl::StrCat(places.shared_memory, kFolder, "-", ThisUser());
  return absl::FailedPreconditionError("this system has no folder in memory");
}

absl::StatusOr<std::string> JobStoreDirectory(const Environment& environment) {
  const absl::string_view runner = environment.Get("RUNNER_TEMP");
  const absl::string_view project = environment.Get("CI_PROJECT_DIR");
  const absl::string_view id = environment.Get("CI_JOB_ID");
  const absl::string_view token = environment.Get("CI_JOB_TOKEN");
  if (environment.Get("CI") == "true") {
    if (absl::StartsWith(runner, "/")) return absl::StrCat(runner, kFolder);
    if (absl::StartsWith(project, "/") && !id.empty() && !token.empty())
      return absl::StrCat(project, ".tmp", kFolder, "/", kJobPrefix,
                          Fingerprint(absl::StrCat(id, "\n", token)));
  }
  return absl::NotFoundError("not a CI job with a folder of its own");
}

void RemoveEndedJobs(const std::string& job_folder) {
  PrivateFolder parent(DirectoryOf(job_folder));
  const std::string own = job_folder.substr(parent.path().size() + 1);
  if (!absl::StartsWith(own, kJobPrefix) || !parent.Open().ok()) return;
  ForEachFile(parent.fd(), kMaxEndedJobs, [&](absl::string_view name) {
    if (absl::StartsWith(name, kJobPrefix) && name.size() == kJobNameSize && name != own)
      RemoveEndedJob(parent.fd(), std::string(name).c_str());
  });
  RemoveOurFiles(parent.fd());
}

}  // namespace credential_provider
