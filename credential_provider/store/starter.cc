#include "credential_provider/store/starter.h"

#include <time.h>
#include <unistd.h>

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "credential_provider/base/file.h"

namespace credential_provider {
namespace {

constexpr size_t kMaxProcFile = 1 << 22;
// Of the fields behind the program's name, counted from 0; see proc(5).
constexpr int kParentField = 1;
constexpr int kStartTimeField = 19;

absl::Time ClockNow(clockid_t clock) {
  timespec now = {};
  clock_gettime(clock, &now);
  return absl::TimeFromTimespec(now);
}

absl::StatusOr<std::string> ReadProcFile(pid_t pid, absl::string_view name) {
  return ReadFile(absl::StrCat("/proc/", pid, "/", name), kMaxProcFile);
}

// Returns the fields of /proc/PID/stat behind the program's name; none when there is no such process.
std::vector<std::string> StatFields(pid_t pid) {
  const absl::StatusOr<std::string> stat = ReadProcFile(pid, "stat");
  const size_t name_end = stat.ok() ? stat->rfind(") ") : std::string::npos;  // the name may hold anything
  if (name_end == std::string::npos) return {};
  return absl::StrSplit(absl::string_view(*stat).substr(name_end + 2), ' ');
}

// Returns when the process started, by the kernel's count of time since boot; false when there is none.
bool TimeSinceBootAtStart(pid_t pid, absl::Duration* start) {
  const std::vector<std::string> fields = StatFields(pid);
  int64_t ticks;
  if (fields.size() <= kStartTimeField || !absl::SimpleAtoi(fields[kStartTimeField], &ticks)) return false;
  *start = absl::Seconds(1) * ticks / sysconf(_SC_CLK_TCK);
  return true;
}

// Tells whether the process is "sh -c COMMAND", by whatever name the shell has.
bool IsShellOfOneCommand(pid_t pid) {
  const absl::StatusOr<std::string> line = ReadProcFile(pid, "cmdline");
  if (!line.ok()) return false;
  const std::vector<absl::string_view> args = absl::StrSplit(*line, '\0');
  return args.size() == 4 && absl::EndsWith(args[0], "sh") && args[1] == "-c" && args[3].empty();
}

bool TakesAFile(absl::string_view flag) {
  if (flag == "--filename") return true;
  return flag.size() > 1 && flag[0] == '-' && flag[1] != '-' && flag.back() == 'f';  // "-f", "-Rf"
}

}  // namespace

bool StdoutIsTerminal() { return isatty(STDOUT_FILENO) != 0; }

bool IsClient(const Starter& starter) {
  return starter.kind != StarterKind::kSilent || !starter.answers_at_terminal();
}

pid_t BehindShell(pid_t pid) {
  if (!IsShellOfOneCommand(pid)) return pid;
  const std::vector<std::string> fields = StatFields(pid);
  pid_t parent;
  if (fields.size() <= kParentField || !absl::SimpleAtoi(fields[kParentField], &parent)) return pid;
  return parent;
}

absl::Time StartTimeOf(pid_t pid) {
  absl::Duration start;
  if (!TimeSinceBootAtStart(pid, &start)) return absl::InfiniteFuture();
  const absl::Duration age = ClockNow(CLOCK_BOOTTIME) - absl::UnixEpoch() - start;
  return ClockNow(CLOCK_REALTIME) - age;
}

bool IsStopped(pid_t pid) {
  const std::vector<std::string> fields = StatFields(pid);
  return !fields.empty() && (fields[0] == "T" || fields[0] == "t");
}

bool IsOfThisProgram(pid_t pid) {
  const absl::StatusOr<std::string> theirs = ReadProcFile(pid, "comm");
  const absl::StatusOr<std::string> ours = ReadProcFile(getpid(), "comm");
  return theirs.ok() && ours.ok() && *theirs == *ours;
}

bool ReadsManifestFromStdin(pid_t pid) {
  const absl::StatusOr<std::string> line = ReadProcFile(pid, "cmdline");
  return line.ok() && HasManifestFromStdin(*line);
}

bool HasManifestFromStdin(absl::string_view command_line) {
  const std::vector<absl::string_view> args = absl::StrSplit(command_line, '\0');
  for (size_t i = 0; i < args.size(); ++i) {
    if (TakesAFile(args[i]) && i + 1 < args.size() && args[i + 1] == "-") return true;
    absl::string_view flag = args[i];
    if (!absl::ConsumeSuffix(&flag, "-")) continue;
    absl::ConsumeSuffix(&flag, "=");
    if (TakesAFile(flag) && flag.size() < args[i].size()) return true;  // "-f-", "-f=-", "--filename=-"
  }
  return false;
}

}  // namespace credential_provider
