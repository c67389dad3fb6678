#include "credential_provider/runs/parent_process.h"

#include <unistd.h>

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/types/optional.h"
#include "credential_provider/platform/processes.h"

namespace credential_provider {
namespace {

// Tells whether the process is "sh -c COMMAND", by whatever name the shell has.
bool IsShellOfOneCommand(pid_t pid) {
  const std::string line = CommandLineOf(pid);
  const std::vector<absl::string_view> args = absl::StrSplit(line, '\0');
  return args.size() == 4 && absl::EndsWith(args[0], "sh") && args[1] == "-c" && args[3].empty();
}

bool TakesAFile(absl::string_view flag) {
  if (flag == "--filename") return true;
  return flag.size() > 1 && flag[0] == '-' && flag[1] != '-' && flag.back() == 'f';  // "-f", "-Rf"
}

}  // namespace

bool StdoutIsTerminal() { return isatty(STDOUT_FILENO) != 0; }

bool IsClient(const ParentProcess& starter) {
  return starter.kind != ParentKind::kSilent || !starter.answers_at_terminal();
}

pid_t BehindShell(pid_t pid) {
  if (!IsShellOfOneCommand(pid)) return pid;
  const absl::optional<ProcessInfo> shell = FindProcess(pid);
  return shell ? shell->parent : pid;
}

absl::Time StartTimeOf(pid_t pid) {
  const absl::optional<ProcessInfo> process = FindProcess(pid);
  return process ? process->started : absl::InfiniteFuture();
}

bool IsStopped(pid_t pid) {
  const absl::optional<ProcessInfo> process = FindProcess(pid);
  return process && process->state == ProcessState::kStopped;
}

bool IsOfThisProgram(pid_t pid) {
  const absl::optional<ProcessInfo> theirs = FindProcess(pid);
  const absl::optional<ProcessInfo> ours = FindProcess(getpid());
  return theirs && ours && theirs->name == ours->name;
}

bool ReadsManifestFromStdin(pid_t pid) { return HasManifestFromStdin(CommandLineOf(pid)); }

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
