#include "kubeconfig_writer/file/backup.h"

#include <dirent.h>
#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/store/private_folder.h"
#include "credential_provider/yaml/yaml_tree.h"
#include "nlohmann/json.hpp"

namespace kubeconfig_writer {
namespace {

using credential_provider::ErrnoError;
using credential_provider::FileDescriptor;
using credential_provider::PrivateFolder;
using credential_provider::WithHint;
using nlohmann::json;

constexpr absl::string_view kSuffix = ".backup";
constexpr char kFolderInHome[] = "/.local/state/kubeconfig_writer";
constexpr char kWayOut[] = "set XDG_STATE_HOME to a folder of your own";
constexpr size_t kMaxHeader = 16384;  // a path, twice as long as any when escaped
constexpr size_t kMaxBytes = 2 * credential_provider::kMaxYamlBytes + kMaxHeader;

// A backup is a line of JSON, then the bytes before, then those that the change put between the bytes that
// both states begin and end with.
struct Header {
  std::string file;
  int64_t time = 0;  // nanoseconds since 1970
  bool was_there = false, is_there = false;
  size_t size = 0;  // of the state before
  size_t front = 0, back = 0;
};

std::string Format(const Header& header) {
  const json line = {{"file", header.file},        {"time", header.time}, {"wasThere", header.was_there},
                     {"isThere", header.is_there}, {"size", header.size}, {"front", header.front},
                     {"back", header.back}};
  return line.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

absl::optional<Header> ParseHeader(absl::string_view text) {
  const json line =
      json::parse(text.begin(), text.begin() + static_cast<ptrdiff_t>(std::min(text.find('\n'), text.size())),
                  nullptr, /*allow_exceptions=*/false);
  const auto is = [&line](const char* key, bool (json::*check)() const noexcept) {
    return line.contains(key) && (line[key].*check)();
  };
  bool whole = line.is_object() && is("file", &json::is_string) && is("time", &json::is_number_integer) &&
               is("wasThere", &json::is_boolean) && is("isThere", &json::is_boolean);
  for (const char* key : {"size", "front", "back"}) whole = whole && is(key, &json::is_number_unsigned);
  if (!whole) return absl::nullopt;
  return Header{line["file"].get<std::string>(), line["time"].get<int64_t>(), line["wasThere"].get<bool>(),
                line["isThere"].get<bool>(),     line["size"].get<size_t>(),  line["front"].get<size_t>(),
                line["back"].get<size_t>()};
}

// Fills in the sizes, and returns what the change has put between front and back.
absl::string_view Measure(absl::string_view before, absl::string_view after, Header* header) {
  const auto least = static_cast<ptrdiff_t>(std::min(before.size(), after.size()));
  const auto* const front = std::mismatch(before.begin(), before.begin() + least, after.begin()).first;
  header->size = before.size();
  header->front = static_cast<size_t>(front - before.begin());
  const auto left = least - (front - before.begin());
  const auto back = std::mismatch(before.rbegin(), before.rbegin() + left, after.rbegin()).first;
  header->back = static_cast<size_t>(back - before.rbegin());
  return after.substr(header->front, after.size() - header->front - header->back);
}

absl::optional<Backup> Unpack(absl::string_view bytes) {
  const absl::optional<Header> header = ParseHeader(bytes);
  if (!header.has_value()) return absl::nullopt;
  bytes.remove_prefix(bytes.find('\n') + 1);
  if (header->size > bytes.size() || header->front > header->size ||
      header->back > header->size - header->front) {
    return absl::nullopt;
  }
  const absl::string_view before = bytes.substr(0, header->size);
  Backup backup{absl::FromUnixNanos(header->time), absl::nullopt, absl::nullopt};
  if (header->was_there) backup.before = std::string(before);
  if (header->is_there) {
    backup.after = absl::StrCat(before.substr(0, header->front), bytes.substr(header->size),
                                before.substr(before.size() - header->back));
  }
  return backup;
}

PrivateFolder At(const std::string& folder) {
  return PrivateFolder(folder, PrivateFolder::Medium::kAny, kWayOut);
}

// Folders that are meant for everybody, such as /tmp, are nobody's.
bool IsBelowAnothersFolder(const std::string& path) {
  for (std::string above = path; above != "/"; above = credential_provider::DirectoryOf(above)) {
    struct stat info;
    if (stat(above.c_str(), &info) != 0 || info.st_uid == 0) continue;
    if ((info.st_mode & S_IWOTH) == 0 || (info.st_mode & S_ISVTX) == 0) return true;
  }
  return false;
}

// Root keeps what it has changed in its own home, also when it has another user's in its environment, as with
// `sudo -E`: a folder of root's there would lock that user out, and one of theirs would be in their hands.
std::string OnOwnGround(const std::string& folder) {
  if (folder.empty() || geteuid() != 0 || !IsBelowAnothersFolder(folder)) return folder;
  const passwd* const root = getpwuid(0);
  return root == nullptr ? folder : absl::StrCat(root->pw_dir, kFolderInHome);
}

// Returns the names of all backups in the folder, the newest first: a name begins with its time.
std::vector<std::string> Names(const PrivateFolder& folder) {
  std::vector<std::string> names;
  DIR* const listing = fdopendir(openat(folder.fd(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (listing == nullptr) return names;
  while (const dirent* entry = readdir(listing)) {
    if (absl::EndsWith(entry->d_name, kSuffix)) names.emplace_back(entry->d_name);
  }
  closedir(listing);
  std::sort(names.rbegin(), names.rend());
  return names;
}

// Returns the first line of the file `name`, and what follows up to a bound.
std::string Head(const PrivateFolder& folder, const std::string& name) {
  const FileDescriptor file(
      openat(folder.fd(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  std::string head(kMaxHeader, '\0');
  const ssize_t size = file.ok() ? read(file.get(), &head[0], head.size()) : 0;
  head.resize(size > 0 ? static_cast<size_t>(size) : 0);
  return head;
}

// Returns the names of the backups of `file`, the newest first.
std::vector<std::string> NamesOf(const PrivateFolder& folder, const std::string& file) {
  std::vector<std::string> names = Names(folder);
  const auto is_other = [&](const std::string& name) {
    const absl::optional<Header> header = ParseHeader(Head(folder, name));
    return !header.has_value() || header->file != file;
  };
  names.erase(std::remove_if(names.begin(), names.end(), is_other), names.end());
  return names;
}

absl::Status RemoveFrom(const PrivateFolder& folder, const std::vector<std::string>& names, size_t begin,
                        size_t end) {
  for (size_t i = begin; i < std::min(end, names.size()); ++i) {
    if (unlinkat(folder.fd(), names[i].c_str(), 0) != 0 && errno != ENOENT)
      return ErrnoError(errno, absl::StrCat(folder.path(), "/", names[i]));
  }
  return absl::OkStatus();
}

}  // namespace

std::string BackupFolder(const credential_provider::Environment& environment) {
  return environment.Get("CI") == "true" ? "" : UsualBackupFolder(environment);
}

std::string UsualBackupFolder(const credential_provider::Environment& environment) {
  const absl::string_view state = environment.Get("XDG_STATE_HOME");
  if (absl::StartsWith(state, "/")) return OnOwnGround(absl::StrCat(state, "/kubeconfig_writer"));
  const bool has_home = absl::StartsWith(environment.Get("HOME"), "/");
  return has_home ? OnOwnGround(credential_provider::InHome(environment, kFolderInHome)) : "";
}

absl::Status KeepBackup(const std::string& folder, const std::string& file, absl::Time time,
                        absl::optional<absl::string_view> before, absl::optional<absl::string_view> after) {
  PrivateFolder place = At(folder);
  absl::Status made = place.Make();
  if (!made.ok()) return made;
  Header header{file, absl::ToUnixNanos(time), before.has_value(), after.has_value()};
  const absl::string_view middle = Measure(before.value_or(""), after.value_or(""), &header);
  char name[40];
  std::snprintf(name, sizeof(name), "%020lld", static_cast<long long>(header.time));
  absl::Status kept =
      credential_provider::ReplaceFile(absl::StrCat(folder, "/", name, kSuffix),
                                       {Format(header), before.value_or(""), middle}, S_IRUSR | S_IWUSR);
  return kept.ok() ? RemoveFrom(place, NamesOf(place, file), kKeptBackups, SIZE_MAX) : kept;
}

absl::StatusOr<Backup> NewestBackup(const std::string& folder, const std::string& file) {
  PrivateFolder place = At(folder);
  absl::Status opened = place.Open();
  if (!opened.ok() && !absl::IsNotFound(opened)) return opened;
  const std::vector<std::string> names = opened.ok() ? NamesOf(place, file) : std::vector<std::string>();
  if (names.empty()) {
    return WithHint(
        absl::NotFoundError(absl::StrCat(file, ": no backup")),
        "there is nothing to take back: this program has not changed it, or has kept no backup of it "
        "(--no-backup, migrate, a CI job), or did so as another user");
  }
  const std::string path = absl::StrCat(folder, "/", names.front());
  absl::StatusOr<std::string> bytes = credential_provider::ReadFile(path, kMaxBytes);
  if (!bytes.ok()) return bytes.status();
  absl::optional<Backup> backup = Unpack(*bytes);
  if (!backup.has_value()) {
    return WithHint(absl::DataLossError(absl::StrCat(path, ": not a whole backup")),
                    "`kubeconfig_writer undo --forget` removes all backups of the kubeconfig");
  }
  return *std::move(backup);
}

absl::Status DropNewestBackup(const std::string& folder, const std::string& file) {
  PrivateFolder place = At(folder);
  absl::Status opened = place.Open();
  return opened.ok() ? RemoveFrom(place, NamesOf(place, file), 0, 1) : opened;
}

absl::Status ForgetBackups(const std::string& folder, const std::string& file) {
  PrivateFolder place = At(folder);
  absl::Status opened = place.Open();
  if (absl::IsNotFound(opened)) return absl::OkStatus();
  return opened.ok() ? RemoveFrom(place, NamesOf(place, file), 0, SIZE_MAX) : opened;
}

}  // namespace kubeconfig_writer
