// A home in which somebody has installed both programs, beside each other.
#ifndef CREDENTIAL_PROVIDER_TESTS_END_TO_END_INSTALLED_WORLD_H_
#define CREDENTIAL_PROVIDER_TESTS_END_TO_END_INSTALLED_WORLD_H_

#include <filesystem>
#include <regex>
#include <string>
#include <vector>

#include "tests/end_to_end/world.h"

namespace credential_provider {

constexpr char kSystemPath[] = "/usr/local/bin:/usr/bin:/bin";

// A home with the two programs where somebody has put them, and nowhere else.
class InstalledWorld : public World {
 public:
  InstalledWorld() : World(SharedSandbox()) { env["PATH"] = kSystemPath; }

  // Copies both programs into a folder of the home.
  void Put(const std::string& folder) {
    std::filesystem::create_directories(home.Path(folder));
    for (const std::string program : {"credential_provider", "kubeconfig_writer"}) {
      std::filesystem::copy_file(Runfile(program + "/" + program), home.Path(folder + "/" + program),
                                 std::filesystem::copy_options::overwrite_existing);
      secret_files.insert(folder + "/" + program);  // OpenSSL in it has the words of keys
    }
  }

  // Makes the link `at`, in the home, lead to `target`, as package managers do: the old one goes first.
  void Link(const std::string& at, const std::string& target) {
    std::filesystem::create_directories(std::filesystem::path(home.Path(at)).parent_path());
    std::filesystem::remove(home.Path(at));
    std::filesystem::create_symlink(target, home.Path(at));
  }

  // Runs what is at `program` in the home.
  ProcessResult RunAt(const std::string& program, std::vector<std::string> args) {
    args.insert(args.begin(), home.Path(program));
    return Run(args);
  }

  ProcessResult Install(const std::string& program, const std::vector<std::string>& more = {}) {
    std::vector<std::string> args = {
        "install", "ack",      "--cluster-id", kCluster,        "--store",
        "disk",    "--region", "cn-hangzhou",  "--cs-endpoint", sandbox.Value("cloud")};
    args.insert(args.end(), more.begin(), more.end());
    return RunAt(program, args);
  }

  // The command in the stanza, with {home} instead of the home.
  std::string Command() const {
    const std::string text = Slurp(config);
    std::smatch found;
    if (!std::regex_search(text, found, std::regex("command: \"?([^\n\"]*)"))) return "";
    std::string command = found[1];
    if (command.rfind(home.path(), 0) == 0) command.replace(0, home.path().size(), "{home}");
    return command;
  }

  ProcessResult Kubectl() { return Run({"kubectl", "get", "namespace", "-o", "name"}); }

  const std::string config = home.Path(".kube/config");
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_END_TO_END_INSTALLED_WORLD_H_
