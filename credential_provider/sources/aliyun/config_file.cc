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
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/base/typed_name.h"
#include "credential_provider/text/json_reader.h"
#include "credential_provider/text/json_text.h"
#include "credential_provider/text/shell_words.h"

namespace credential_provider {
namespace {

constexpr char kPathVariable[] = "ALIBABA_CLOUD_CONFIG_FILE";
constexpr size_t kMaxConfigBytes = 4 << 20;
constexpr absl::Duration kLockPause = absl::Milliseconds(50);

// Tells whether `file` is still the one at `path`: whoever replaces it leaves waiters with the old one.
bool IsAt(const FileDescriptor& file, const std::string& path) {
  struct stat held, named;
  return fstat(file.get(), &held) == 0 && stat(path.c_str(), &named) == 0 && held.st_ino == named.st_ino &&
         held.st_dev == named.st_dev;
}

// On NFS a lock that excludes others needs a descriptor that is open for writing.
FileDescriptor OpenToLock(const std::string& path) {
  const int file = open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
  const bool read_only = file < 0 && (errno == EACCES || errno == EROFS || errno == EPERM);
  return FileDescriptor(read_only ? open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC) : file);
}

}  // namespace

const nlohmann::json* AliyunConfig::FindProfile(absl::string_view name) const {
  const auto profiles = json.find("profiles");
  if (profiles == json.end() || !profiles->is_array()) return nullptr;
  for (const nlohmann::json& profile : *profiles) {
    if (!profile.is_object()) continue;
    const auto found = profile.find("name");
    if (found != profile.end() && found->is_string() && found->get<std::string>() == name) return &profile;
  }
  return nullptr;
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

absl::StatusOr<std::string> AliyunConfigPath(const Environment& environment, bool by_name) {
  for (const char* off : {"ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "ALIBABA_CLOUD_IGNORE_PROFILE",
                          "ALIBABACLOUD_IGNORE_PROFILE"}) {
    const bool ignores = absl::EndsWith(off, "_IGNORE_PROFILE");
    if (ignores && by_name) continue;
    if (!absl::EqualsIgnoreCase(environment.Get(off), "true")) continue;
    return WithHint(absl::NotFoundError(absl::StrCat(off, " is true")),
                    ignores ? "name the profile with --profile, which counts more, or unset that variable"
                            : "unset that variable");
  }
  const absl::string_view path = environment.Get(kPathVariable);
  if (!path.empty()) return std::string(path);
  if (environment.Get("HOME").empty())
    return WithHint(absl::NotFoundError("HOME is not set"),
                    absl::StrCat("set it, or ", kPathVariable, " to the file"));
  return InHome(environment, "/.aliyun/config.json");
}

ChosenProfile ChooseAliyunProfile(absl::string_view given, const Environment& environment,
                                  const AliyunConfig& config) {
  if (!given.empty()) return {std::string(given), "--profile"};
  for (const char* variable : {"ALIBABACLOUD_PROFILE", "ALIBABA_CLOUD_PROFILE", "ALICLOUD_PROFILE"}) {
    const absl::string_view name = environment.Get(variable);
    if (!name.empty()) return {std::string(name), variable};
  }
  const std::string current = JsonReader::Of(config.json, config.path).OptionalString("current");
  if (current.empty()) return {"default", "its name: the file has no current profile"};
  return {current, "the file's current profile"};
}

std::string ProfileLine(const std::string& command, absl::string_view profile,
                        const Environment& environment) {
  const std::string line = ShellLine({kProgramName, command, "--profile", std::string(profile)});
  const absl::string_view path = environment.Get(kPathVariable);
  if (path.empty()) return line;
  const std::string typed = AsTyped(absl::StrCat("`", line));
  return absl::StrCat(kPathVariable, "=", ShellWord(path), " ", typed.substr(1));
}

std::string LoginLine(absl::string_view profile, const Environment& environment) {
  return ProfileLine("login", profile, environment);
}

std::string ConfigureHint(absl::string_view profile, absl::string_view mode) {
  return absl::StrCat(
      "run `",
      ShellLine({"aliyun", "configure", "--profile", std::string(profile), "--mode", std::string(mode)}),
      "`, which also makes that profile the current one");
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
    FileDescriptor file = OpenToLock(path);
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

absl::Status UpdateAliyunProfile(const std::string& path, absl::string_view name, const ProfileFields& fields,
                                 ConfigMode mode) {
  char real[PATH_MAX];
  struct stat info;
  if (realpath(path.c_str(), real) == nullptr) return ErrnoError(errno, path);
  // Text, owner and mode are those of one file, whoever swaps its name for a link meanwhile.
  const FileDescriptor file(open(real, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!file.ok() || fstat(file.get(), &info) != 0) return ErrnoError(errno, path);
  absl::StatusOr<std::string> text = ReadAll(file.get(), kMaxConfigBytes, path);
  if (!text.ok()) return text.status();
  absl::StatusOr<std::string> edited = WithProfileFields(*text, name, fields);
  if (absl::IsNotFound(edited.status()))
    return absl::FailedPreconditionError(absl::StrCat(path, ": the profile is gone"));
  if (!edited.ok()) return WithContext(edited.status(), path);
  const bool root = geteuid() == 0;  // anybody else can only own the file
  return ReplaceFile(real, *edited, mode == ConfigMode::kKept ? info.st_mode & 07777 : 0600,
                     root ? info.st_uid : uid_t(-1), root ? info.st_gid : gid_t(-1));
}

}  // namespace credential_provider
