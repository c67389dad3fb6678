// The sandbox (tests/sandbox), started for one test and stopped with it.
#ifndef CREDENTIAL_PROVIDER_TESTS_TESTING_SANDBOX_PROCESS_H_
#define CREDENTIAL_PROVIDER_TESTS_TESTING_SANDBOX_PROCESS_H_

#include <sys/types.h>

#include <string>

#include "nlohmann/json.hpp"
#include "tests/testing/temp_dir.h"

namespace credential_provider {

class SandboxProcess {
 public:
  // Starts it and waits until it listens. Aborts the test program when it does not.
  SandboxProcess();
  ~SandboxProcess();
  SandboxProcess(const SandboxProcess&) = delete;
  SandboxProcess& operator=(const SandboxProcess&) = delete;

  // One of the values in sandbox.json: "cloud", "cloud_tls", "api_server", "ca_file", …
  std::string Value(const std::string& name) const { return info_.at(name); }

  // Calls the control listener; see tests/sandbox/README.md.
  nlohmann::json Post(const std::string& path, const nlohmann::json& body = nlohmann::json::object()) const;
  nlohmann::json Get(const std::string& path) const;

  // The number of requests that came for `product` ("cs", "sts", "metadata", "api_server") since the last
  // reset.
  int Count(const std::string& product) const;

 private:
  TempDir dir_;
  pid_t pid_ = -1;
  nlohmann::json info_;
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_TESTING_SANDBOX_PROCESS_H_
