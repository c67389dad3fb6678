#include "kubeconfig_writer/kubeconfig_file.h"

#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/yaml/yaml_tree.h"
#include "kubeconfig_writer/kubeconfig_lock.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::DirectoryOf;
using credential_provider::ErrnoError;
using credential_provider::WithContext;
using credential_provider::WithHint;

constexpr absl::Duration kLockLimit = absl::Seconds(5);
// A file this young may be half of what another program is writing.
constexpr absl::Duration kSettled = absl::Milliseconds(500);
constexpr absl::Duration kReadPause = absl::Milliseconds(50);
constexpr int kReadTries = 10;
// A kubectl that read before our lock writes within this time.
constexpr absl::Duration kLookAgainPause = absl::Milliseconds(50);
constexpr int kMaxRounds = 5;
constexpr char kRefusedHint[] = "nothing was changed: mend that line, or name another file with --kubeconfig";
constexpr mode_t kOthersMayWrite = S_IWGRP | S_IWOTH;

bool WasWrittenJustNow(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 && absl::Now() - absl::TimeFromTimespec(info.st_mtim) < kSettled;
}

// The file that `path` leads to through links. The last one need not exist.
absl::StatusOr<std::string> ResolveLink(const std::string& path) {
  char buffer[PATH_MAX];
  if (realpath(path.c_str(), buffer) != nullptr) return std::string(buffer);
  if (errno != ENOENT) return ErrnoError(errno, path);
  const ssize_t size = readlink(path.c_str(), buffer, sizeof(buffer) - 1);
  if (size < 0) return path;
  const std::string target(buffer, static_cast<size_t>(size));
  return target[0] == '/' ? target : absl::StrCat(DirectoryOf(path), "/", target);
}

bool IsLink(const std::string& path) {
  struct stat info;
  return lstat(path.c_str(), &info) == 0 && S_ISLNK(info.st_mode);
}

// A link that others could have put there may lead anywhere.
absl::Status CheckLink(const std::string& path) {
  struct stat folder;
  if (!IsLink(path)) return absl::OkStatus();
  if (stat(DirectoryOf(path).c_str(), &folder) != 0) return ErrnoError(errno, path);
  if ((folder.st_mode & kOthersMayWrite) == 0) return absl::OkStatus();
  return WithHint(
      absl::PermissionDeniedError(absl::StrCat(path, ": a link in a folder that others can write")),
      "name the file that it leads to");
}

// Returns the text of the file, and whether there is one.
absl::StatusOr<std::pair<std::string, bool>> ReadText(const std::string& path) {
  absl::StatusOr<std::string> text = credential_provider::ReadFile(path, credential_provider::kMaxYamlBytes);
  if (text.ok()) return std::make_pair(*std::move(text), true);
  if (absl::IsNotFound(text.status())) return std::make_pair(std::string(), false);
  return text.status();
}

absl::StatusOr<KubeconfigDocument> ParseOrMissing(const std::string& path,
                                                  const std::pair<std::string, bool>& text) {
  if (!text.second) return KubeconfigDocument::ForMissingFile();
  absl::StatusOr<KubeconfigDocument> document = KubeconfigDocument::Parse(text.first);
  if (!document.ok()) return WithHint(WithContext(document.status(), path), kRefusedHint);
  return document;
}

// Gives `target` the new text, or removes it when the document says that there should be no file.
absl::Status Replace(const std::string& target, const KubeconfigDocument& document, bool exists) {
  if (document.file_missing()) {
    return !exists || unlink(target.c_str()) == 0 ? absl::OkStatus() : ErrnoError(errno, target);
  }
  struct stat info;
  if (!exists) return credential_provider::ReplaceFile(target, document.text(), S_IRUSR | S_IWUSR);
  if (stat(target.c_str(), &info) != 0) return ErrnoError(errno, target);
  if ((info.st_mode & S_IWUSR) == 0) {
    return WithHint(absl::PermissionDeniedError(absl::StrCat(target, ": read-only")),
                    "chmod u+w it, or name another file with --kubeconfig");
  }
  return credential_provider::ReplaceFile(target, document.text(), info.st_mode & 07777, info.st_uid,
                                          info.st_gid);
}

