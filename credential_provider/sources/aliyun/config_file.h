// The aliyun CLI's config.json: where it is, what is in it, and how one profile of it is changed.
#ifndef CREDENTIAL_PROVIDER_SOURCES_ALIYUN_CONFIG_FILE_H_
#define CREDENTIAL_PROVIDER_SOURCES_ALIYUN_CONFIG_FILE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "credential_provider/base/clock.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/base/file.h"
#include "credential_provider/sources/aliyun/edited_profile.h"
#include "nlohmann/json.hpp"

namespace credential_provider {

struct AliyunConfig {
  std::string path;
  nlohmann::json json;  // an object

  // Returns the profile called `name`, nullptr when there is none.
  const nlohmann::json* FindProfile(absl::string_view name) const;

  // The names of all profiles, in the file's order.
  std::vector<std::string> ProfileNames() const;
};

// Returns ALIBABA_CLOUD_CONFIG_FILE, else $HOME/.aliyun/config.json. NotFound when the user has switched
// profiles off or has no home. `by_name`: --profile names one. Beside that ALIBABACLOUD_IGNORE_PROFILE counts
// nothing, by which a key in the environment counts more than a profile that nobody has named.
absl::StatusOr<std::string> AliyunConfigPath(const Environment& environment, bool by_name);

// The profile that is meant, and what said so.
struct ChosenProfile {
  std::string name;
  const char* by;
};

// Returns `given`, from --profile, if there is one; else that of ALIBABACLOUD_PROFILE, ALIBABA_CLOUD_PROFILE
// or ALICLOUD_PROFILE, else the file's current one.
ChosenProfile ChooseAliyunProfile(absl::string_view given, const Environment& environment,
                                  const AliyunConfig& config);

// Returns the line, quoted for a shell, that has `command` of this program do something with `profile`. It
// leads to the file of this environment, which may be a stanza's: a profile of that name may be in another
// file too.
std::string ProfileLine(const std::string& command, absl::string_view profile,
                        const Environment& environment);

// Returns the one by which the user signs in to `profile` again.
std::string LoginLine(absl::string_view profile, const Environment& environment);

// Returns the hint for a profile of `mode` that the CLI has to make again: its command, and what that does
// besides.
std::string ConfigureHint(absl::string_view profile, absl::string_view mode);

// Reads the file at `path`. NotFound when there is none; other errors quote nothing of it.
absl::StatusOr<AliyunConfig> ReadAliyunConfig(const std::string& path);

// Takes the lock on `path` that the official SDKs take too, flock() on the file itself, and returns the
// descriptor that holds it. DeadlineExceeded after `patience`.
absl::StatusOr<FileDescriptor> LockAliyunConfig(const std::string& path, Clock& clock,
                                                absl::Duration patience);

// The file's mode afterwards: as it was, or for its owner alone.
enum class ConfigMode { kKept, kPrivate };

// Sets `fields` of the profile called `name` and keeps every other byte, and the symlink if it is one. The
// file is replaced at once or not at all. REQUIRES: its lock is held.
absl::Status UpdateAliyunProfile(const std::string& path, absl::string_view name, const ProfileFields& fields,
                                 ConfigMode mode = ConfigMode::kKept);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_ALIYUN_CONFIG_FILE_H_
