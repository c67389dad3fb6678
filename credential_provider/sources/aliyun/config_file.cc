#include "credential_provider/sources/aliyun/config_file.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/text/json_text.h"
#include "credential_provider/text/shell_words.h"

namespace credential_provider {
namespace {

constexpr size_t kMaxConfigBytes = 4 << 20;
constexpr absl::Duration kLockPause = absl::Milliseconds(50);

// Works for json and for ordered_json.
template <typename Json>
Json* ProfileIn(Json& config, absl::string_view name) {
  const auto profiles = config.find("profiles");
  if (profiles == config.end() || !profiles->is_array()) return nullptr;
  for (auto& profile : *profiles) {
    if (!profile.is_object()) continue;
    const auto found = profile.find("name");
    if (found != profile.end() && found->is_string() && found->template get<std::string>() == name)
      return &profile;
  }
  return nullptr;
}

// Tells whether `file` is still the one at `path`: whoever replaces it leaves waiters with the old one.
bool IsAt(const FileDescriptor& file, const std::string& path) {
  struct stat held, named;
  return fstat(file.get(), &held) == 0 && stat(path.c_str(), &named) == 0 && held.st_ino == named.st_ino &&
         held.st_dev == named.st_dev;
}

}  // namespace

const nlohmann::json* AliyunConfig::FindProfile(absl::string_view name) const {
  return ProfileIn(json, name);
}

std::vector<std::string> AliyunConfig::ProfileNames() const {
  std::vector<std::string> names;
  const auto profiles = json.find("profiles");
  if (profiles == json.end() || !profiles->is_array()) return names;
  for (const nlohmann::json& profile : *profiles) {
    const auto name = profile.is_object() ? profile.find("name") : profile.end();
    if (profile.is_object() && name != profile.end() && name->is_string())
      names.push_back(name->get<std::string>());
  }
  return names;
}

absl::StatusOr<std::string> AliyunConfigPath(const Environment& environment) {
  for (const char* off : {"ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "ALIBABA_CLOUD_IGNORE_PROFILE",
                          "ALIBABACLOUD_IGNORE_PROFILE"}) {
    if (absl::EqualsIgnoreCase(environment.Get(off), "true"))
      return absl::NotFoundError(absl::StrCat(off, " is true"));
  }
  const absl::string_view path = environment.Get("ALIBABA_CLOUD_CONFIG_FILE");
  if (!path.empty()) return std::string(path);
  if (environment.Get("HOME").empty()) return absl::NotFoundError("HOME is not set");
  return InHome(environment, "/.aliyun/config.json");
}

std::string ConfigureLine(absl::string_view profile) {
  return ShellLine({"aliyun", "configure", "--profile", std::string(profile)});
}

absl::StatusOr<AliyunConfig> ReadAliyunConfig(const std::string& path) {
  absl::StatusOr<std::string> text = ReadFile(path, kMaxConfigBytes);
  if (!text.ok()) return text.status();
  AliyunConfig config{path, ParseJson(*text)};
  if (config.json.is_object()) return config;
  return WithHint(absl::InvalidArgumentError(absl::StrCat(path, ": not a JSON object")),
                  "mend the file, or run `aliyun configure`");
}

absl::StatusOr<FileDescriptor> LockAliyunConfig(const std::string& path, Clock& clock,
                                                absl::Duration patience) {
  const absl::Time deadline = clock.Now() + patience;
  while (true) {
    FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.ok()) return ErrnoError(errno, path);
    if (flock(file.get(), LOCK_EX | LOCK_NB) == 0) {
      if (IsAt(file, path)) return file;
      continue;
    }
    if (errno != EWOULDBLOCK && errno != EINTR) return ErrnoError(errno, path);
    if (clock.Now() >= deadline)
      return absl::DeadlineExceededError(absl::StrCat(path, ": locked by another program"));
    clock.Sleep(kLockPause);
  }
}

absl::Status UpdateAliyunProfile(const std::string& path, absl::string_view name,
                                 const std::map<std::string, nlohmann::json>& fields) {
  char real[PATH_MAX];
  struct stat info;
  if (realpath(path.c_str(), real) == nullptr) return ErrnoError(errno, path);
  // Text, owner and mode are those of one file, whoever swaps its name for a link meanwhile.
  const FileDescriptor file(open(real, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!file.ok() || fstat(file.get(), &info) != 0) return ErrnoError(errno, path);
  absl::StatusOr<std::string> text = ReadAll(file.get(), kMaxConfigBytes, path);
  if (!text.ok()) return text.status();
  auto config = ParseJson<nlohmann::ordered_json>(*text);
  nlohmann::ordered_json* const profile = config.is_object() ? ProfileIn(config, name) : nullptr;
  if (profile == nullptr) return absl::FailedPreconditionError(absl::StrCat(path, ": the profile is gone"));
  for (const auto& [field, value] : fields) (*profile)[field] = value;
  const std::string edited = config.dump(1, '\t', false, nlohmann::json::error_handler_t::replace) + "\n";
  const bool root = geteuid() == 0;  // anybody else can only own the file
  return ReplaceFile(real, edited, info.st_mode & 07777, root ? info.st_uid : uid_t(-1),
                     root ? info.st_gid : gid_t(-1));
}

}  // namespace credential_provider