// Tells whether `edit` would change the file. Looks without a lock, as every reader does.
absl::StatusOr<bool> IsNeeded(const std::string& path,
                              absl::FunctionRef<absl::Status(KubeconfigDocument&)> edit) {
  absl::StatusOr<KubeconfigDocument> document = ReadKubeconfig(path);
  if (!document.ok()) return document.status();
  const std::string before = document->text();
  const bool was_missing = document->file_missing();
  absl::Status edited = edit(*document);
  if (!edited.ok()) return WithHint(WithContext(edited, path), kRefusedHint);
  return document->text() != before || document->file_missing() != was_missing;
}

// One locked read, edit and write.
absl::StatusOr<bool> EditOnce(const std::string& path, const std::string& target,
                              absl::FunctionRef<absl::Status(KubeconfigDocument&)> edit) {
  KubeconfigLock lock;
  std::vector<std::string> names = {path};
  if (IsLink(path)) names.push_back(target);  // for those who name the file itself
  absl::Status locked = lock.Acquire(names, kLockLimit);
  if (!locked.ok()) return locked;
  absl::StatusOr<std::pair<std::string, bool>> before = ReadText(target);
  if (!before.ok()) return before.status();
  absl::StatusOr<KubeconfigDocument> document = ParseOrMissing(path, *before);
  if (!document.ok()) return document.status();
  absl::Status edited = edit(*document);
  if (!edited.ok()) return WithHint(WithContext(edited, path), kRefusedHint);
  if (document->text() == before->first && document->file_missing() == !before->second) return false;
  absl::StatusOr<std::pair<std::string, bool>> now = ReadText(target);
  if (!now.ok()) return now.status();
  if (*now != *before) return absl::AbortedError(absl::StrCat(path, ": another program keeps changing it"));
  absl::Status replaced = Replace(target, *document, before->second);
  if (!replaced.ok()) return replaced;
  return true;
}

}  // namespace

absl::StatusOr<KubeconfigDocument> ReadKubeconfig(const std::string& path) {
  for (int attempt = 1;; ++attempt) {
    absl::StatusOr<std::pair<std::string, bool>> text = ReadText(path);
    if (!text.ok()) return text.status();
    absl::StatusOr<KubeconfigDocument> document = ParseOrMissing(path, *text);
    const bool torn = text->second && (!document.ok() || text->first.empty());
    if (!torn || attempt == kReadTries || !WasWrittenJustNow(path)) return document;
    absl::SleepFor(kReadPause);
  }
}

absl::StatusOr<bool> EditKubeconfig(const std::string& path,
                                    absl::FunctionRef<absl::Status(KubeconfigDocument&)> edit) {
  absl::Status link = CheckLink(path);
  if (!link.ok()) return link;
  absl::StatusOr<std::string> target = ResolveLink(path);
  if (!target.ok()) return target.status();
  bool changed_at_all = false;
  for (int round = 1;; ++round) {
    absl::StatusOr<bool> needed = IsNeeded(path, edit);
    if (!needed.ok()) return needed.status();
    if (!*needed || round > kMaxRounds) return changed_at_all;
    absl::Status made = credential_provider::MakeDirectories(DirectoryOf(path), S_IRWXU);
    if (!made.ok()) return made;
    absl::StatusOr<bool> changed = EditOnce(path, *target, edit);
    if (!changed.ok() && (!absl::IsAborted(changed.status()) || round == kMaxRounds)) return changed.status();
    changed_at_all |= changed.ok() && *changed;
    absl::SleepFor(kLookAgainPause);
  }
}

}  // namespace kubeconfig_writer
