#include "kubeconfig_writer/trusted_path.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "credential_provider/base/executable.h"
#include "credential_provider/base/file.h"
#include "kubeconfig_writer/merged_kubeconfig.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::DirectoryOf;

constexpr mode_t kAll = 07777;
constexpr mode_t kOthers = S_IRWXG | S_IRWXO;
constexpr mode_t kOthersWrite = S_IWGRP | S_IWOTH;

std::string Resolved(const std::string& path) {
  char buffer[PATH_MAX];
  return realpath(path.c_str(), buffer) == nullptr ? "" : buffer;
}

bool IsTrusted(uid_t owner) { return owner == 0 || owner == geteuid(); }

// A folder that only its group can write is left alone: many systems give each user a group of his own. In
// one with the sticky bit others cannot replace what is `kept`: a folder or link that is not theirs.
std::string WhyFolderOpen(const std::string& folder, const struct stat& info, bool kept) {
  if ((info.st_mode & S_IWOTH) != 0 && (!kept || (info.st_mode & S_ISVTX) == 0))
    return absl::StrCat("anybody can write the folder ", folder);
  return IsTrusted(info.st_uid) ? "" : absl::StrCat("the folder ", folder, " belongs to another user");
}

std::string WhyFileOpen(const std::string& path, const struct stat& info) {
  if (!S_ISLNK(info.st_mode) && (info.st_mode & S_IWOTH) != 0)
    return absl::StrCat("anybody can write ", path);
  return IsTrusted(info.st_uid) ? "" : absl::StrCat(path, " belongs to another user");
}

// The way from the root to a program as the kernel goes it, through every link.
class ProgramPath {
 public:
  explicit ProgramPath(absl::string_view path) { Push(path); }

  // Returns why others could change where the way leads to, or make it go on where it ends before; or "".
  std::string WhyReplaceable() {
    std::string why;
    while (!rest_.empty() && why.empty()) {
      const std::string name = std::move(rest_.back());
      rest_.pop_back();
      why = Step(name);
    }
    return why;
  }

  // What WhyReplaceable came to: links, and the program; and whether something on the way is not there.
  const std::vector<std::string>& places() const { return places_; }
  bool missing() const { return missing_; }

 private:
  // Puts the parts of `path` in front of what is left to go.
  void Push(absl::string_view path) {
    const std::vector<std::string> parts = absl::StrSplit(path, '/', absl::SkipEmpty());
    rest_.insert(rest_.end(), parts.rbegin(), parts.rend());
  }

  std::string Step(const std::string& name) {
    if (name == ".") return "";
    if (name == "..") {
      at_ = DirectoryOf(at_);
      return "";
    }
    struct stat folder, info;
    const std::string path = absl::StrCat(at_ == "/" ? "" : at_, "/", name);
    missing_ = lstat(path.c_str(), &info) != 0;
    if (stat(at_.c_str(), &folder) != 0 || (missing_ && errno != ENOENT)) return Stop();
    std::string why = WhyFolderOpen(at_, folder, !missing_ && !rest_.empty());
    if (!why.empty()) return why;
    return missing_ ? Stop() : Enter(path, info);
  }

  // A folder's own owner and mode are looked at with the next step.
  std::string Enter(const std::string& path, const struct stat& info) {
    if (S_ISDIR(info.st_mode)) {
      at_ = path;
      return "";
    }
    places_.push_back(path);
    const std::string why = WhyFileOpen(path, info);
    if (!why.empty() || !S_ISLNK(info.st_mode)) return why.empty() ? Stop() : why;
    char target[PATH_MAX];
    const ssize_t size = readlink(path.c_str(), target, sizeof(target));
    if (size <= 0 || ++links_ > kMaxLinks) return Stop();
    if (target[0] == '/') at_ = "/";
    Push({target, static_cast<size_t>(size)});
    return "";
  }

  std::string Stop() {
    rest_.clear();
    return "";
  }

  static constexpr int kMaxLinks = 40;  // as the kernel

  std::string at_ = "/";           // a folder, reached without links
  std::vector<std::string> rest_;  // the parts still to go, the next one last
  std::vector<std::string> places_;
  bool missing_ = false;
  int links_ = 0;
};

std::string WhyPathNotTrusted(const std::string& path, const std::string& file) {
  ProgramPath way(path);
  const std::string why = way.WhyReplaceable();
  const std::string folder = Resolved(DirectoryOf(file));
  const std::string program = Resolved(path);
  std::vector<std::string> places = way.places();
  if (!program.empty()) places.push_back(program);
  for (const std::string& place : places) {
    if (!folder.empty() && absl::StartsWith(place, absl::StrCat(folder == "/" ? "" : folder, "/")))
      return absl::StrCat(place, " lies below the kubeconfig's folder");
  }
  return !why.empty() && way.missing() ? absl::StrCat("not there, and ", why) : why;
}

// Each folder up to the one that has the program counts: what others put there would be run instead.
std::string WhyNameNotTrusted(const std::string& name, absl::string_view search_path) {
  for (const absl::string_view folder : absl::StrSplit(search_path, ':')) {
    if (!absl::StartsWith(folder, "/")) continue;
    const std::string candidate = absl::StrCat(folder, "/", name);
    const std::string why = ProgramPath(candidate).WhyReplaceable();
    const bool found = credential_provider::IsExecutable(candidate);
    if (!why.empty()) return found ? why : absl::StrCat("PATH tries ", candidate, ", and ", why);
    if (found) return "";
  }
  return "";
}

}  // namespace

std::string WhyTooOpen(const std::string& path) {
  struct stat info;
  if (stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode) || (info.st_mode & kOthers) == 0) return "";
  return absl::StrFormat("mode %04o: others than its owner can %s it", info.st_mode & kAll,
                         (info.st_mode & kOthersWrite) != 0 ? "write" : "read");
}

std::string WhyReplaceable(const std::string& path) { return ProgramPath(path).WhyReplaceable(); }

std::string WhyNotTrusted(const std::string& command, const std::string& file,
                          absl::string_view search_path) {
  if (!absl::StrContains(command, "/")) return WhyNameNotTrusted(command, search_path);
  return command[0] == '/' ? WhyPathNotTrusted(command, file) : "relative to the kubeconfig's folder";
}

}  // namespace kubeconfig_writer
