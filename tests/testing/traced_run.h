// Runs a program under observation: what it asked of the kernel, and how much memory it took.
#ifndef CREDENTIAL_PROVIDER_TESTS_TESTING_TRACED_RUN_H_
#define CREDENTIAL_PROVIDER_TESTS_TESTING_TRACED_RUN_H_

#include <map>
#include <string>
#include <vector>

namespace credential_provider {

struct TracedRun {
  int status = -1;         // the exit status; -1 when it was killed or could not be observed
  int system_calls = 0;    // from the execve that started it to its end, as strace counts them
  long peak_memory_k = 0;  // the most memory that was resident, in KiB
};

// Runs `args[0]`, a path, with the environment `env` and its streams at /dev/null.
TracedRun RunTraced(const std::vector<std::string>& args, const std::map<std::string, std::string>& env);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_TESTING_TRACED_RUN_H_
