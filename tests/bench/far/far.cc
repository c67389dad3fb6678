// How long the first credential takes when the servers are far away: see run.sh, which finds the programs.
// Arguments: "NAME|PATH|LABEL" for each; NAME is credential_provider for ours and for other versions of it.
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sched.h>
#include <sys/mount.h>

#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "tests/bench/far/far_network.h"
#include "tests/bench/measure.h"
#include "tests/bench/peers/clouds.h"
#include "tests/testing/sandbox_process.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

namespace fs = std::filesystem;
using Environment = std::map<std::string, std::string>;

constexpr char kFarName[] = "far.sandbox.test";  // in the sandbox's certificate
constexpr char kAuthorities[] = "/etc/ssl/certs";
constexpr char kReaderRole[] = "acs:ram::1000000000000001:role/ack-reader";
constexpr int kRoundTripsMs[] = {0, 2, 10, 50};

// The address of a listener as it is reached from far away.
std::string Far(const std::string& url) {
  const bool is_tls = url.rfind("https", 0) == 0;
  return absl::StrReplaceAll(url, {{"127.0.0.1", is_tls ? kFarName : kFarAddress}});
}

bool Cover(const std::string& with, const char* place) {
  if (mount(with.c_str(), place, nullptr, MS_BIND, nullptr) == 0) return true;
  std::perror(place);
  return false;
}

// The name under which OpenSSL looks the authority up in a folder.
std::string HashedName(const std::string& file) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pem(fopen(file.c_str(), "r"), &fclose);
  const std::unique_ptr<X509, void (*)(X509*)> certificate(
      PEM_read_X509(pem.get(), nullptr, nullptr, nullptr), &X509_free);
  return absl::StrFormat(
      "%08x.0", X509_NAME_hash_ex(X509_get_subject_name(certificate.get()), nullptr, nullptr, nullptr));
}

// For this process and those that it starts: the system trusts one more authority, in its file and in its
// folder, and knows one more name.
bool TrustSandbox(const SandboxProcess& sandbox, const TempDir& folder) {
  const std::string authorities = folder.Path("certs"), hosts = folder.Path("hosts");
  fs::copy(kAuthorities, authorities, fs::copy_options::recursive | fs::copy_options::copy_symlinks);
  const std::string ca = Slurp(sandbox.Value("ca_file"));
  Spill(authorities + "/sandbox.pem", ca);
  fs::create_symlink("sandbox.pem", authorities + "/" + HashedName(sandbox.Value("ca_file")));
  const std::string bundle = authorities + "/ca-certificates.crt";
  Spill(bundle, Slurp(bundle) + ca);
  Spill(hosts, absl::StrCat("127.0.0.1 localhost\n", kFarAddress, " ", kFarName, "\n"));
  return unshare(CLONE_NEWNS) == 0 && mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         Cover(authorities, kAuthorities) && Cover(hosts, "/etc/hosts");
}

Environment BaseEnvironment(const std::string& home) {
  return {{"HOME", home},
          {"PATH", "/usr/bin:/bin"},
          {"KUBERNETES_EXEC_INFO",
           R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1",)"
           R"("spec":{"interactive":false}})"},
          {"ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true"}};
}

// Each run is the first one.
Subject Ours(const std::string& path, const std::string& name, const std::string& cloud, Environment env,
             const std::vector<std::string>& more = {}) {
  const std::string store = env["HOME"] + "/store";
  env["ALIBABA_CLOUD_STS_ENDPOINT"] = cloud;
  Subject subject{name,
                  {path, "get", "ack", "--cluster-id", "c00000000000000000000000000000001", "--cs-endpoint",
                   cloud, "--store", "disk", "--cache-dir", store},
                  env};
  subject.args.insert(subject.args.end(), more.begin(), more.end());
  subject.before = [store] { fs::remove_all(store); };
  return subject;
}

