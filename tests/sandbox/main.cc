// A small world on loopback to run against: Alibaba Cloud's services and a cluster. See README.md.
#include <unistd.h>

#include <cstdio>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "credential_provider/base/file.h"
#include "nlohmann/json.hpp"
#include "tests/sandbox/certificates/certificate_authority.h"
#include "tests/sandbox/certificates/private_keys.h"
#include "tests/sandbox/cloud/cloud_service.h"
#include "tests/sandbox/cluster/api_server.h"
#include "tests/sandbox/control/control.h"
#include "tests/sandbox/control/front_door.h"
#include "tests/sandbox/control/lifetime.h"
#include "tests/sandbox/control/loopback_server.h"
#include "tests/sandbox/control/options.h"
#include "tests/sandbox/world/clusters.h"
#include "tests/sandbox/world/world.h"

namespace sandbox {
namespace {

using credential_provider::MakeDirectories;
using credential_provider::ReplaceFile;

std::string Url(absl::string_view scheme, absl::string_view host, int port) {
  return absl::StrCat(scheme, "://", host, ":", port);
}

// All parts, wired. Lives as long as the process.
struct Sandbox {
  World world;
  ServerCertificate certificate = MakeServerCertificate();
  CloudService cloud{world};
  ApiServer api_server{world};
  FrontDoor front_door{world, {{"cloud", &cloud}, {"cloud_tls", &cloud}, {"api_server", &api_server}}};
  Control control{world, front_door, RequestEndSoon};

  LoopbackServer::Handler behind_door = [this](HttpRequest request) {
    return front_door.Take(std::move(request));
  };
  LoopbackServer cloud_listener{"cloud", nullptr, behind_door};
  LoopbackServer cloud_tls_listener{"cloud_tls", &certificate.server, behind_door};
  LoopbackServer api_server_listener{"api_server", &certificate.server, behind_door};
  LoopbackServer control_listener{
      "control", nullptr, [this](const HttpRequest& request) { return Answer{control.Handle(request)}; }};
};

bool BindAll(const Options& options, Sandbox& sandbox) {
  const int cloud = sandbox.cloud_listener.Bind(options.port);
  const int cloud_tls = sandbox.cloud_tls_listener.Bind();
  const int api_server = sandbox.api_server_listener.Bind();
  const int control = sandbox.control_listener.Bind();
  sandbox.world.ca_pem = sandbox.certificate.ca_pem;
  sandbox.world.addresses = {Url("http", "127.0.0.1", cloud), Url("https", "127.0.0.1", cloud_tls),
                             Url("https", "127.0.0.1", api_server), Url("https", "localhost", api_server),
                             Url("http", "127.0.0.1", control)};
  return cloud > 0 && cloud_tls > 0 && api_server > 0 && control > 0;
}

// The listeners' sockets already take connections; from here on they are answered.
void StartAll(Sandbox& sandbox) {
  sandbox.cloud_listener.Start();
  sandbox.cloud_tls_listener.Start();
  sandbox.api_server_listener.Start();
  sandbox.control_listener.Start();
}

// The PEM files, by their names in the port file.
std::map<std::string, std::string> PemTexts(Sandbox& sandbox) {
  const CertifiedKey& server = sandbox.certificate.server;
  return {{"ca_file", sandbox.world.ca_pem},
          {"client_ca_file", sandbox.world.client_ca.CaBundle(UsualClusterIds())},
          {"server_certificate_file", PemOf(server.certificate.get())},
          {"server_key_file", PemOf(server.key, "ec-pkcs8")}};
}

// "client_ca_file" is written to client-ca.pem.
std::string PemPath(absl::string_view directory, absl::string_view name) {
  return absl::StrCat(directory, "/", absl::StrReplaceAll(absl::StripSuffix(name, "_file"), {{"_", "-"}}),
                      ".pem");
}

absl::Status WriteFiles(const Options& options, Sandbox& sandbox) {
  const Addresses& addresses = sandbox.world.addresses;
  nlohmann::json json = {{"pid", getpid()},
                         {"cloud", addresses.cloud},
                         {"cloud_tls", addresses.cloud_tls},
                         {"api_server", addresses.api_server},
                         {"control", addresses.control}};
  absl::Status written = MakeDirectories(options.directory, 0700);
  for (const auto& [name, pem] : PemTexts(sandbox)) {
    json[name] = PemPath(options.directory, name);
    if (written.ok()) written = ReplaceFile(PemPath(options.directory, name), pem, 0600);
  }
  if (written.ok()) written = ReplaceFile(options.port_file, json.dump(2) + "\n", 0600);
  return written;
}

int Fail(absl::string_view message) {
  std::fprintf(stderr, "sandbox: error: %s\n", std::string(message).c_str());
  return 1;
}

int Run(int argc, char** argv) {
  const absl::StatusOr<Options> options = ParseOptions(argc, argv);
  if (!options.ok()) return Fail(options.status().message());
  ArrangeEnd();
  auto* sandbox = new Sandbox();
  if (!BindAll(*options, *sandbox)) return Fail("cannot bind to 127.0.0.1");
  sandbox->world.identities.SetName(options->name);
  StartAll(*sandbox);
  const absl::Status written = WriteFiles(*options, *sandbox);
  if (!written.ok()) return Fail(written.message());
  WaitForEnd(options->lifetime);
  return 0;
}

}  // namespace
}  // namespace sandbox

int main(int argc, char** argv) {
  const int status = sandbox::Run(argc, argv);
  std::fflush(stderr);
  _exit(status);  // connections may still be open, in threads of their own
}
