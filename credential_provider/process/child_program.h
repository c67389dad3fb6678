// Runs another program without a shell and keeps what it says.
#ifndef CREDENTIAL_PROVIDER_PROCESS_CHILD_PROGRAM_H_
#define CREDENTIAL_PROVIDER_PROCESS_CHILD_PROGRAM_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "credential_provider/base/secret.h"

namespace credential_provider {

struct ChildProgram {
  std::vector<std::string>
      argv;  // a path, or a name that is looked for as FindExecutable does; its arguments
  const char* const* environment;  // null-terminated "NAME=value" entries
  absl::Duration time_limit;
  size_t max_output_bytes = 1 << 20;  // of each stream
  // Lets it use the terminal, or whatever this process has as stdin and stderr: for a program that may ask
  // its user something. ChildResult::err is empty then.
  bool shares_terminal = false;
  std::string input = "";  // what it reads from stdin instead, if that is anything; SIGPIPE is ignored then
};

struct ChildResult {
  int status = 0;  // the exit status, or 128 + the signal's number when it was killed
  Secret out;
  Secret err;  // programs that make secrets may also complain with them
};

// Runs `child` to its end. stdin is empty unless it shares the terminal or has input, no descriptor but the
// three streams reaches it, and signals are as by default, but that what ends a process is ignored there when
// it is here (nohup). What it has said when it ends counts, whoever else still holds its streams. An exit
// status other than 0 is a result, not an error. Errors: it cannot be started; it ran longer than its time
// limit (DeadlineExceeded) or said more than the bound (ResourceExhausted), and was killed with what it had
// started. They name the program and none of its arguments. A signal that ends this process is passed on
// first, and does so then; when it is killed otherwise, the kernel ends `child` by SIGTERM, but on macOS.
// REQUIRES: one thread.
absl::StatusOr<ChildResult> RunChild(const ChildProgram& child);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_PROCESS_CHILD_PROGRAM_H_
