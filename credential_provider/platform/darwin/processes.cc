#include "credential_provider/platform/processes.h"

#include <sys/sysctl.h>

#include <cstring>

#include "absl/strings/str_cat.h"
#include "credential_provider/platform/darwin/process_arguments.h"

namespace credential_provider {
namespace {

// Asks sysctl(3) twice: how much there is, and for that; there may be some more of it by then.
std::string Ask(int* name, unsigned name_size) {
  constexpr size_t kMore = 16384;
  size_t size = 0;
  if (sysctl(name, name_size, nullptr, &size, nullptr, 0) != 0) return "";
  std::string data(size + kMore, '\0');
  size = data.size();
  if (sysctl(name, name_size, &data[0], &size, nullptr, 0) != 0) return "";
  data.resize(size);
  return data;
}

ProcessState StateOf(int state) {
  if (state == SZOMB) return ProcessState::kEnded;
  return state == SSTOP ? ProcessState::kStopped : ProcessState::kAlive;
}

ProcessInfo InfoOf(const kinfo_proc& known) {
  const timeval& start = known.kp_proc.p_un.__p_starttime;
  ProcessInfo process;
  process.pid = known.kp_proc.p_pid;
  process.parent = known.kp_eproc.e_ppid;
  process.group = known.kp_eproc.e_pgid;
  process.state = StateOf(known.kp_proc.p_stat);
  process.name.assign(known.kp_proc.p_comm, strnlen(known.kp_proc.p_comm, MAXCOMLEN));
  process.start = absl::StrCat(start.tv_sec, ".", start.tv_usec);
  process.started = absl::TimeFromTimeval(start);
  return process;
}

std::vector<ProcessInfo> Parse(const std::string& data) {
  std::vector<ProcessInfo> all;
  for (size_t at = 0; at + sizeof(kinfo_proc) <= data.size(); at += sizeof(kinfo_proc)) {
    kinfo_proc known;
    std::memcpy(&known, &data[at], sizeof(known));
    all.push_back(InfoOf(known));
  }
  return all;
}

}  // namespace

absl::optional<ProcessInfo> FindProcess(pid_t pid) {
  int name[] = {CTL_KERN, KERN_PROC, KERN_PROC_PID, pid};
  const std::vector<ProcessInfo> found = Parse(Ask(name, 4));
  if (found.empty() || found.front().pid != pid) return absl::nullopt;
  return found.front();
}

std::vector<ProcessInfo> AllProcesses() {
  int name[] = {CTL_KERN, KERN_PROC, KERN_PROC_ALL};
  return Parse(Ask(name, 3));
}

std::string CommandLineOf(pid_t pid) {
  int name[] = {CTL_KERN, KERN_PROCARGS2, pid};
  return ArgumentsIn(Ask(name, 3));
}

bool InitReapsOrphans() { return true; }  // launchd, in any case

}  // namespace credential_provider
