#include "kubeconfig_writer/provider_command.h"

#include <sys/stat.h>

#include <climits>
#include <cstdlib>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/executable.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::DirectoryOf;
using credential_provider::Printable;
using credential_provider::WithHint;

// `path` with all links resolved, or "" when there is no such file.
std::string Resolved(const std::string& path) {
  char buffer[PATH_MAX];
  return realpath(path.c_str(), buffer) == nullptr ? "" : buffer;
}

bool IsSameFile(const std::string& a, const std::string& b) {
  struct stat of_a, of_b;
  return stat(a.c_str(), &of_a) == 0 && stat(b.c_str(), &of_b) == 0 && of_a.st_dev == of_b.st_dev &&
         of_a.st_ino == of_b.st_ino;
}

// Returns the path of the provider that belongs to the running program.
absl::StatusOr<std::string> FindProvider() {
  const std::string folder = DirectoryOf(Resolved("/proc/self/exe"));
  for (const absl::string_view place : {"/", "/../credential_provider/"}) {
    std::string provider = Resolved(absl::StrCat(folder, place, kProviderName));
    if (!provider.empty() && credential_provider::IsExecutable(provider)) return provider;
  }
  return WithHint(
      absl::NotFoundError(absl::StrCat(kProviderName, ": not found beside this program, in ", folder)),
      "install both programs in one folder, or name it with --command");
}

// Returns the command for `provider`, an absolute path.
absl::StatusOr<std::string> CommandFor(const std::string& provider, const std::string& kubeconfig_path,
                                       const credential_provider::Environment& environment) {
  if (IsSameFile(provider, credential_provider::FindExecutable(kProviderName, environment.Get("PATH"))))
    return std::string(kProviderName);
  const std::string folder = Resolved(DirectoryOf(kubeconfig_path));
  if (folder.empty() || !absl::StartsWith(provider, absl::StrCat(folder == "/" ? "" : folder, "/")))
    return provider;
  return WithHint(
      absl::FailedPreconditionError(absl::StrCat(
          provider, ": lies below the kubeconfig's folder, where kubectl would make the path relative")),
      "put credential_provider on the PATH");
}

absl::Status NotAProvider(const std::string& given, absl::StatusCode code, absl::string_view reason) {
  return WithHint(absl::Status(code, absl::StrCat("--command: ", Printable(given), ": ", reason)),
                  absl::StrCat("name a program, or a link to one, that is called ", kProviderName,
                               ", or leave the flag out"));
}

}  // namespace

absl::StatusOr<std::string> NamedCommand(const std::string& given) {
  const size_t slash = given.rfind('/');
  if (given.substr(slash + 1) != kProviderName) {
    return NotAProvider(given, absl::StatusCode::kInvalidArgument,
                        absl::StrCat("not called ", kProviderName, ", by which entries are known as ours"));
  }
  if (slash == std::string::npos) return given;
  if (!credential_provider::IsExecutable(given))
    return NotAProvider(given, absl::StatusCode::kNotFound, "no program that can be run");
  if (given[0] == '/') return given;
  return absl::StrCat(Resolved(DirectoryOf(given)), "/", kProviderName);
}

absl::StatusOr<std::string> ProviderCommand(const std::string& given, const std::string& kubeconfig_path,
                                            const credential_provider::Environment& environment) {
  if (!given.empty()) return NamedCommand(given);
  absl::StatusOr<std::string> provider = FindProvider();
  if (!provider.ok()) return provider.status();
  return CommandFor(*provider, kubeconfig_path, environment);
}

}  // namespace kubeconfig_writer