// A key, a role and a token of a pod, over https; a key over http.
void AddOurs(const std::string& path, const std::string& label, const std::string& home,
             const SandboxProcess& sandbox, std::vector<Subject>* subjects) {
  const std::string plain = Far(sandbox.Value("cloud")), tls = Far(sandbox.Value("cloud_tls"));
  Environment key = BaseEnvironment(home);
  key["ALIBABA_CLOUD_ACCESS_KEY_ID"] = "sandbox-alice";
  key["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "sandbox-alice-secret";
  Environment pod = BaseEnvironment(home);
  Spill(home + "/token", sandbox.Post("/id-token", {{"audience", "sts.aliyuncs.com"}, {"lifetime_s", 3600}})
                             .at("token")
                             .get<std::string>());
  pod["ALIBABA_CLOUD_ROLE_ARN"] = kReaderRole;
  pod["ALIBABA_CLOUD_OIDC_PROVIDER_ARN"] = "acs:ram::1000000000000001:oidc-provider/ci";
  pod["ALIBABA_CLOUD_OIDC_TOKEN_FILE"] = home + "/token";
  subjects->push_back(Ours(path, label + ", key, http", plain, key));
  subjects->push_back(Ours(path, label + ", key, https", tls, key));
  subjects->push_back(Ours(path, label + ", role, https", tls, key, {"--role-arn", kReaderRole}));
  subjects->push_back(Ours(path, label + ", RRSA, https", tls, pod));
}

// It keeps nothing: application default credentials, whose token is asked for each time.
void AddGke(const std::string& path, const std::string& label, const std::string& home,
            const SandboxProcess& sandbox, std::vector<Subject>* subjects) {
  for (const char* const listener : {"cloud", "cloud_tls"}) {
    const std::string file = absl::StrCat(home, "/", listener, ".json");
    Spill(file, nlohmann::json({{"type", "authorized_user"},
                                {"client_id", "stand-in"},
                                {"client_secret", "stand-in"},
                                {"refresh_token", "stand-in"},
                                {"token_uri", Far(sandbox.Value(listener)) + kGoogleTokenPath}})
                    .dump());
    Subject subject{label + (listener == std::string("cloud") ? ", http" : ", https"),
                    {path, "--use_application_default_credentials"},
                    BaseEnvironment(home),
                    /*counted=*/true};
    subject.env["GOOGLE_APPLICATION_CREDENTIALS"] = file;
    subject.env["KUBECONFIG"] = home + "/kubeconfig";
    subjects->push_back(subject);
  }
}

// Asks where to ask, and then for a token.
void AddAzure(const std::string& path, const std::string& label, const std::string& home,
              const SandboxProcess& sandbox, std::vector<Subject>* subjects) {
  subjects->push_back(
      {label + ", two requests, https",
       {path, "get-token", "--login", "spn", "--tenant-id", kAzureTenant, "--client-id", "stand-in",
        "--client-secret", "stand-in", "--server-id", "server", "--authority-host",
        Far(sandbox.Value("cloud_tls")) + "/", "--disable-instance-discovery"},
       BaseEnvironment(home),
       /*counted=*/true,
       [home] { fs::remove_all(home + "/.kube"); }});
}

// A line for each subject: milliseconds, and how many round trips' time that is beyond what it takes without.
void Print(const std::vector<Subject>& subjects, const std::vector<std::vector<Figures>>& by_distance) {
  std::printf("| median ms |");
  for (const int ms : kRoundTripsMs) std::printf(" RTT %d |", ms);
  std::printf(
      " round trips at 50 | M instructions | peak MiB |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | "
      "---: |\n");
  for (size_t i = 0; i < subjects.size(); ++i) {
    std::printf("| %s |", subjects[i].name.c_str());
    for (const std::vector<Figures>& figures : by_distance) std::printf(" %.1f |", figures[i].median_ms);
    const Figures& near = by_distance.front()[i];
    std::printf(" %.1f | %.1f | %.1f |\n", (by_distance.back()[i].median_ms - near.median_ms) / 50,
                near.instructions_m, near.peak_memory_m);
  }
}

int Run(int argc, char** argv) {
  FarNetwork network;
  const absl::Status entered = network.Enter();
  if (!entered.ok()) {
    std::printf("skipped: %s\n", std::string(entered.message()).c_str());
    return 77;
  }
  const SandboxProcess sandbox;
  const TempDir folder, home;
  if (!TrustSandbox(sandbox, folder)) return 1;
  ResetClouds(sandbox, 0);
  Spill(home.Path("kubeconfig"), "apiVersion: v1\nkind: Config\n");
  std::vector<Subject> subjects;
  for (int i = 1; i < argc; ++i) {
    const std::vector<std::string> parts = absl::StrSplit(argv[i], '|');
    if (parts.size() != 3) return 2;
    const auto add = parts[0] == "credential_provider" ? &AddOurs
                     : parts[0] == "kubelogin"         ? &AddAzure
                                                       : &AddGke;
    add(parts[1], parts[2], home.path(), sandbox, &subjects);
  }
  std::vector<std::vector<Figures>> by_distance;
  for (const int ms : kRoundTripsMs) {
    network.SetRoundTrip(absl::Milliseconds(ms));
    for (Subject& subject : subjects) subject.counted = subject.counted && ms == 0;
    by_distance.push_back(MeasureAll(subjects, ms < 50 ? 21 : 11));
  }
  Print(subjects, by_distance);
  return 0;
}

}  // namespace
}  // namespace credential_provider

int main(int argc, char** argv) { return credential_provider::Run(argc, argv); }
