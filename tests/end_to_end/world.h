// What an end-to-end test runs in: the sandbox, a home of its own, and the two programs.
#ifndef CREDENTIAL_PROVIDER_TESTS_END_TO_END_WORLD_H_
#define CREDENTIAL_PROVIDER_TESTS_END_TO_END_WORLD_H_

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "tests/testing/process.h"
#include "tests/testing/runfiles.h"
#include "tests/testing/sandbox_process.h"
#include "tests/testing/secret_marks.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {

// The cluster of the sandbox that most tests use, and one more.
constexpr char kCluster[] = "c00000000000000000000000000000001";
constexpr char kOtherCluster[] = "c00000000000000000000000000000003";

// A home folder on a machine where nothing is set up but an AccessKey of the sandbox's.
class World {
 public:
  explicit World(SandboxProcess& shared) : sandbox(shared) { sandbox.Post("/reset"); }

  // What a test leaves running, such as a renewal in the background, has half a minute to end by itself.
  // No secret may be left in the home but in the store's entries, in answers that a test has put into files
  // (*.out), in what stands for the user's own files, and where the test says.
  virtual ~World() {
    EXPECT_TRUE(Ends()) << "a program that the test has started is still running";
    ForgetWhatIsInMemory();
    for (const auto& file : std::filesystem::recursive_directory_iterator(home.path())) {
      const std::string path = file.path().string().substr(home.path().size() + 1);
      if (!file.is_regular_file() || file.is_symlink() || MayHoldSecrets(path)) continue;
      EXPECT_EQ(FindSecret(Slurp(file.path().string())), "") << "in " << path;
    }
  }

  // Runs a program of this project, or any other by its name on the PATH. No secret may be shown but in the
  // answer to kubectl.
  ProcessResult Run(const std::vector<std::string>& args, const std::string& input = "") {
    const ProcessResult result = Start(args, input);
    const bool ours = args[0] == "credential_provider" || args[0] == "kubeconfig_writer";
    const bool answers = args.size() > 1 && (args[1] == "get" || args[1] == "export");
    EXPECT_EQ(FindSecret(result.err), "") << "on the stderr of " << args[0];
    if (ours && !answers) {
      EXPECT_EQ(FindSecret(result.out), "") << "on the stdout of " << args[0];
    }
    return result;
  }

  ProcessResult Start(std::vector<std::string> args, const std::string& input) {
    if (args[0] == "credential_provider") args[0] = Runfile("credential_provider/credential_provider");
    if (args[0] == "kubeconfig_writer") args[0] = Runfile("kubeconfig_writer/kubeconfig_writer");
    if (clock_shift_s != 0) {
      args.insert(args.begin(), {Runfile("tests/testing/later"), std::to_string(clock_shift_s)});
    }
    ProcessOptions options;
    options.env = env;
    options.input = input;
    options.directory = home.path();
    options.forbid_sockets = forbid_sockets;
    options.forbid_keyring = !use_keyring;
    options.keyring_kills = keyring_kills;
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
  std::set<std::string> secret_files;  // paths below the home that the test puts secrets into
  int64_t clock_shift_s = 0;           // how much later the programs see the time of day
  bool forbid_sockets = false;
  bool keyring_kills = false;  // who uses the keyring is killed
  bool use_keyring = false;    // the user's: it outlives a world, so only for tests that have one of their own
  std::map<std::string, std::string> env = {
      {"HOME", home.path()},
      {"PATH", Runfile("credential_provider") + ":" + std::getenv("PATH")},
      {"ALIBABA_CLOUD_ACCESS_KEY_ID", "sandbox-alice"},
      {"ALIBABA_CLOUD_ACCESS_KEY_SECRET", "sandbox-alice-secret"},
      {"ALIBABA_CLOUD_STS_ENDPOINT", sandbox.Value("cloud")},
      {"ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true"},  // nothing here may ask the real one
  };

 private:
  // Waits for the processes whose working folder is in the home.
  bool Ends() const {
    for (int i = 0; i < 600 && IsRunning(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(50));
    return !IsRunning();
  }

  bool IsRunning() const {
    std::error_code hidden;
    for (const auto& process : std::filesystem::directory_iterator("/proc")) {
      const auto folder = std::filesystem::read_symlink(process.path() / "cwd", hidden);
      if (!hidden && folder.string().rfind(home.path(), 0) == 0) return true;
    }
    return false;
  }

  // What is in /dev/shm is beside the home and would outlive this world by an hour.
  void ForgetWhatIsInMemory() {
    for (const auto& file : std::filesystem::recursive_directory_iterator(home.path())) {
      if (file.path().extension() != ".memory") continue;
      Start({"credential_provider", "forget", "--all"}, "");
      return;
    }
  }

  bool MayHoldSecrets(const std::string& path) const {
    const auto begins = [&path](const std::string& start) { return path.rfind(start, 0) == 0; };
    const auto extension = std::filesystem::path(path).extension();
    return extension == ".credential" || extension == ".out" || begins(".aliyun/") ||
           begins(".alibabacloud/") || secret_files.count(path) > 0;
  }
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
