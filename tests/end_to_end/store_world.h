// What the end-to-end tests of the store share: many runs at once, entries of any age, a kubeconfig for
// kubectl.
#ifndef CREDENTIAL_PROVIDER_TESTS_END_TO_END_STORE_WORLD_H_
#define CREDENTIAL_PROVIDER_TESTS_END_TO_END_STORE_WORLD_H_

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"

namespace credential_provider {

// As client-go writes it, with a newline at its end.
constexpr char kExecInfo[] =
    R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":{"interactive":false}})"
    "\n";
// As kube-rs does.
constexpr char kOtherExecInfo[] =
    R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":{"interactive":false}})";

// A world whose credentials are kept in files in its home, which tests look at and change.
class StoreWorld : public World {
 public:
  explicit StoreWorld(SandboxProcess& shared) : World(shared) {}

  std::string Folder() const { return home.Path("store"); }

  // The arguments of a run with the store on disk.
  std::vector<std::string> Get(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> args = GetAck({"--cache-dir", Folder()});
    args.insert(args.end(), more.begin(), more.end());
    return args;
  }

  // As one of kubectl's starts: with what client-go says, from a process of its own.
  ProcessResult RunForClient(std::vector<std::string> args) {
    args[0] = Runfile("credential_provider/credential_provider");
    args.insert(
        args.begin(),
        {"sh", "-c", "KUBERNETES_EXEC_INFO='" + std::string(kExecInfo) + "' \"$@\"; exit $?", "client"});
    return Run(args);
  }

  // Runs a script of sh in which "$@" is a run of the program and `client` a function that runs it once as
  // its own client would, with stdout and stderr in the files $1.out and $1.err.
  ProcessResult RunScript(const std::string& script, std::vector<std::string> args) {
    args[0] = Runfile("credential_provider/credential_provider");
    args.insert(
        args.begin(),
        {"sh", "-c", "export KUBERNETES_EXEC_INFO='" + std::string(kExecInfo) + "'\n" + script, "script"});
    return Run(args);
  }

  // Makes the one entry on disk older: as if it had been issued `seconds` ago.
  void AgeEntry(int64_t seconds) const {
    for (const auto& file : std::filesystem::directory_iterator(Folder())) {
      if (file.path().extension() != ".credential") continue;
      std::string bytes = Slurp(file.path());
      const size_t begin = std::string("credential_provider entry 1 ").size();
      const size_t end = bytes.find(' ', begin);
      const int64_t issued = std::stoll(bytes.substr(begin, end - begin)) - seconds;
      const auto entry_end = std::filesystem::last_write_time(file.path());
      std::fstream(file.path(), std::ios::in | std::ios::out | std::ios::binary)
          << bytes.replace(begin, end - begin, std::to_string(issued));
      std::filesystem::last_write_time(file.path(), entry_end);
    }
  }

  // The folders in /proc of the processes of the program that work for this test, by the name of its folder
  // in their arguments.
  std::vector<std::string> Renewers() const {
    std::vector<std::string> found;
    for (const auto& process : std::filesystem::directory_iterator("/proc")) {
      const std::string line = Slurp(process.path() / "cmdline");
      if (line.find("credential_provider") != std::string::npos && line.find(Folder()) != std::string::npos)
        found.push_back(process.path().string());
    }
    return found;
  }

  // What `status --output json` says of the one entry.
  nlohmann::json Status() {
    const ProcessResult result =
        Run({"credential_provider", "status", "--output", "json", "--cache-dir", Folder()});
    const nlohmann::json list = nlohmann::json::parse(result.out, nullptr, false);
    EXPECT_TRUE(list.is_array() && list.size() == 1) << result.out << result.err;
    return list.is_array() && list.size() == 1 ? list[0] : nlohmann::json::object();
  }

  // Waits until `condition` holds, for ten seconds at most. Returns whether it does.
  template <typename Condition>
  static bool Eventually(Condition condition) {
    for (int i = 0; i < 500; ++i) {
      if (condition()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return false;
  }

  // Writes a kubeconfig that reaches the sandbox's API server through the program, with `more` arguments.
  void WriteKubeconfig(const std::vector<std::string>& more = {}) {
    nlohmann::json args = Get(more);
    args.erase(args.begin());
    const nlohmann::json config = {
        {"apiVersion", "v1"},
        {"kind", "Config"},
        {"current-context", "c"},
        {"clusters",
         {{{"name", "c"},
           {"cluster",
            {{"server", sandbox.Value("api_server")},
             {"certificate-authority", sandbox.Value("ca_file")}}}}}},
        {"users",
         {{{"name", "u"},
           {"user",
            {{"exec",
              {{"apiVersion", "client.authentication.k8s.io/v1"},
               {"command", Runfile("credential_provider/credential_provider")},
               {"args", args},
               {"interactiveMode", "Never"}}}}}}}},
        {"contexts", {{{"name", "c"}, {"context", {{"cluster", "c"}, {"user", "u"}}}}}}};
    Spill(home.Path("config"), config.dump());
    env["KUBECONFIG"] = home.Path("config");
  }
};

// The kubectls on this machine, by path: those next to the one on the PATH, from the oldest to the newest.
inline std::vector<std::string> Kubectls() {
  std::vector<std::string> found;
  std::string path = std::getenv("PATH") == nullptr ? "" : std::getenv("PATH");
  std::error_code error;
  for (size_t begin = 0; begin <= path.size();) {
    const size_t end = std::min(path.find(':', begin), path.size());
    const auto kubectl = std::filesystem::canonical(path.substr(begin, end - begin) + "/kubectl", error);
    if (!error) {
      for (const auto& file : std::filesystem::directory_iterator(kubectl.parent_path(), error)) {
        if (file.path().filename().string().rfind("kubectl.1.", 0) == 0)
          found.push_back(file.path().string());
      }
      if (found.empty()) found.push_back(kubectl.string());
      break;
    }
    begin = end + 1;
  }
  std::sort(found.begin(), found.end());
  return found;
}

// The oldest and the newest of them.
inline std::vector<std::string> OldestAndNewestKubectl() {
  std::vector<std::string> all = Kubectls();
  if (all.size() < 2) return all;
  return {all.front(), all.back()};
}

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_END_TO_END_STORE_WORLD_H_
