// What a large kubeconfig costs kubeconfig_writer: prints a table of its commands on a file of 2 MB with
// 2,000 contexts, and of the same commands on one with a single context. The difference is what the size
// costs.
#include <chrono>
#include <cstdio>
#include <filesystem>

#include "tests/bench/measure.h"
#include "tests/end_to_end/world.h"

namespace credential_provider {
namespace {

constexpr int kRounds = 25;
constexpr int kContexts = 2000;
constexpr size_t kBytes = 2000000;
constexpr size_t kBytesBesideCertificates = 310;  // of one cluster, context and user

// `contexts` clusters, contexts and users, in the style of kubectl.
std::string Kubeconfig(int contexts, size_t certificate) {
  std::string clusters = "apiVersion: v1\nclusters:\n", entries = "contexts:\n", users = "users:\n";
  for (int i = 0; i < contexts; ++i) {
    const std::string n = std::to_string(i);
    clusters += "- cluster:\n    certificate-authority-data: " + std::string(certificate, 'A') +
                "\n    server: https://192.0.2.1:6443\n  name: cluster-" + n + "\n";
    entries += "- context:\n    cluster: cluster-" + n + "\n    namespace: team\n    user: user-" + n +
               "\n  name: context-" + n + "\n";
    users += "- name: user-" + n +
             "\n  user:\n    exec:\n      apiVersion: client.authentication.k8s.io/v1\n" +
             "      command: plugin\n      interactiveMode: Never\n";
  }
  return clusters + entries + "current-context: context-0\nkind: Config\npreferences: {}\n" + users;
}

class Bench {
 public:
  void Run() {
    const size_t certificate = (kBytes / kContexts - kBytesBesideCertificates) / 4 * 4;
    const std::string large = Kubeconfig(kContexts, certificate), small = Kubeconfig(1, certificate);
    std::printf(
        "kubeconfig_writer on a kubeconfig of %zu bytes with %d contexts, and on one of %zu bytes:\n\n",
        large.size(), kContexts, small.size());
    std::vector<Subject> subjects;
    for (const auto& [size, text] : {std::pair("small", small), std::pair("large", large)}) {
      const std::string file = world_.home.Path(size), installed = Installed(file, text);
      Add(&subjects, std::string("install, ") + size, Install(file), file, text);
      Add(&subjects, std::string("install --no-backup, ") + size, Install(file, "--no-backup"), file, text);
      Add(&subjects, std::string("install --dry-run, ") + size, Install(file, "--dry-run"), file, text);
      Add(&subjects, std::string("install, done already, ") + size, Install(file), file, installed);
      Add(&subjects, std::string("uninstall, ") + size, {Writer(), "uninstall", kName, "--kubeconfig", file},
          file, installed);
      Add(&subjects, std::string("list, ") + size, {Writer(), "list", "--kubeconfig", file}, file, installed);
      Add(&subjects, std::string("audit, ") + size, {Writer(), "audit", file}, file, installed);
    }
    PrintTable(subjects, MeasureAll(subjects, kRounds));
  }

 private:
  static constexpr char kName[] = "ack-c00000000000000000000000000000001";

  static std::string Writer() { return Runfile("kubeconfig_writer/kubeconfig_writer"); }

  std::vector<std::string> Install(const std::string& file, const std::string& flag = "--use") const {
    return {Writer(),
            "install",
            "ack",
            "--cluster-id",
            kCluster,
            "--cs-endpoint",
            world_.sandbox.Value("cloud"),
            "--kubeconfig",
            file,
            flag};
  }

  // The text of the kubeconfig with our entry in it.
  std::string Installed(const std::string& file, const std::string& text) {
    Spill(file, text);
    world_.Run(Install(file));
    return Slurp(file);
  }

  void Add(std::vector<Subject>* subjects, const std::string& name, const std::vector<std::string>& args,
           const std::string& file, const std::string& text) {
    Subject subject{name, args, world_.env};
    subject.before = [file, text] {
      Spill(file, text);
      std::filesystem::permissions(file, std::filesystem::perms(0600));
      // Where others have just written, the program watches longer what they do next.
      const auto earlier = std::filesystem::file_time_type::clock::now() - std::chrono::minutes(1);
      std::filesystem::last_write_time(file, earlier);
    };
    subjects->push_back(std::move(subject));
  }

  World world_{SharedSandbox()};
};

}  // namespace
}  // namespace credential_provider

int main() {
  credential_provider::Bench().Run();
  return 0;
}
