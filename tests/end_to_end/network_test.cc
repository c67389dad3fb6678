// The way to the services: proxies, trust, endpoints, and servers that mean harm.
#include <openssl/ssl.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"
#include "tests/testing/loopback_listener.h"

namespace credential_provider {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

class NetworkTest : public testing::Test {
 protected:
  NetworkTest() : world_(SharedSandbox()) { world_.env["XDG_CACHE_HOME"] = world_.home.Path("cache"); }

  // Runs `get ack` with Container Service at `cs`.
  ProcessResult GetAckAt(const std::string& cs, std::vector<std::string> more = {}) {
    std::vector<std::string> args = {
        "credential_provider", "get", "ack", "--cluster-id", kCluster, "--store", "none"};
    if (!cs.empty()) args.insert(args.end(), {"--cs-endpoint", cs});
    args.insert(args.end(), more.begin(), more.end());
    return world_.Run(args);
  }
  std::string CloudTls() const { return world_.sandbox.Value("cloud_tls"); }

  World world_;
};

// Reads a request to the empty line after its head.
void ReadRequest(int connection) {
  std::string request;
  char data[4096];
  while (request.find("\r\n\r\n") == std::string::npos) {
    const ssize_t size = read(connection, data, sizeof(data));
    if (size <= 0) return;
    request.append(data, size);
  }
}

// Writes `begin`, and then `repeated` until the client leaves or `most` bytes are written. Returns how many
// were.
size_t WriteEndlessly(int connection, const std::string& begin, const std::string& repeated, size_t most) {
  size_t written = 0;
  std::string data = begin;
  while (data.size() < (64 << 10)) data += repeated;
  while (written < most) {
    const ssize_t size = send(connection, data.data(), data.size(), MSG_NOSIGNAL);
    if (size <= 0) break;
    written += size;
    data.erase(0, size);
    while (data.size() < (64 << 10)) data += repeated;
  }
  return written;
}

struct Endless {
  const char* name;
  std::string begin;
  std::string repeated;
};
void PrintTo(const Endless& endless, std::ostream* out) { *out << endless.name; }

class EndlessTest : public NetworkTest, public testing::WithParamInterface<Endless> {};

TEST_P(EndlessTest, IsCutOffSoon) {
  constexpr size_t kMost = 200 << 20;
  size_t written = 0;
  {
    LoopbackListener server([&](int connection) {
      ReadRequest(connection);
      written = WriteEndlessly(connection, GetParam().begin, GetParam().repeated, kMost);
    });
    const ProcessResult result = GetAckAt("http://" + server.authority());
    EXPECT_EQ(result.status, 1);
    EXPECT_EQ(result.out, "");
    EXPECT_THAT(result.err, HasSubstr(": the response's headers or trailers are too large\n"));
  }
  EXPECT_LT(written, 16u << 20);  // what the sockets' buffers hold
}

const std::string kChunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n";

INSTANTIATE_TEST_SUITE_P(
    Heads, EndlessTest,
    testing::Values(Endless{"Trailers", kChunked, "x-n: " + std::string(1000, 'a') + "\r\n"},
                    Endless{"EmptyTrailers", kChunked, "x:\r\n"},
                    Endless{"Headers", "HTTP/1.1 200 OK\r\n", "x-n: " + std::string(1000, 'a') + "\r\n"},
                    Endless{"InterimAnswers", "", "HTTP/1.1 103 Early Hints\r\nlink: a\r\n\r\n"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST_F(NetworkTest, ABodyWithoutEndIsCutOff) {
  world_.sandbox.Post("/fault", {{"match", {{"action", "DescribeClusterUserKubeconfig"}}},
                                 {"reply", {{"status", 200}, {"body", std::string(6 << 20, 'a')}}}});
  const ProcessResult result = GetAckAt(world_.sandbox.Value("cloud"));
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr(": the response is too large\n"));
}

TEST_F(NetworkTest, AServerOfTls11AtMostIsRefusedWhateverTheLibrarysSettingsAllow) {
  SSL_CTX* const context = SSL_CTX_new(TLS_server_method());
  SSL_CTX_set_security_level(context, 0);
  SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
  SSL_CTX_set_max_proto_version(context, TLS1_1_VERSION);
  SSL_CTX_use_certificate_file(context, world_.sandbox.Value("server_certificate_file").c_str(),
                               SSL_FILETYPE_PEM);
  SSL_CTX_use_PrivateKey_file(context, world_.sandbox.Value("server_key_file").c_str(), SSL_FILETYPE_PEM);
  std::atomic<int> handshakes{0};
  {
    LoopbackListener server([&](int connection) {
      SSL* const ssl = SSL_new(context);
      SSL_set_fd(ssl, connection);
      if (SSL_accept(ssl) == 1) ++handshakes;
      SSL_free(ssl);
    });
    Spill(world_.home.Path("openssl.cnf"),
          "openssl_conf = conf\n[conf]\nssl_conf = ssl\n[ssl]\nsystem_default = all\n"
          "[all]\nMinProtocol = TLSv1\nCipherString = ALL:@SECLEVEL=0\n");
    world_.env["OPENSSL_CONF"] = world_.home.Path("openssl.cnf");
    const ProcessResult result =
        GetAckAt("https://" + server.authority(), {"--ca-file", world_.sandbox.Value("ca_file")});
    EXPECT_EQ(result.status, 1);
    EXPECT_GT(server.connections(), 0);
    EXPECT_THAT(result.err, HasSubstr("speaks no TLS of today"));
    // The server does speak: with a client that allows it.
    world_.Run(
        {"openssl", "s_client", "-connect", server.authority(), "-tls1_1", "-cipher", "ALL:@SECLEVEL=0"});
  }
  SSL_CTX_free(context);
  EXPECT_EQ(handshakes, 1);
}

TEST_F(NetworkTest, MetadataAndLoopbackGoPastEveryProxy) {
  for (const char* const name :
       {"http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"})
    world_.env[name] = "http://127.0.0.1:1";
  EXPECT_EQ(GetAckAt(world_.sandbox.Value("cloud")).status, 0);
  world_.env["ALIBABA_CLOUD_CREDENTIALS_URI"] = world_.sandbox.Value("cloud") + "/credentials-uri";
  EXPECT_EQ(GetAckAt(world_.sandbox.Value("cloud"), {"--identity", "credentials-uri"}).status, 0);
  world_.env.erase("ALIBABA_CLOUD_ECS_METADATA_DISABLED");
  world_.env["ALIBABA_CLOUD_IMDS_ENDPOINT"] = world_.sandbox.Value("cloud");
  const ProcessResult role = GetAckAt(world_.sandbox.Value("cloud"), {"--identity", "instance-role"});
  EXPECT_EQ(role.status, 0) << role.err;
}

TEST_F(NetworkTest, NoProxyIsReadAsGoReadsIt) {
  LoopbackListener proxy([](int connection) {
    ReadRequest(connection);
    const std::string no = "HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n";
    send(connection, no.data(), no.size(), MSG_NOSIGNAL);
  });
  world_.env["HTTPS_PROXY"] = "http://" + proxy.authority();
  const struct {
    const char* no_proxy;
    bool past;
  } cases[] = {{"", false},
               {"*.invalid", true},
               {"*", true},
               {".invalid", true},
               {"a.example b.invalid", false},
               {"b.invalid:443", true},
               {"b.invalid:1", false}};
  for (const auto& [no_proxy, past] : cases) {
    world_.env["NO_PROXY"] = no_proxy;
    const int before = proxy.connections();
    const ProcessResult result = GetAckAt("https://b.invalid");
    EXPECT_EQ(result.status, 1);
    EXPECT_EQ(proxy.connections() - before, past ? 0 : 1) << no_proxy << ": " << result.err;
    EXPECT_THAT(result.err,
                HasSubstr(past ? "https://b.invalid: Could not resolve hostname"
                               : "proxy http://" + proxy.authority() + " (HTTPS_PROXY): answers HTTP 403"));
  }
}

TEST_F(NetworkTest, AuthoritiesThatTheUserHasSetAreTrusted) {
  EXPECT_THAT(GetAckAt(CloudTls()).err, HasSubstr("no authority that is trusted here"));
  world_.env["SSL_CERT_FILE"] = world_.sandbox.Value("ca_file");
  EXPECT_EQ(GetAckAt(CloudTls()).status, 0);
  std::filesystem::create_directories(world_.home.Path("certs"));
  std::filesystem::create_directories(world_.home.Path("empty"));
  Spill(world_.home.Path("certs/company.crt"), Slurp(world_.sandbox.Value("ca_file")));
  world_.env.erase("SSL_CERT_FILE");
  world_.env["SSL_CERT_DIR"] = world_.home.Path("empty") + ":" + world_.home.Path("certs");
  EXPECT_EQ(GetAckAt(CloudTls()).status, 0);
  world_.env["ALIBABA_CLOUD_STS_ENDPOINT"] = CloudTls();
  EXPECT_EQ(world_.Run({"credential_provider", "whoami", "--store", "none"}).status, 0);
}

// As machines have them that keep no folder of hashes: one file with all authorities.
TEST_F(NetworkTest, OfAFileOfManyAuthoritiesTheOneThatHasSignedIsFound) {
  const std::string others = Slurp(world_.sandbox.Value("client_ca_file"));
  Spill(world_.home.Path("bundle.pem"), others + Slurp(world_.sandbox.Value("ca_file")) + others);
  world_.env["SSL_CERT_FILE"] = world_.home.Path("bundle.pem");
  EXPECT_EQ(GetAckAt(CloudTls()).status, 0);
  Spill(world_.home.Path("bundle.pem"), others);
  const ProcessResult result = GetAckAt(CloudTls());
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("no authority that is trusted here signed the server's certificate"));
}

TEST_F(NetworkTest, WhoAsksAgainUsesTheConnectionThatIsOpen) {
  world_.env["SSL_CERT_FILE"] = world_.sandbox.Value("ca_file");
  world_.sandbox.Post("/reset", nlohmann::json::object());
  world_.sandbox.Post("/fault", {{"error", "ServiceUnavailable"}, {"times", 2}});
  ASSERT_EQ(GetAckAt(CloudTls()).status, 0);
  const nlohmann::json requests = world_.sandbox.Get("/requests");
  ASSERT_EQ(requests.size(), 3U) << requests;
  EXPECT_EQ(requests[0]["connection"], requests[1]["connection"]);
  EXPECT_EQ(requests[0]["connection"], requests[2]["connection"]);
}

TEST_F(NetworkTest, AuthoritiesThatCannotBeReadAreNamed) {
  world_.env["SSL_CERT_FILE"] = world_.home.Path("nowhere");
  EXPECT_THAT(GetAckAt(CloudTls()).err, HasSubstr(": SSL_CERT_FILE: " + world_.home.Path("nowhere")));
  EXPECT_EQ(GetAckAt(CloudTls(), {"--ca-file", world_.sandbox.Value("ca_file")}).status, 0)
      << "the flag wins";
  world_.env.erase("SSL_CERT_FILE");
  world_.env["SSL_CERT_DIR"] = world_.home.Path("nowhere");
  EXPECT_THAT(GetAckAt(CloudTls()).err,
              HasSubstr(": SSL_CERT_DIR: no certificate in " + world_.home.Path("nowhere")));
}

// A cluster has an authority of its own, and no other speaks for it.
TEST_F(NetworkTest, AuthoritiesOfTheUserSayNothingAboutACluster) {
  Spill(world_.home.Path("other-ca.crt"), Slurp(world_.sandbox.Value("client_ca_file")));
  Spill(world_.home.Path("config"),
        json({{"apiVersion", "v1"},
              {"kind", "Config"},
              {"clusters",
               {{{"name", "dev"},
                 {"cluster",
                  {{"server", world_.sandbox.Value("api_server")},
                   {"certificate-authority", world_.home.Path("other-ca.crt")}}}}}},
              {"users", {{{"name", "robot"}, {"user", {{"token", "t"}}}}}},
              {"contexts", {{{"name", "dev"}, {"context", {{"cluster", "dev"}, {"user", "robot"}}}}}},
              {"current-context", "dev"}})
            .dump());
  world_.env["SSL_CERT_FILE"] = world_.sandbox.Value("ca_file");
  std::filesystem::create_directories(world_.home.Path("certs"));
  Spill(world_.home.Path("certs/company.crt"), Slurp(world_.sandbox.Value("ca_file")));
  world_.env["SSL_CERT_DIR"] = world_.home.Path("certs");
  const ProcessResult result =
      world_.Run({"kubeconfig_writer", "verify", "dev", "--kubeconfig", world_.home.Path("config")});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("no authority that is trusted here signed the server's certificate"));
}

TEST_F(NetworkTest, NoFileGetsTheSecretsOfAConnection) {
  world_.env["SSLKEYLOGFILE"] = world_.home.Path("keys");
  EXPECT_EQ(GetAckAt(CloudTls(), {"--ca-file", world_.sandbox.Value("ca_file")}).status, 0);
  EXPECT_FALSE(std::filesystem::exists(world_.home.Path("keys")));
}

TEST_F(NetworkTest, AKeyFromASecretThatEndsInANewlineWorks) {
  world_.env["ALIBABA_CLOUD_ACCESS_KEY_ID"] = "sandbox-alice\n";
  world_.env["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = " sandbox-alice-secret\r\n";
  const ProcessResult result = GetAckAt(world_.sandbox.Value("cloud"));
  EXPECT_EQ(result.status, 0) << result.err;
}

TEST_F(NetworkTest, ALineBreakInAKeyNeverReachesTheWire) {
  LoopbackListener server([](int connection) { ReadRequest(connection); });
  world_.env["ALIBABA_CLOUD_SECURITY_TOKEN"] = "a\r\nx-evil: 1";
  const ProcessResult result = GetAckAt("http://" + server.authority());
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(server.connections(), 0);
  EXPECT_THAT(result.err, HasSubstr("ALIBABA_CLOUD_SECURITY_TOKEN: a line break inside the value"));
  EXPECT_THAT(result.err, Not(HasSubstr("evil")));
}

// What the aliyun CLI knows about endpoints.
TEST_F(NetworkTest, TheEndpointBesideTheKeyIsAsked) {
  std::filesystem::create_directories(world_.home.Path(".aliyun"));
  const auto write = [this](const json& more) {
    json profile = {{"name", "p"},
                    {"mode", "AK"},
                    {"access_key_id", "sandbox-alice"},
                    {"access_key_secret", "sandbox-alice-secret"},
                    {"region_id", "cn-beijing"}};
    profile.update(more);
    Spill(world_.home.Path(".aliyun/config.json"), json({{"current", "p"}, {"profiles", {profile}}}).dump());
  };
  write({{"endpoint", world_.sandbox.Value("cloud")}});
  EXPECT_EQ(GetAckAt("", {"--identity", "aliyun-profile"}).status, 0);
  EXPECT_EQ(world_.sandbox.Count("cs"), 1);
  // Nothing leaves this machine: the proxy shows where it would go.
  world_.env["HTTPS_PROXY"] = "http://127.0.0.1:1";
  write({{"endpoint_type", "vpc"}});
  const std::vector<std::string> profile = {"--identity", "aliyun-profile"};
  EXPECT_THAT(GetAckAt("", profile).err, HasSubstr(": https://cs-anony-vpc.cn-beijing.aliyuncs.com: proxy"));
  EXPECT_THAT(GetAckAt("", {"--identity", "aliyun-profile", "--region", "cn-hangzhou"}).err,
              HasSubstr(": https://cs-anony-vpc.cn-hangzhou.aliyuncs.com: proxy"));
  EXPECT_EQ(GetAckAt(world_.sandbox.Value("cloud"), profile).status, 0) << "--cs-endpoint wins";
  write(json::object());
  EXPECT_THAT(GetAckAt("", profile).err, HasSubstr(": https://cs.aliyuncs.com: proxy"));
  world_.env["ALIBABA_CLOUD_ENDPOINT_TYPE"] = "vpc";
  EXPECT_THAT(GetAckAt("", profile).err, HasSubstr(": https://cs-anony-vpc.cn-beijing.aliyuncs.com: proxy"));
}

TEST_F(NetworkTest, ARoleIsTakenOnAtTheStsOfTheRegionGiven) {
  world_.env.erase("ALIBABA_CLOUD_STS_ENDPOINT");
  world_.env["HTTPS_PROXY"] = "http://127.0.0.1:1";
  const std::string cloud = world_.sandbox.Value("cloud");
  const std::vector<std::string> role = {"--role-arn", "acs:ram::1000000000000001:role/ack-reader"};
  std::vector<std::string> in_region = role;
  in_region.insert(in_region.end(), {"--region", "cn-beijing"});
  EXPECT_THAT(GetAckAt(cloud, role).err, HasSubstr("https://sts.aliyuncs.com: proxy"));
  EXPECT_THAT(GetAckAt(cloud, in_region).err, HasSubstr("https://sts.cn-beijing.aliyuncs.com: proxy"));
  world_.env["ALIBABA_CLOUD_ENDPOINT_TYPE"] = "vpc";
  EXPECT_THAT(GetAckAt(cloud, in_region).err, HasSubstr("https://sts-vpc.cn-beijing.aliyuncs.com: proxy"));
  world_.env["ALIBABA_CLOUD_STS_REGION"] = "cn-shanghai";
  EXPECT_THAT(GetAckAt(cloud, in_region).err, HasSubstr("https://sts-vpc.cn-shanghai.aliyuncs.com: proxy"));
  world_.env["ALIBABA_CLOUD_STS_ENDPOINT"] = cloud;
  EXPECT_EQ(GetAckAt(cloud, in_region).status, 0);
}

// As `aliyun` asks whose key a profile's is.
TEST_F(NetworkTest, TheStsOfAProfileIsAskedWhoTheCallerIs) {
  std::filesystem::create_directories(world_.home.Path(".aliyun"));
  const json profile = {{"name", "p"},
                        {"mode", "AK"},
                        {"access_key_id", "sandbox-alice"},
                        {"access_key_secret", "sandbox-alice-secret"},
                        {"sts_endpoint", world_.sandbox.Value("cloud")}};
  Spill(world_.home.Path(".aliyun/config.json"), json({{"current", "p"}, {"profiles", {profile}}}).dump());
  world_.env["ALIBABA_CLOUD_STS_ENDPOINT"] = "https://sts.invalid";
  world_.env["HTTPS_PROXY"] = "http://127.0.0.1:1";
  const ProcessResult result =
      world_.Run({"credential_provider", "whoami", "--store", "none", "--identity", "aliyun-profile"});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("user/alice"));
}

TEST_F(NetworkTest, DoctorSaysWhichEndpointProxyAndTrustAndWhy) {
  world_.env["SSL_CERT_FILE"] = world_.sandbox.Value("ca_file");
  world_.env["HTTPS_PROXY"] = "http://someone:fake-marked-password@127.0.0.1:1";
  world_.env["NO_PROXY"] = "*.aliyuncs.com";
  const ProcessResult direct = world_.Run(
      {"credential_provider", "doctor", "ack", "--cluster-id", kCluster, "--cs-endpoint", CloudTls()});
  EXPECT_THAT(direct.out, HasSubstr("ok  endpoint: " + CloudTls() + " (--cs-endpoint)\n"));
  EXPECT_THAT(direct.out,
              HasSubstr("ok  proxy: none: NO_PROXY or a loopback address leads past HTTPS_PROXY\n"));
  EXPECT_THAT(direct.out, HasSubstr("ok  trust: the system's authorities, as set by SSL_CERT_FILE "));
  EXPECT_THAT(direct.out, HasSubstr("ok  network: " + CloudTls() + " answers\n"));
  EXPECT_THAT(direct.out, HasSubstr("ok  sts: " + world_.sandbox.Value("cloud") + " knows the caller as "));
  world_.env["NO_PROXY"] = "";
  world_.env["ALIBABA_CLOUD_ENDPOINT_TYPE"] = "vpc";
  const ProcessResult vpc = world_.Run(
      {"credential_provider", "doctor", "ack", "--cluster-id", kCluster, "--region", "cn-hangzhou"});
  EXPECT_THAT(vpc.out, HasSubstr("ok  endpoint: https://cs-anony-vpc.cn-hangzhou.aliyuncs.com "
                                 "(ALIBABA_CLOUD_ENDPOINT_TYPE is vpc, region cn-hangzhou)\n"));
  EXPECT_THAT(vpc.out, HasSubstr("ok  proxy: HTTPS_PROXY leads to 127.0.0.1:1\n"));
}

TEST_F(NetworkTest, WhoamiSaysThatARoleInTheEnvironmentWasLeftAside) {
  world_.env["ALIBABA_CLOUD_ROLE_ARN"] = "acs:ram::1000000000000001:role/ack-reader";
  const std::vector<std::string> whoami = {"credential_provider", "whoami", "--store", "none"};
  EXPECT_THAT(world_.Run(whoami).out,
              HasSubstr("oidc-environment: ALIBABA_CLOUD_ROLE_ARN is set and was not used"));
  world_.env["ALIBABA_CLOUD_OIDC_PROVIDER_ARN"] = "acs:ram::1000000000000001:oidc-provider/ci";
  world_.env["ALIBABA_CLOUD_OIDC_TOKEN_FILE"] = world_.home.Path("token");
  const ProcessResult result = world_.Run(whoami);
  EXPECT_THAT(result.out, HasSubstr("oidc-environment: its variables are set and were not used"));
  EXPECT_THAT(result.out, HasSubstr("user/alice"));
}

}  // namespace
}  // namespace credential_provider
