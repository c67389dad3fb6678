#include "credential_provider/base/process_tree.h"

#include <dirent.h>
#include <signal.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "credential_provider/base/file.h"

namespace credential_provider {
namespace {

constexpr size_t kMaxStatBytes = 4096;

// The parent of `pid`; 0 when it cannot be found out. The text is "PID (NAME) STATE PARENT …", where the name
// may hold anything.
pid_t ParentOf(pid_t pid) {
  const absl::StatusOr<std::string> stat = ReadFile(absl::StrCat("/proc/", pid, "/stat"), kMaxStatBytes);
  if (!stat.ok()) return 0;
  const absl::string_view behind_name = absl::string_view(*stat).substr(stat->rfind(')') + 1);
  const std::vector<absl::string_view> fields = absl::StrSplit(behind_name, ' ', absl::SkipEmpty());
  pid_t parent = 0;
  return fields.size() > 1 && absl::SimpleAtoi(fields[1], &parent) ? parent : 0;
}

std::vector<pid_t> ChildrenOf(pid_t pid) {
  std::vector<pid_t> children;
  const std::unique_ptr<DIR, int (*)(DIR*)> processes(opendir("/proc"), &closedir);
  if (processes == nullptr) return children;
  while (const dirent* const entry = readdir(processes.get())) {
    pid_t candidate = 0;
    if (absl::SimpleAtoi(entry->d_name, &candidate) && ParentOf(candidate) == pid)
      children.push_back(candidate);
  }
  return children;
}

}  // namespace

void KillTree(pid_t pid) {
  kill(pid, SIGSTOP);  // so that it starts no more, and waits for none: their numbers stay theirs
  for (const pid_t child : ChildrenOf(pid)) KillTree(child);
  kill(pid, SIGKILL);
}

}  // namespace credential_provider
