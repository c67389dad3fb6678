// Runs a program as a user's shell would and keeps what it said.
#ifndef CREDENTIAL_PROVIDER_TESTS_TESTING_PROCESS_H_
#define CREDENTIAL_PROVIDER_TESTS_TESTING_PROCESS_H_

#include <map>
#include <string>
#include <vector>

namespace credential_provider {

struct ProcessResult {
  int status = -1;  // the exit status; 128 + the signal's number when it was killed
  std::string out;
  std::string err;
};

struct ProcessOptions {
  std::map<std::string, std::string> env;  // the whole environment: only ASAN_OPTIONS is inherited
  std::string input;                       // what stdin gives
  std::string directory;                   // where it runs; "" for here
  int time_limit_seconds = 60;             // it is killed then
  bool forbid_sockets = false;             // it is killed by SIGSYS when it makes a socket
  bool keyring_kills = false;              // it is killed by SIGSYS when it uses the kernel's keyrings
  bool forbid_keyring = false;             // the kernel's keyrings fail with EPERM, as in most containers
};

// Runs `args[0]` (a path, or a name looked for on the PATH of the test) and waits for its end.
ProcessResult RunProcess(const std::vector<std::string>& args, const ProcessOptions& options);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_TESTING_PROCESS_H_
