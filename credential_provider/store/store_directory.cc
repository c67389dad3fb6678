#include "credential_provider/store/store_directory.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"

namespace credential_provider {
namespace {

constexpr char kFolder[] = "/credential_provider";

}  // namespace

absl::StatusOr<std::string> DefaultStoreDirectory(const Environment& environment) {
  const absl::string_view cache = environment.Get("XDG_CACHE_HOME");
  if (absl::StartsWith(cache, "/")) return absl::StrCat(cache, kFolder);
  const absl::string_view home = environment.Get("HOME");
  if (absl::StartsWith(home, "/")) return absl::StrCat(home, "/.cache", kFolder);
  return WithHint(absl::FailedPreconditionError("neither XDG_CACHE_HOME nor HOME names a folder"),
                  "set HOME or give --cache-dir");
}

absl::StatusOr<std::string> RuntimeStoreDirectory(const Environment& environment) {
  const absl::string_view runtime = environment.Get("XDG_RUNTIME_DIR");
  if (absl::StartsWith(runtime, "/")) return absl::StrCat(runtime, kFolder);
  return absl::FailedPreconditionError("XDG_RUNTIME_DIR does not name a folder");
}

absl::StatusOr<std::string> JobStoreDirectory(const Environment& environment) {
  const absl::string_view runner = environment.Get("RUNNER_TEMP");
  const absl::string_view project = environment.Get("CI_PROJECT_DIR");
  if (environment.Get("CI") == "true") {
    if (absl::StartsWith(runner, "/")) return absl::StrCat(runner, kFolder);
    if (absl::StartsWith(project, "/")) return absl::StrCat(project, ".tmp", kFolder);
  }
  return absl::NotFoundError("not a CI job with a folder of its own");
}

}  // namespace credential_provider
