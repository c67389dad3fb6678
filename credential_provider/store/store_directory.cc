#include "credential_provider/store/store_directory.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"

namespace credential_provider {

absl::StatusOr<std::string> DefaultStoreDirectory(const Environment& environment) {
  const absl::string_view cache = environment.Get("XDG_CACHE_HOME");
  if (absl::StartsWith(cache, "/")) return absl::StrCat(cache, "/credential_provider");
  const absl::string_view home = environment.Get("HOME");
  if (absl::StartsWith(home, "/")) return absl::StrCat(home, "/.cache/credential_provider");
  return WithHint(absl::FailedPreconditionError("neither XDG_CACHE_HOME nor HOME names a folder"),
                  "set HOME or give --cache-dir");
}

}  // namespace credential_provider
