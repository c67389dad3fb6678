// The command line of the sandbox.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_CONTROL_OPTIONS_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_CONTROL_OPTIONS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace sandbox {

struct Options {
  std::string directory;                         // --dir
  absl::Duration lifetime = absl::Seconds(600);  // --lifetime, in seconds
  int port = 0;                                  // --port, of the cloud over http; 0: any that is free
  std::string name;                              // --name, in the ids of its sessions
  std::string port_file;                         // --port-file; by default sandbox.json in the directory
};

absl::StatusOr<Options> ParseOptions(int argc, char** argv);

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_CONTROL_OPTIONS_H_
