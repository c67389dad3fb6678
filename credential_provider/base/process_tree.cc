#include "credential_provider/base/process_tree.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

#include "absl/time/clock.h"
#include "absl/types/optional.h"
#include "credential_provider/platform/processes.h"

namespace credential_provider {
namespace {

constexpr absl::Duration kPause = absl::Milliseconds(20);
constexpr int kPauses = 100;
// The age by which a renewal in the background has ended and was reaped, if anybody does.
constexpr absl::Duration kReaped = absl::Seconds(15);

// `pid` and what descends from it.
std::vector<ProcessInfo> TreeOf(pid_t pid) {
  const std::vector<ProcessInfo> all = AllProcesses();
  std::vector<ProcessInfo> tree;
  for (const ProcessInfo& process : all) {
    if (process.pid == pid) tree.push_back(process);
  }
  for (size_t i = 0; i < tree.size(); ++i) {
    const pid_t parent = tree[i].pid;
    for (const ProcessInfo& process : all) {
      if (process.parent == parent) tree.push_back(process);
    }
  }
  return tree;
}

bool IsAlive(const ProcessInfo& process) {
  const absl::optional<ProcessInfo> now = FindProcess(process.pid);
  return now && now->start == process.start && now->state != ProcessState::kEnded;
}

}  // namespace

void KillTree(pid_t pid) {
  kill(pid, SIGSTOP);  // so that it starts no more, and waits for none: their numbers stay theirs
  for (const ProcessInfo& process : AllProcesses()) {
    if (process.parent == pid) KillTree(process.pid);
  }
  kill(pid, SIGKILL);
}

void EndTree(pid_t pid, const EndingSignal& signal) {
  const std::vector<ProcessInfo> tree = TreeOf(pid);
  for (const ProcessInfo& process : tree) {
    if (!signal.from_terminal || process.group != getpgrp()) kill(process.pid, signal.number);
    if (process.state == ProcessState::kStopped) kill(process.pid, SIGCONT);
  }
  for (int i = 0; i < kPauses && std::any_of(tree.begin(), tree.end(), IsAlive); ++i) absl::SleepFor(kPause);
  for (const ProcessInfo& process : tree) {
    if (process.pid != pid && IsAlive(process)) KillTree(process.pid);
  }
  KillTree(pid);
}

bool OrphansStayZombies() {
  if (InitReapsOrphans()) return false;
  const absl::optional<ProcessInfo> self = FindProcess(getpid());
  const std::vector<ProcessInfo> all = AllProcesses();
  return self && std::any_of(all.begin(), all.end(), [&self](const ProcessInfo& process) {
           return process.parent == 1 && process.state == ProcessState::kEnded &&
                  process.name == self->name && absl::Now() - process.started > kReaped;
         });
}

}  // namespace credential_provider
