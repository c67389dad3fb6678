#include "kubeconfig_writer/lasting_path.h"

#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/own_path.h"
#include "credential_provider/base/versioned_path.h"
#include "credential_provider/program_name.h"
#include "kubeconfig_writer/trusted_path.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

// Where Nix and people keep the links of programs, "~" being the home. Those of others lie above the program.
constexpr const char* kFolders[] = {
    "~/.nix-profile/bin",
    "~/.local/state/nix/profile/bin",
    "/run/current-system/sw/bin",
    "/nix/var/nix/profiles/default/bin",
    "~/.local/bin",
    "~/bin",
    "/usr/local/bin",
    "/usr/bin",
};

bool IsOneOfOurs(const std::string& file, const std::string& folder) {
  for (const absl::string_view name : {kProgramName, kWriterProgramName, kPluginName}) {
    if (file == absl::StrCat(folder, "/", name)) return true;
  }
  return false;
}

// Returns the path in `folder` that leads to `provider` and lasts; "" when there is none.
std::string LinkIn(const std::string& folder, const std::string& provider) {
  if (!absl::StartsWith(folder, "/") || NamesVersion(folder)) return "";
  std::string direct = absl::StrCat(folder, "/", kProgramName);
  if (Resolved(direct) == provider) return direct;
  std::string plugin = absl::StrCat(folder, "/", kPluginName);
  return IsOneOfOurs(Resolved(plugin), DirectoryOf(provider)) ? plugin : "";
}

bool IsSafe(const std::string& path) { return WhyReplaceable(path).empty(); }

// The folders in which a link may be, in their order. Those of who has installed it come first: the folders
// `bin` above its own, as ~/.krew/bin is for ~/.krew/store/ack/v0.1.0, and /opt/homebrew/bin for
// /opt/homebrew/Cellar.
std::vector<std::string> PlacesOfLinks(const std::string& provider, const Environment& environment) {
  std::vector<std::string> places;
  for (std::string above = DirectoryOf(provider); above != "/"; above = DirectoryOf(above))
    places.push_back(absl::StrCat(DirectoryOf(above) == "/" ? "" : DirectoryOf(above), "/bin"));
  for (const absl::string_view folder : absl::StrSplit(environment.Get("PATH"), ':'))
    places.emplace_back(folder);
  for (const absl::string_view folder : kFolders) {
    const bool in_home = folder[0] == '~';
    places.push_back(in_home ? absl::StrCat(environment.Get("HOME"), folder.substr(1)) : std::string(folder));
  }
  return places;
}

}  // namespace

LastingPath FindLastingPath(const std::string& provider, const std::string& started,
                            const Environment& environment) {
  std::string path = LinkIn(DirectoryOf(started), provider);
  if (!path.empty() && (IsSafe(path) || !IsSafe(provider)))
    return {std::move(path), LastingPath::Kind::kStarted};
  if (!NamesVersion(provider)) return {provider, LastingPath::Kind::kOwn};
  for (const std::string& place : PlacesOfLinks(provider, environment)) {
    path = LinkIn(place, provider);
    if (!path.empty() && IsSafe(path)) return {std::move(path), LastingPath::Kind::kLink};
  }
  return {provider, LastingPath::Kind::kVersioned};
}

}  // namespace kubeconfig_writer
