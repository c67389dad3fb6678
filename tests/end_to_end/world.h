// What an end-to-end test runs in: the sandbox, a home of its own, and the two programs.
#ifndef CREDENTIAL_PROVIDER_TESTS_END_TO_END_WORLD_H_
#define CREDENTIAL_PROVIDER_TESTS_END_TO_END_WORLD_H_

#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "tests/testing/process.h"
#include "tests/testing/runfiles.h"
#include "tests/testing/sandbox_process.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {

// The cluster of the sandbox that most tests use, and one more.
constexpr char kCluster[] = "c00000000000000000000000000000001";
constexpr char kOtherCluster[] = "c00000000000000000000000000000003";

// A home folder on a machine where nothing is set up but an AccessKey of the sandbox's.
class World {
 public:
  explicit World(SandboxProcess& shared) : sandbox(shared) { sandbox.Post("/reset"); }

  // Runs a program of this project, or any other by its name on the PATH.
  ProcessResult Run(std::vector<std::string> args, const std::string& input = "") {
    if (args[0] == "credential_provider") args[0] = Runfile("credential_provider/credential_provider");
    if (args[0] == "kubeconfig_writer") args[0] = Runfile("kubeconfig_writer/kubeconfig_writer");
    ProcessOptions options;
    options.env = env;
    options.input = input;
    options.directory = home.path();
    options.forbid_sockets = forbid_sockets;
    options.forbid_keyring = !use_keyring;
    return RunProcess(args, options);
  }

  // The arguments of `get ack` for `cluster`, and then `more`.
  std::vector<std::string> GetAck(const std::vector<std::string>& more = {},
                                  const std::string& cluster = kCluster) const {
    std::vector<std::string> args = {"credential_provider", "get",   "ack",
                                     "--cluster-id",        cluster, "--cs-endpoint",
                                     sandbox.Value("cloud")};
    args.insert(args.end(), more.begin(), more.end());
    return args;
  }

  SandboxProcess& sandbox;
  TempDir home;
  bool forbid_sockets = false;
  bool use_keyring = false;  // the user's: it outlives a world, so only for tests that have one of their own
  std::map<std::string, std::string> env = {
      {"HOME", home.path()},
      {"PATH", Runfile("credential_provider") + ":" + std::getenv("PATH")},
      {"ALIBABA_CLOUD_ACCESS_KEY_ID", "sandbox-alice"},
      {"ALIBABA_CLOUD_ACCESS_KEY_SECRET", "sandbox-alice-secret"},
      {"ALIBABA_CLOUD_STS_ENDPOINT", sandbox.Value("cloud")},
      {"ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true"},  // nothing here may ask the real one
  };
};

// The sandbox that the tests of one program share: each World resets it.
inline SandboxProcess& SharedSandbox() {
  static auto* const sandbox = new SandboxProcess();
  static const bool registered = std::atexit([] { delete sandbox; }) == 0;
  (void)registered;
  return *sandbox;
}

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_END_TO_END_WORLD_H_
