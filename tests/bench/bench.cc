// What kubectl is made to wait for: prints tables, of this program and of empty ones. peers/ compares it with
// others. Arguments: an empty program that is linked as the machine links programs, and, if wanted, the
// credential_provider of another version. run.sh has them.
#include <cstdio>
#include <filesystem>

#include "tests/bench/measure.h"
#include "tests/end_to_end/store_world.h"
#include "tests/testing/own_keyring.h"

namespace credential_provider {
namespace {

constexpr int kRounds = 200;
constexpr int kSlowRounds = 15;
constexpr size_t kLargeKubeconfig = 5 << 20;

class Bench {
 public:
  Bench(const std::string& dynamic_empty, const std::string& other)
      : dynamic_empty_(dynamic_empty), other_(other) {
    world_.env["KUBERNETES_EXEC_INFO"] = kExecInfo;
    world_.secret_files = {"key", "answer"};
  }

  void Hits() {
    std::printf("A run that is answered from the store:\n\n");
    std::vector<Subject> subjects = Empties();
    if (!other_.empty())
      subjects.push_back(Other(Run("the other version, from disk", {"--cache-dir", Folder("other", 0)})));
    if (HasOwnKeyring()) subjects.push_back(Run("from the keyring", {"--store", "keyring"}));
    subjects.push_back(Run("from the runtime folder", {"--store", "runtime"}));
    subjects.push_back(Run("from memory", {"--store", "memory"}));
    subjects.push_back(Run("from disk", {"--cache-dir", Folder("disk", 0)}));
    subjects.push_back(Run("from disk, among 100", {"--cache-dir", Folder("100", 100)}));
    subjects.push_back(Run("from disk, among 10,000", {"--cache-dir", Folder("10000", 10000)}));
    subjects.push_back(Run("from disk, with a kubeconfig of 5 MB", {"--cache-dir", Folder("disk", 0)}));
    subjects.back().env["KUBECONFIG"] = LargeKubeconfig();
    PrintTable(subjects, MeasureAll(subjects, kRounds));
    world_.use_keyring = true;
    world_.Run({"credential_provider", "forget", "--all"});
  }

  void Misses() {
    std::printf("A run that has to ask, with the answer in so many milliseconds:\n\n");
    for (const int delay : {0, 50}) {
      Reset(delay);
      Subject miss =
          Run("a miss, " + std::to_string(delay) + " ms", {"--cache-dir", world_.home.Path("miss")});
      miss.before = [this] { std::filesystem::remove_all(world_.home.Path("miss")); };
      std::vector<Subject> subjects = Empties();
      if (!other_.empty()) {
        subjects.push_back(Other(miss));
        subjects.back().name = "the other version, " + miss.name;
      }
      subjects.push_back(miss);
      PrintTable(subjects, MeasureAll(subjects, kSlowRounds));
    }
  }

  void ManyAtOnce() {
    std::printf("Processes at once on an empty store, with the answer in 50 ms:\n\n");
    std::printf("| processes | ms until the last has its answer | requests |\n| ---: | ---: | ---: |\n");
    for (const int count : {1, 20, 200}) {
      Reset(50);
      std::filesystem::remove_all(world_.home.Path("many"));
      const double ms = RunAtOnce(Run("", {"--cache-dir", world_.home.Path("many")}), count);
      std::printf("| %d | %.0f | %d |\n", count, ms, world_.sandbox.Count("cs"));
    }
    std::printf("\n");
  }

  void Kubectl() {
    const std::vector<std::string> found = Kubectls();
    if (found.empty()) {
      std::printf("kubectl: not on the PATH, not measured\n\n");
      return;
    }
    Reset(0);
    std::printf("`kubectl get namespace` against the sandbox (%s):\n\n",
                std::filesystem::path(found.back()).filename().c_str());
    world_.WriteKubeconfig();
    const nlohmann::json exec_config = nlohmann::json::parse(Slurp(world_.home.Path("config")));
    const nlohmann::json answer = nlohmann::json::parse(world_.Run(world_.Get()).out);
    nlohmann::json static_config = exec_config, file_config = exec_config;
    static_config["users"][0]["user"] = {
        {"client-certificate", Kept("cert", answer.at("status").at("clientCertificateData"))},
        {"client-key", Kept("key", answer.at("status").at("clientKeyData"))}};
    file_config["users"][0]["user"]["exec"]["command"] = "/bin/cat";
    file_config["users"][0]["user"]["exec"]["args"] = {Kept("answer", answer.dump())};
    std::vector<Subject> subjects = {
        KubectlWith("with a certificate in its kubeconfig", found.back(), static_config),
        KubectlWith("with a plugin that prints a file (cat)", found.back(), file_config),
        KubectlWith("with credential_provider", found.back(), exec_config)};
    subjects.push_back(KubectlAfterInstall(found.back()));
    subjects.push_back(ColdKubectl(found.back(), exec_config));
    PrintTable(subjects, MeasureAll(subjects, kSlowRounds));
  }

