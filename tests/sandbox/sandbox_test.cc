// The program as a whole, over real connections.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>

#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "httplib.h"
#include "nlohmann/json.hpp"
#include "tests/sandbox/signing/signed_request.h"
#include "tests/testing/runfiles.h"
#include "tests/testing/sandbox_process.h"
#include "tests/testing/temp_dir.h"

namespace sandbox {
namespace {

using credential_provider::Runfile;
using credential_provider::SandboxProcess;
using credential_provider::TempDir;
using nlohmann::json;
using testing::HasSubstr;

constexpr char kRegionPath[] = "/latest/meta-data/region-id";

class SandboxTest : public testing::Test {
 protected:
  SandboxProcess sandbox_;
};

TEST_F(SandboxTest, CloudAnswersOverHttpAndHttps) {
  httplib::Client plain(sandbox_.Value("cloud"));
  EXPECT_EQ(plain.Get(kRegionPath)->body, "cn-hangzhou");
  httplib::Client tls(sandbox_.Value("cloud_tls"));
  tls.set_ca_cert_path(sandbox_.Value("ca_file"));
  const httplib::Result reply = tls.Get(kRegionPath);
  ASSERT_TRUE(reply) << to_string(reply.error());
  EXPECT_EQ(reply->body, "cn-hangzhou");
  EXPECT_EQ(sandbox_.Count("metadata"), 2);
}

TEST_F(SandboxTest, SignatureIsVerifiedOverTheHeadersAsTheyCame) {
  const std::string address = sandbox_.Value("cloud");
  HttpRequest request = UnsignedRequest("POST", "/", "", "GetCallerIdentity", kStsVersion, absl::Now());
  SetHeader("host", address.substr(address.rfind('/') + 1), &request);
  SetHeader("x-acs-signature-nonce", "100%25%aa+", &request);  // not to be decoded on the way
  httplib::Headers headers;
  for (const auto& [name, value] : Sign(request).headers) headers.emplace(name, value);
  const httplib::Result reply = httplib::Client(address).Post("/", headers, "", 0, "");
  ASSERT_TRUE(reply) << to_string(reply.error());
  EXPECT_EQ(reply->status, 200) << reply->body;
}

TEST_F(SandboxTest, ApiServerAnswers401ToThoseWithoutCredential) {
  httplib::Client client(sandbox_.Value("api_server"));
  client.set_ca_cert_path(sandbox_.Value("ca_file"));
  const httplib::Result reply = client.Get("/version");
  ASSERT_TRUE(reply) << to_string(reply.error());
  EXPECT_EQ(reply->status, 401);
  EXPECT_THAT(reply->body, HasSubstr("\"kind\":\"Status\""));
}

TEST_F(SandboxTest, ConnectionsEndBadlyWhenAskedTo) {
  for (const char* ending : {"tear", "reset"}) {
    sandbox_.Post("/fault", {{ending, true}});
    EXPECT_FALSE(httplib::Client(sandbox_.Value("cloud")).Get(kRegionPath)) << ending;
  }
  sandbox_.Post("/fault", {{"hang", true}});
  httplib::Client impatient(sandbox_.Value("cloud"));
  impatient.set_read_timeout(0, 200000);
  EXPECT_FALSE(impatient.Get(kRegionPath));
  EXPECT_TRUE(httplib::Client(sandbox_.Value("cloud")).Get(kRegionPath));
}

TEST_F(SandboxTest, BodyLargerThanAFormParserTakesIsRead) {
  const std::string body = "OIDCToken=" + std::string(20000, 'x');
  const httplib::Result reply =
      httplib::Client(sandbox_.Value("cloud"))
          .Post("/?Action=AssumeRoleWithOIDC&Version=2015-04-01", body, "application/x-www-form-urlencoded");
  ASSERT_TRUE(reply) << to_string(reply.error());
  EXPECT_EQ(json::parse(reply->body)["Code"], "MissingParameter.OIDCProviderArn");
}

std::string ExchangeAs(const std::string& token, httplib::Client& cloud) {
  const httplib::Result reply =
      cloud.Post("/v1/exchange", {{"authorization", "Bearer " + token}}, "{}", "application/json");
  return json::parse(reply->body).value("accessKeyId", "");
}

TEST_F(SandboxTest, PeopleWhoHaveSignedInAreToldApart) {
  sandbox_.Post("/sign-in", {{"access_token", "bobs"}, {"role", "ack-admin"}, {"session", "bob"}});
  httplib::Client cloud(sandbox_.Value("cloud"));
  const std::string alice = ExchangeAs("sandbox-oauth-token", cloud);
  const std::string bob = ExchangeAs("bobs", cloud);
  httplib::Client control(sandbox_.Value("control"));
  const json keys = json::parse(control.Get("/issued")->body)["keys"];
  EXPECT_EQ(keys[alice]["arn"], "acs:ram::1000000000000001:assumed-role/ack-reader/alice");
  EXPECT_EQ(keys[bob]["arn"], "acs:ram::1000000000000001:assumed-role/ack-admin/bob");
}

TEST_F(SandboxTest, RoleOfTheInstanceIsTheOneThatIsSet) {
  sandbox_.Post("/config", {{"metadata_role", "ack-admin"}});
  httplib::Client cloud(sandbox_.Value("cloud"));
  const std::string folder = "/latest/meta-data/ram/security-credentials/";
  EXPECT_EQ(cloud.Get(folder)->body, "ack-admin");
  EXPECT_EQ(cloud.Get(folder + "ack-admin")->status, 200);
  EXPECT_EQ(cloud.Get(folder + "sandbox-ecs-role")->status, 404);
}

TEST_F(SandboxTest, ShutdownIsAnsweredAndThenDone) {
  EXPECT_EQ(sandbox_.Post("/shutdown"), json({{"ok", true}}));
  absl::SleepFor(absl::Milliseconds(500));
  EXPECT_FALSE(httplib::Client(sandbox_.Value("control")).Get("/counts"));
}

// Starts the sandbox with `lifetime`, and returns how it ended.
int ExitStatusAfter(const char* lifetime, const TempDir& dir) {
  const pid_t pid = fork();
  if (pid == 0) {
    const std::string program = Runfile("tests/sandbox/sandbox");
    execl(program.c_str(), program.c_str(), "--dir", dir.path().c_str(), "--lifetime", lifetime, nullptr);
    _exit(127);
  }
  int status = 0;
  waitpid(pid, &status, 0);
  return WEXITSTATUS(status);
}

TEST(SandboxLifetimeTest, EndsByItselfAfterItsLifetime) {
  const TempDir dir;
  EXPECT_EQ(ExitStatusAfter("1", dir), 0);
}

TEST(SandboxLifetimeTest, WrongUsageIsRefused) {
  const TempDir dir;
  EXPECT_EQ(ExitStatusAfter("soon", dir), 1);
}

TEST(SandboxLifetimeTest, EndsWhenItsParentDies) {
  const TempDir dir;
  const pid_t parent = fork();
  if (parent == 0) {
    const SandboxProcess* child = new SandboxProcess();  // never stopped by us
    std::ofstream(dir.Path("control")) << child->Value("control");
    _exit(0);
  }
  waitpid(parent, nullptr, 0);
  const std::string control = credential_provider::Slurp(dir.Path("control"));
  bool answers = true;
  for (int i = 0; i < 100 && answers; ++i) {
    answers = static_cast<bool>(httplib::Client(control).Get("/counts"));
    absl::SleepFor(absl::Milliseconds(50));
  }
  EXPECT_FALSE(answers);
}

}  // namespace
}  // namespace sandbox
