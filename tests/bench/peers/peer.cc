#include "tests/bench/peers/peer.h"

#include <algorithm>
#include <filesystem>

#include "tests/bench/peers/clouds.h"
#include "tests/testing/process.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

namespace fs = std::filesystem;
using Environment = std::map<std::string, std::string>;

constexpr char kExecInfo[] =
    R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1",)"
    R"("spec":{"interactive":false}})";

// What stands in for gcloud is found before a real one, which would ask Google.
Environment BaseEnvironment(const std::string& home) {
  return {{"HOME", home},
          {"PATH", home + "/bin:/usr/bin:/bin"},
          {"KUBECONFIG", home + "/kubeconfig"},
          {"KUBERNETES_EXEC_INFO", kExecInfo},
          {"ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true"},
          {"AWS_EC2_METADATA_DISABLED", "true"},
          {"AWS_REGION", "eu-west-1"},
          {"AWS_DEFAULT_REGION", "eu-west-1"}};
}

Environment With(Environment base, const Environment& more) {
  for (const auto& [name, value] : more) base[name] = value;
  return base;
}

Subject Call(const Program& program, const std::vector<std::string>& args, const Environment& env) {
  Subject subject{program.label, {program.path}, env, /*counted=*/false};
  subject.args.insert(subject.args.end(), args.begin(), args.end());
  return subject;
}

Peer SameWayAlways(const Program& program, const std::string& how, const Subject& run) {
  return {program.label, program.on_disk, how, run, run, run};
}

Peer Ours(const Program& program, const Environment& base, const SandboxProcess& sandbox) {
  const Subject run = Call(program,
                           {"get", "ack", "--cluster-id", "c00000000000000000000000000000001",
                            "--cs-endpoint", sandbox.Value("cloud")},
                           With(base, {{"ALIBABA_CLOUD_ACCESS_KEY_ID", "sandbox-alice"},
                                       {"ALIBABA_CLOUD_ACCESS_KEY_SECRET", "sandbox-alice-secret"},
                                       {"ALIBABA_CLOUD_STS_ENDPOINT", sandbox.Value("cloud")}}));
  return SameWayAlways(program, "`get ack`; a miss is a signed request for a certificate, over http", run);
}

// Trusts one authority, as the other does that is measured over https.
Peer OursOverHttps(const Peer& ours, const SandboxProcess& sandbox) {
  Subject run = ours.hit;
  std::replace(run.args.begin(), run.args.end(), sandbox.Value("cloud"), sandbox.Value("cloud_tls"));
  run.env["ALIBABA_CLOUD_STS_ENDPOINT"] = sandbox.Value("cloud_tls");
  run.env["SSL_CERT_FILE"] = sandbox.Value("ca_file");
  Peer peer = ours;
  peer.how = "the same over https, with a file of one authority";
  peer.fill = peer.hit = peer.miss = run;
  peer.name += ", over https";
  return peer;
}

Peer Aws(const Program& program, const Environment& base, const std::string& home,
         const SandboxProcess& sandbox) {
  fs::create_directory(home + "/.aws");
  Spill(home + "/.aws/config",
        "[default]\nrole_arn = arn:aws:iam::000000000000:role/r\nsource_profile = keys\n"
        "[profile keys]\naws_access_key_id = stand-in\naws_secret_access_key = stand-in\n");
  return SameWayAlways(
      program,
      "`eks get-token`; keeps a role's session and signs a token each time; a miss is AssumeRole, over http",
      Call(program, {"eks", "get-token", "--cluster-name", "c"},
           With(base, {{"AWS_ENDPOINT_URL_STS", sandbox.Value("cloud") + kAwsStsPath}})));
}

Peer OursAroundAws(const Program& program, const Peer& aws) {
  Subject run = aws.hit;
  run.args.insert(run.args.begin(), {program.path, "get", "exec", "--"});
  Peer peer = SameWayAlways(program, "`get exec -- aws eks get-token`; a miss starts the aws CLI", run);
  peer.name = "credential_provider, around " + aws.name;
  return peer;
}

// Its AWS SDK asks no other STS than Amazon's.
Peer AwsIamAuthenticator(const Program& program, const Environment& base, const std::string& home,
                         const SandboxProcess& sandbox) {
  const std::string url = sandbox.Value("cloud") + kAwsSessionPath;
  const std::vector<std::string> args = {"token", "-i", "c", "--cache"};
  Spill(home + "/process.config", "[default]\ncredential_process = curl -s " + url + "\n");
  const Subject from_command =
      Call(program, args,
           With(base, {{"AWS_CONFIG_FILE", home + "/process.config"}, {"AWS_SDK_LOAD_CONFIG", "true"}}));
  const Subject as_in_a_pod =
      Call(program, args,
           With(base, {{"AWS_CONFIG_FILE", "/dev/null"}, {"AWS_CONTAINER_CREDENTIALS_FULL_URI", url}}));
  return {program.label,
          program.on_disk,
          "`token --cache`; keeps a session, here a credential_process's, and signs a token each time; a "
          "miss asks for a pod's session, over http, which it does not keep",
          from_command,
          from_command,
          as_in_a_pod};
}

