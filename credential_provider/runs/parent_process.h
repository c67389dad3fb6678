// The process that started this run: kubectl, most often.
#ifndef CREDENTIAL_PROVIDER_RUNS_PARENT_PROCESS_H_
#define CREDENTIAL_PROVIDER_RUNS_PARENT_PROCESS_H_

#include <sys/types.h>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "credential_provider/base/standard_streams.h"

namespace credential_provider {

// By what it sends as KUBERNETES_EXEC_INFO.
enum class ParentKind {
  kClientGo,     // kubectl and its like: they ask again when a credential has expired or was refused
  kOtherClient,  // Python, kube-rs, .NET: they ask whenever their configuration is loaded
  kSilent,       // none: Node, Java, fabric8, Ruby; or a script, or a person
};

// Tells whether stdout is a terminal.
bool StdoutIsTerminal();

struct ParentProcess {
  pid_t pid = 0;
  ParentKind kind = ParentKind::kSilent;
  // Called only when it matters: a hit pays nothing.
  bool (*answers_at_terminal)() = &StdoutIsTerminal;
  bool (*reads_both_streams)() = &StdoutIsStderr;
};

// Tells whether a program waits for the answer, and not a person. Who sends nothing and reads stdout counts
// as a program, also `get ack | jq` by hand: what is shown to a person is shown at a terminal.
bool IsClient(const ParentProcess& starter);

// Returns the process that `pid`, which started this run, stands for: the one that started it when it is a
// shell that runs one command and nothing else ("sh -c COMMAND", as fabric8 starts plugins), else itself.
pid_t BehindShell(pid_t pid);

// Returns when the process that has the id `pid` now was started, to a hundredth of a second: what that id
// did before was another process. InfiniteFuture when it cannot be found out.
absl::Time StartTimeOf(pid_t pid);

// Tells whether the process was stopped by a signal (Ctrl-Z, SIGSTOP).
bool IsStopped(pid_t pid);

// Tells whether the process runs a program of the same name as this one.
bool IsOfThisProgram(pid_t pid);

// Tells whether the process reads a manifest from its stdin ("-f -"), by its command line. Such a kubectl
// starts a plugin twice, with nothing being wrong.
bool ReadsManifestFromStdin(pid_t pid);

// As above, for a command line as CommandLineOf gives it.
bool HasManifestFromStdin(absl::string_view command_line);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_RUNS_PARENT_PROCESS_H_
