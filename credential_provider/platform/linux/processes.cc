#include "credential_provider/platform/processes.h"

#include <dirent.h>
#include <unistd.h>

#include <ctime>
#include <memory>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "credential_provider/base/file.h"

namespace credential_provider {
namespace {

constexpr size_t kMaxProcFile = 1 << 22;
// Of the fields after the program's name, counted from 0; see proc(5).
constexpr size_t kState = 0, kParent = 1, kGroup = 2, kStart = 19;

absl::Time ClockNow(clockid_t clock) {
  timespec now = {};
  clock_gettime(clock, &now);
  return absl::TimeFromTimespec(now);
}

std::string ReadProcFile(pid_t pid, absl::string_view name) {
  return ReadFile(absl::StrCat("/proc/", pid, "/", name), kMaxProcFile).value_or("");
}

ProcessState StateOf(absl::string_view letter) {
  if (letter == "Z" || letter == "X") return ProcessState::kEnded;
  return letter == "T" || letter == "t" ? ProcessState::kStopped : ProcessState::kAlive;
}

// The kernel counts from the machine's start, which no clock setting changes. Whole numbers: others would
// need libm.
absl::Time TimeOfTick(int64_t ticks) {
  const absl::Duration since_boot = absl::Seconds(1) * ticks / sysconf(_SC_CLK_TCK);
  const absl::Duration age = ClockNow(CLOCK_BOOTTIME) - absl::UnixEpoch() - since_boot;
  return ClockNow(CLOCK_REALTIME) - age;
}

}  // namespace

// The text is "PID (NAME) STATE PARENT GROUP …", where the name may hold anything.
absl::optional<ProcessInfo> FindProcess(pid_t pid) {
  const std::string stat = ReadProcFile(pid, "stat");
  const size_t name = stat.find('('), name_end = stat.rfind(')');
  if (name >= name_end || name_end == std::string::npos) return absl::nullopt;
  const std::vector<absl::string_view> fields =
      absl::StrSplit(absl::string_view(stat).substr(name_end + 1), ' ', absl::SkipEmpty());
  ProcessInfo process;
  int64_t ticks;
  if (fields.size() <= kStart || !absl::SimpleAtoi(fields[kParent], &process.parent) ||
      !absl::SimpleAtoi(fields[kGroup], &process.group) || !absl::SimpleAtoi(fields[kStart], &ticks)) {
    return absl::nullopt;
  }
  process.pid = pid;
  process.state = StateOf(fields[kState]);
  process.name = stat.substr(name + 1, name_end - name - 1);
  process.start = std::string(fields[kStart]);
  process.started = TimeOfTick(ticks);
  return process;
}

std::vector<ProcessInfo> AllProcesses() {
  std::vector<ProcessInfo> all;
  const std::unique_ptr<DIR, int (*)(DIR*)> processes(opendir("/proc"), &closedir);
  if (processes == nullptr) return all;
  while (const dirent* const entry = readdir(processes.get())) {
    pid_t pid = 0;
    if (!absl::SimpleAtoi(entry->d_name, &pid)) continue;
    if (absl::optional<ProcessInfo> process = FindProcess(pid)) all.push_back(*std::move(process));
  }
  return all;
}

std::string CommandLineOf(pid_t pid) { return ReadProcFile(pid, "cmdline"); }

bool InitReapsOrphans() { return access("/run/systemd/system", F_OK) == 0; }

}  // namespace credential_provider
