#include "kubeconfig_writer/trusted_path.h"

#include <sys/stat.h>
#include <unistd.h>

#include <climits>
#include <cstdlib>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
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

// A folder that only its group can write is left alone: many systems give each user a group of his own.
std::string WhyFolderOpen(const std::string& folder) {
  struct stat info;
  if (stat(folder.c_str(), &info) != 0) return "";
  if ((info.st_mode & S_IWOTH) != 0) return absl::StrCat("anybody can write the folder ", folder);
  if (info.st_uid != 0 && info.st_uid != geteuid())
    return absl::StrCat("the folder ", folder, " belongs to another user");
  return "";
}

// In a folder with the sticky bit others cannot replace a folder that is not theirs.
bool IsSticky(const std::string& folder) {
  struct stat info;
  return stat(folder.c_str(), &info) == 0 && (info.st_mode & S_ISVTX) != 0;
}

std::string WhyReplaceable(const std::string& program) {
  struct stat info;
  if (stat(program.c_str(), &info) != 0) return "";
  if ((info.st_mode & S_IWOTH) != 0) return absl::StrCat("anybody can write ", program);
  if (info.st_uid != 0 && info.st_uid != geteuid()) return absl::StrCat(program, " belongs to another user");
  std::string folder = DirectoryOf(program);
  for (bool first = true;; first = false, folder = DirectoryOf(folder)) {
    const std::string why = first || !IsSticky(folder) ? WhyFolderOpen(folder) : "";
    if (!why.empty() || folder == "/") return why;
  }
}

}  // namespace

std::string WhyTooOpen(const std::string& path) {
  struct stat info;
  if (stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode) || (info.st_mode & kOthers) == 0) return "";
  return absl::StrFormat("mode %04o: others than its owner can %s it", info.st_mode & kAll,
                         (info.st_mode & kOthersWrite) != 0 ? "write" : "read");
}

std::string WhyNotTrusted(const std::string& command, const std::string& file,
                          absl::string_view search_path) {
  const bool is_path = absl::StrContains(command, "/");
  if (is_path && command[0] != '/') return "relative to the kubeconfig's folder";
  const std::string program = Resolved(credential_provider::FindExecutable(command, search_path));
  if (program.empty()) return "";
  const std::string folder = Resolved(DirectoryOf(file));
  if (is_path && !folder.empty() && absl::StartsWith(program, absl::StrCat(folder == "/" ? "" : folder, "/")))
    return absl::StrCat(program, " lies below the kubeconfig's folder");
  return WhyReplaceable(program);
}

}  // namespace kubeconfig_writer
