// What a shell waits for before each prompt: prints a table of `status --prompt` beside an empty program,
// with one context and with 30 of a usual kubeconfig.
#include <cstdio>

#include "tests/bench/measure.h"
#include "tests/end_to_end/world.h"

namespace credential_provider {
namespace {

constexpr int kRounds = 300;
constexpr size_t kAuthority = 1500;  // bytes of base64, as ACK's

// One that `install` has written and 29 others of the same kind, but of another name.
std::string With(const std::string& installed, int contexts) {
  std::string clusters, entries, users;
  for (int i = 1; i < contexts; ++i) {
    const std::string n = "ack-c" + std::to_string(100 + i) + std::string(29, '0');
    clusters += "- cluster:\n    certificate-authority-data: " + std::string(kAuthority, 'A') +
                "\n    server: https://192.0.2.1:6443\n  name: " + n + "\n";
    entries += "- context:\n    cluster: " + n + "\n    user: " + n + "\n  name: " + n + "\n";
    users +=
        "- name: " + n +
        "\n  user:\n    exec:\n      apiVersion: client.authentication.k8s.io/v1\n      args:\n      - get\n"
        "      - ack\n      - --cluster-id\n      - " +
        n.substr(4) +
        "\n      - --region\n      - cn-hangzhou\n      command: /usr/bin/credential_provider\n      env: "
        "null\n      installHint: credential_provider is not on the PATH. Install it, or run "
        "`kubeconfig_writer\n        install` again.\n      interactiveMode: Never\n      "
        "provideClusterInfo: false\n";
  }
  std::string text = installed;
  for (const auto& [key, more] : {std::pair("clusters:\n", clusters), std::pair("contexts:\n", entries),
                                  std::pair("users:\n", users)}) {
    text.insert(text.find(key) + std::string(key).size(), more);
  }
  return text;
}

class Bench {
 public:
  void Run() {
    const std::string file = world_.home.Path("one"), many = world_.home.Path("thirty");
    world_.Run({Writer(), "install", "ack", "--cluster-id", kCluster, "--store", "disk", "--cs-endpoint",
                world_.sandbox.Value("cloud"), "--kubeconfig", file});
    Spill(many, With(Slurp(file), 30));
    Spill(world_.home.Path("unusual"), "---\n" + Slurp(many));
    std::vector<Subject> subjects = {
        {"an empty C++ program, linked as this one", {Runfile("tests/bench/empty")}, world_.env},
        Prompt("a hit of get, for comparison", file)};
    subjects[1].args = {Runfile("credential_provider/credential_provider"),
                        "get",
                        "ack",
                        "--cluster-id",
                        kCluster,
                        "--store",
                        "disk",
                        "--cs-endpoint",
                        world_.sandbox.Value("cloud")};
    subjects[1].env["KUBERNETES_EXEC_INFO"] =
        R"({"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","spec":{"interactive":false}})";
    subjects.push_back(Prompt("status --prompt, no kubeconfig", world_.home.Path("nothing")));
    subjects.push_back(Prompt("status --prompt, 1 context", file));
    subjects.push_back(Prompt("status --prompt, 30 contexts", many));
    subjects.push_back(Prompt("status --prompt, 30 contexts, parsed whole", world_.home.Path("unusual")));
    std::printf("A line for a prompt, of a kubeconfig of %zu bytes with 30 contexts:\n\n",
                Slurp(many).size());
    PrintTable(subjects, MeasureAll(subjects, kRounds));
  }

 private:
  static std::string Writer() { return Runfile("kubeconfig_writer/kubeconfig_writer"); }

  Subject Prompt(const std::string& name, const std::string& file) const {
    return {name, {Writer(), "status", "--prompt", "--kubeconfig", file}, world_.env};
  }

  World world_{SharedSandbox()};
};

}  // namespace
}  // namespace credential_provider

int main() {
  credential_provider::Bench().Run();
  return 0;
}