Peer AzureKubelogin(const Program& program, const Environment& base, const SandboxProcess& sandbox) {
  return SameWayAlways(
      program, "`get-token --login spn`; a miss asks where to ask, and then for a token, over https",
      Call(program,
           {"get-token", "--login", "spn", "--tenant-id", kAzureTenant, "--client-id", "stand-in",
            "--client-secret", "stand-in", "--server-id", "server", "--authority-host",
            sandbox.Value("cloud_tls") + "/", "--disable-instance-discovery"},
           With(base, {{"SSL_CERT_FILE", sandbox.Value("ca_file")}})));
}

// The same with its token from where https is spoken.
Peer OverHttps(Peer gke, const std::string& home, const SandboxProcess& sandbox) {
  const std::string key = home + "/google_https.json";
  nlohmann::json user = nlohmann::json::parse(Slurp(home + "/google.json"));
  user["token_uri"] = sandbox.Value("cloud_tls") + kGoogleTokenPath;
  Spill(key, user.dump());
  gke.miss.env["GOOGLE_APPLICATION_CREDENTIALS"] = key;
  gke.miss.env["SSL_CERT_FILE"] = sandbox.Value("ca_file");
  gke.name += ", over https";
  gke.how = "the same over https, with a file of one authority";
  return gke;
}

// It keeps only what `gcloud` gives, which cannot be pointed at a stand-in: a script takes gcloud's place.
Peer Gke(const Program& program, const Environment& base, const std::string& home,
         const SandboxProcess& sandbox) {
  fs::create_directory(home + "/bin");
  Spill(home + "/bin/gcloud", "#!/bin/sh\nexec curl -s " + sandbox.Value("cloud") + kGcloudPath + "\n");
  fs::permissions(home + "/bin/gcloud", fs::perms::owner_all);
  Spill(home + "/kubeconfig", "apiVersion: v1\nkind: Config\n");
  const nlohmann::json user = {{"type", "authorized_user"},
                               {"client_id", "stand-in"},
                               {"client_secret", "stand-in"},
                               {"refresh_token", "stand-in"},
                               {"token_uri", sandbox.Value("cloud") + kGoogleTokenPath}};
  Spill(home + "/google.json", user.dump());
  const Subject with_gcloud = Call(program, {}, base);
  const Subject by_itself = Call(program, {"--use_application_default_credentials"},
                                 With(base, {{"GOOGLE_APPLICATION_CREDENTIALS", home + "/google.json"}}));
  return {program.label,
          program.on_disk,
          "keeps what gcloud gave; a miss is with application default credentials, over http, which it does "
          "not keep",
          with_gcloud,
          with_gcloud,
          by_itself};
}

}  // namespace

std::vector<Peer> PeersAmong(const std::map<std::string, Program>& programs, const std::string& home,
                             const SandboxProcess& sandbox) {
  const Environment base = BaseEnvironment(home);
  const Program& ours = programs.at("credential_provider");
  std::vector<Peer> peers = {Ours(ours, base, sandbox)};
  peers.push_back(OursOverHttps(peers[0], sandbox));
  for (const auto& [name, program] : programs) {
    if (name == "aws") {
      peers.push_back(Aws(program, base, home, sandbox));
      peers.push_back(OursAroundAws(ours, peers.back()));
    } else if (name == "aws-iam-authenticator") {
      peers.push_back(AwsIamAuthenticator(program, base, home, sandbox));
    } else if (name == "kubelogin") {
      peers.push_back(AzureKubelogin(program, base, sandbox));
    } else if (name == "gke-gcloud-auth-plugin") {
      peers.push_back(Gke(program, base, home, sandbox));
      peers.push_back(OverHttps(peers.back(), home, sandbox));
    }
  }
  return peers;
}

void ClearCaches(const Program& credential_provider, const std::string& home) {
  for (const char* const cache : {".kube", ".cache", ".aws/cli", "gke_gcloud_auth_plugin_cache"})
    fs::remove_all(home + "/" + cache);
  ProcessOptions options;
  options.env = BaseEnvironment(home);
  RunProcess({credential_provider.path, "forget", "--all"}, options);
}

}  // namespace credential_provider
