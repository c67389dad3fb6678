// What the system tells of any process. Linux: proc(5). macOS: sysctl(3), KERN_PROC and KERN_PROCARGS2, which
// show the arguments of this user's processes alone.
#ifndef CREDENTIAL_PROVIDER_PLATFORM_PROCESSES_H_
#define CREDENTIAL_PROVIDER_PLATFORM_PROCESSES_H_

#include <sys/types.h>

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/optional.h"

namespace credential_provider {

enum class ProcessState {
  kAlive,
  kStopped,  // by a signal (Ctrl-Z, SIGSTOP), or by a debugger
  kEnded,    // a zombie: nobody has asked for its exit status yet
};

struct ProcessInfo {
  pid_t pid = 0;
  pid_t parent = 0;
  pid_t group = 0;
  ProcessState state = ProcessState::kAlive;
  std::string name;    // its program's, 15 bytes of it at most
  std::string start;   // tells it from an earlier or later process with the same id; no blanks
  absl::Time started;  // to a hundredth of a second, and by this machine's clock as it is set now
};

// Returns nothing where there is no such process, or the system does not tell.
absl::optional<ProcessInfo> FindProcess(pid_t pid);

// Returns all that the system tells of; none where it does not.
std::vector<ProcessInfo> AllProcesses();

// Returns the arguments of a process, its program first, each with a zero byte after it; "" where the system
// does not tell. A process may have changed its own.
std::string CommandLineOf(pid_t pid);

// Returns true when process 1 is known to reap what has outlived its parent, without a look at any process.
bool InitReapsOrphans();

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_PLATFORM_PROCESSES_H_
