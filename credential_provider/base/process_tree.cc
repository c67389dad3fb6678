#include "credential_provider/base/process_tree.h"

#include <dirent.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/types/optional.h"
#include "credential_provider/base/file.h"

namespace credential_provider {
namespace {

constexpr size_t kMaxStatBytes = 4096;
constexpr absl::Duration kPause = absl::Milliseconds(20);
constexpr int kPauses = 100;
// The age by which a renewal in the background has ended and was reaped, if anybody does.
constexpr absl::Duration kReaped = absl::Seconds(15);

struct Process {
  pid_t pid = 0;
  pid_t parent = 0;
  pid_t group = 0;
  std::string name;  // 15 bytes at most
  std::string state;
  std::string begin;  // tells it from a later one of the same number
};

// The text is "PID (NAME) STATE PARENT GROUP …", where the name may hold anything; its 22nd field is the
// beginning.
absl::optional<Process> Look(pid_t pid) {
  constexpr size_t kBegin = 22 - 3;
  const absl::StatusOr<std::string> stat = ReadFile(absl::StrCat("/proc/", pid, "/stat"), kMaxStatBytes);
  if (!stat.ok()) return absl::nullopt;
  const absl::string_view behind_name = absl::string_view(*stat).substr(stat->rfind(')') + 1);
  const std::vector<absl::string_view> fields = absl::StrSplit(behind_name, ' ', absl::SkipEmpty());
  Process process;
  process.pid = pid;
  if (fields.size() <= kBegin || !absl::SimpleAtoi(fields[1], &process.parent) ||
      !absl::SimpleAtoi(fields[2], &process.group)) {
    return absl::nullopt;
  }
  const size_t name = stat->find('(') + 1, behind = stat->rfind(')');
  process.name = name < behind ? stat->substr(name, behind - name) : "";
  process.state = std::string(fields[0]);
  process.begin = std::string(fields[kBegin]);
  return process;
}

std::vector<Process> AllProcesses() {
  std::vector<Process> all;
  const std::unique_ptr<DIR, int (*)(DIR*)> processes(opendir("/proc"), &closedir);
  if (processes == nullptr) return all;
  while (const dirent* const entry = readdir(processes.get())) {
    pid_t pid = 0;
    if (!absl::SimpleAtoi(entry->d_name, &pid)) continue;
    if (absl::optional<Process> process = Look(pid)) all.push_back(*std::move(process));
  }
  return all;
}

// `pid` and what descends from it.
std::vector<Process> TreeOf(pid_t pid) {
  const std::vector<Process> all = AllProcesses();
  std::vector<Process> tree;
  for (const Process& process : all) {
    if (process.pid == pid) tree.push_back(process);
  }
  for (size_t i = 0; i < tree.size(); ++i) {
    const pid_t parent = tree[i].pid;
    for (const Process& process : all) {
      if (process.parent == parent) tree.push_back(process);
    }
  }
  return tree;
}

bool IsAlive(const Process& process) {
  const absl::optional<Process> now = Look(process.pid);
  return now && now->begin == process.begin && now->state != "Z" && now->state != "X";
}

absl::Duration AgeOf(const Process& process) {
  timespec now = {};
  clock_gettime(CLOCK_BOOTTIME, &now);
  int64_t ticks = 0;
  if (!absl::SimpleAtoi(process.begin, &ticks)) return absl::ZeroDuration();
  // Whole numbers: the others would need libm, which every hit would load.
  return absl::DurationFromTimespec(now) - absl::Seconds(1) * ticks / sysconf(_SC_CLK_TCK);
}

}  // namespace

void KillTree(pid_t pid) {
  kill(pid, SIGSTOP);  // so that it starts no more, and waits for none: their numbers stay theirs
  for (const Process& process : AllProcesses()) {
    if (process.parent == pid) KillTree(process.pid);
  }
  kill(pid, SIGKILL);
}

void EndTree(pid_t pid, const EndingSignal& signal) {
  const std::vector<Process> tree = TreeOf(pid);
  for (const Process& process : tree) {
    if (!signal.from_terminal || process.group != getpgrp()) kill(process.pid, signal.number);
    if (process.state == "T") kill(process.pid, SIGCONT);
  }
  for (int i = 0; i < kPauses && std::any_of(tree.begin(), tree.end(), IsAlive); ++i) absl::SleepFor(kPause);
  for (const Process& process : tree) {
    if (process.pid != pid && IsAlive(process)) KillTree(process.pid);
  }
  KillTree(pid);
}

bool OrphansStayZombies() {
  if (access("/run/systemd/system", F_OK) == 0) return false;  // an init, on a machine with many processes
  const absl::optional<Process> self = Look(getpid());
  const std::vector<Process> all = AllProcesses();
  return self && std::any_of(all.begin(), all.end(), [&self](const Process& process) {
           return process.parent == 1 && process.state == "Z" && process.name == self->name &&
                  AgeOf(process) > kReaped;
         });
}

}  // namespace credential_provider
