#include "credential_provider/identity/program_fingerprint.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <climits>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "credential_provider/base/sha256.h"
#include "credential_provider/identity/session_variables.h"
#include "credential_provider/platform/files.h"
#include "credential_provider/store/credential_key.h"

namespace credential_provider {
namespace {

bool IsFileHere(absl::string_view name) {
  struct stat info;
  return !name.empty() && name[0] != '/' && stat(std::string(name).c_str(), &info) == 0;
}

// A bare name in front is looked for on the PATH, not here.
bool NamesFileHere(const std::vector<std::string>& command, size_t index) {
  const absl::string_view word = command[index];
  if (index == 0) return absl::StrContains(word, '/') && word[0] != '/';
  const size_t equals = word.find('=');
  return IsFileHere(word) || (equals != absl::string_view::npos && IsFileHere(word.substr(equals + 1)));
}

}  // namespace

std::string FileIdentity(const std::string& path) {
  struct stat info;
  if (stat(path.c_str(), &info) != 0) return "";
  const timespec written = absl::ToTimespec(WrittenTime(info));
  return absl::StrCat(info.st_dev, " ", info.st_ino, " ", info.st_size, " ", written.tv_sec, ".",
                      written.tv_nsec);
}

std::string WorkingFolderIfNamed(const std::vector<std::string>& command) {
  bool matters = false;
  for (size_t i = 0; i < command.size() && !matters; ++i) matters = NamesFileHere(command, i);
  char folder[PATH_MAX];
  return matters && getcwd(folder, sizeof(folder)) != nullptr ? folder : "";
}

std::string FingerprintOfVariables(const Environment& environment, absl::Span<const std::string> names) {
  std::vector<absl::string_view> entries;
  for (const char* const* entry = environment.entries(); *entry != nullptr; ++entry) {
    const absl::string_view variable = *entry;
    const absl::string_view name = variable.substr(0, variable.find('='));
    if (!TellsOfSession(name) || absl::c_linear_search(names, name)) entries.push_back(variable);
  }
  std::sort(entries.begin(), entries.end());
  CredentialKey all;
  for (const absl::string_view entry : entries) all.Add("variable", entry);
  return Fingerprint(all.text());
}

}  // namespace credential_provider