 private:
  static std::string Provider() { return Runfile("credential_provider/credential_provider"); }

  std::vector<Subject> Empties() const {
    return {{"an empty C program, linked to the machine's libc", {dynamic_empty_}, world_.env},
            {"an empty C++ program, linked as this one", {Runfile("tests/bench/empty")}, world_.env}};
  }

  // What `subject` does, by the other version.
  Subject Other(Subject subject) const {
    subject.args[0] = other_;
    return subject;
  }

  // A run of the program with `flags`. Its first run, here, fills the store.
  Subject Run(const std::string& name, const std::vector<std::string>& flags) {
    Subject subject{name, world_.GetAck(flags), world_.env};
    subject.args[0] = Provider();
    subject.env["XDG_RUNTIME_DIR"] = world_.home.path();
    return subject;
  }

  Subject KubectlWith(const std::string& name, const std::string& kubectl, const nlohmann::json& config) {
    const std::string path = Kept("config" + std::to_string(++configs_), config.dump());
    return {name,
            {kubectl, "get", "namespace", "--kubeconfig", path, "--cache-dir", world_.home.Path("discovery")},
            world_.env,
            /*counted=*/false};
  }

  // The first one after `install`, over https, which leaves the certificate in the store.
  Subject KubectlAfterInstall(const std::string& kubectl) {
    const std::string folder = world_.home.Path("installed"), file = folder + "/config";
    Subject subject{
        "with credential_provider, the first after install",
        {kubectl, "get", "namespace", "--kubeconfig", file, "--cache-dir", world_.home.Path("discovery")},
        world_.env,
        /*counted=*/false};
    subject.before = [this, folder, file] {
      std::filesystem::remove_all(folder);
      std::filesystem::create_directory(folder);
      world_.Run({"kubeconfig_writer", "install", "ack", "--cluster-id", kCluster, "--kubeconfig", file,
                  "--cs-endpoint", world_.sandbox.Value("cloud_tls"), "--ca-file",
                  world_.sandbox.Value("ca_file"), "--cache-dir", folder + "/store"});
    };
    return subject;
  }

  // With nothing stored, over https.
  Subject ColdKubectl(const std::string& kubectl, nlohmann::json config) {
    const std::string folder = world_.home.Path("cold");
    config["users"][0]["user"]["exec"]["args"] = {"get",           "ack",
                                                  "--cluster-id",  kCluster,
                                                  "--cs-endpoint", world_.sandbox.Value("cloud_tls"),
                                                  "--ca-file",     world_.sandbox.Value("ca_file"),
                                                  "--cache-dir",   folder};
    Subject subject = KubectlWith("with credential_provider, nothing stored", kubectl, config);
    subject.before = [folder] { std::filesystem::remove_all(folder); };
    return subject;
  }

  std::string Kept(const std::string& name, const std::string& text) {
    Spill(world_.home.Path(name), text);
    return world_.home.Path(name);
  }

  // A folder with the store's permissions, and so many entries of others in it.
  std::string Folder(const std::string& name, int entries) {
    const std::string folder = world_.home.Path(name);
    std::filesystem::create_directory(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    char file[40];
    for (int i = 0; i < entries; ++i) {
      std::snprintf(file, sizeof(file), "/%016x.credential", i);
      Spill(folder + file, std::string(3000, 'x'));
    }
    return folder;
  }

  std::string LargeKubeconfig() {
    std::string text = "apiVersion: v1\nkind: Config\nusers:\n";
    while (text.size() < kLargeKubeconfig) text += "- name: u\n  user: {token: fake-token}\n";
    return Kept("large", text);
  }

  void Reset(int delay_ms) {
    world_.sandbox.Post("/reset");
    if (delay_ms > 0)
      world_.sandbox.Post("/fault", {{"match", {{"listener", "cs"}}}, {"delay_ms", delay_ms}, {"times", -1}});
  }

  const std::string dynamic_empty_;
  const std::string other_;
  StoreWorld world_{SharedSandbox()};
  int configs_ = 0;
};

}  // namespace
}  // namespace credential_provider

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  credential_provider::HasOwnKeyring();
  credential_provider::Bench bench(argv[1], argc > 2 ? argv[2] : "");
  bench.Hits();
  bench.Misses();
  bench.ManyAtOnce();
  bench.Kubectl();
  return 0;
}
