// `credential_provider get ack` against the sandbox.
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"

namespace credential_provider {
namespace {

using testing::HasSubstr;

class GetAckTest : public testing::Test {
 protected:
  nlohmann::json GetOk(const std::vector<std::string>& args) {
    const ProcessResult result = world_.Run(args);
    EXPECT_EQ(result.status, 0) << result.err;
    EXPECT_EQ(result.err, "");
    return nlohmann::json::parse(result.out, nullptr, false);
  }

  // InfiniteFuture when there is none.
  static absl::Time ExpirationOf(const std::string& answer) {
    const nlohmann::json json = nlohmann::json::parse(answer, nullptr, false);
    absl::Time printed = absl::InfiniteFuture();
    EXPECT_TRUE(json.is_object() &&
                absl::ParseTime(absl::RFC3339_full, json.at("status").value("expirationTimestamp", ""),
                                &printed, nullptr))
        << answer;
    return printed;
  }

  World world_{SharedSandbox()};
};

TEST_F(GetAckTest, PrintsOneExecCredentialAndOneNewline) {
  const ProcessResult result = world_.Run(world_.GetAck());
  ASSERT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(result.out.find('\n'), result.out.size() - 1);
  const nlohmann::json answer = nlohmann::json::parse(result.out);
  EXPECT_EQ(answer.at("kind"), "ExecCredential");
  EXPECT_EQ(answer.at("apiVersion"), "client.authentication.k8s.io/v1");
  EXPECT_THAT(answer.at("status").at("clientCertificateData").get<std::string>(),
              HasSubstr("-----BEGIN CERTIFICATE-----"));
  EXPECT_THAT(answer.at("status").at("clientKeyData").get<std::string>(), HasSubstr("PRIVATE KEY-----"));
  EXPECT_FALSE(answer.at("status").contains("token"));
}

// The same certificate while it is good.
TEST_F(GetAckTest, TheSecondRunMakesNoRequestAndGivesTheSame) {
  const nlohmann::json first = GetOk(world_.GetAck());
  EXPECT_EQ(world_.sandbox.Count("cs"), 1);
  EXPECT_EQ(GetOk(world_.GetAck()), first);
  EXPECT_EQ(world_.sandbox.Count("cs"), 1);
}

TEST_F(GetAckTest, AnswersInTheVersionThatIsAskedFor) {
  world_.env["KUBERNETES_EXEC_INFO"] = Slurp(Runfile("testdata/exec_info/v1beta1_plain.json"));
  EXPECT_EQ(GetOk(world_.GetAck({"--api-version", "v1"})).at("apiVersion"),
            "client.authentication.k8s.io/v1beta1");
  world_.env.erase("KUBERNETES_EXEC_INFO");
  EXPECT_EQ(GetOk(world_.GetAck({"--api-version", "v1beta1"})).at("apiVersion"),
            "client.authentication.k8s.io/v1beta1");
  EXPECT_EQ(world_.sandbox.Count("cs"), 1) << "one certificate serves both versions";
}

// The first promise: never a credential of another identity.
TEST_F(GetAckTest, AnotherAccessKeyNeverGetsTheFirstOnesCertificate) {
  const nlohmann::json alice = GetOk(world_.GetAck());
  world_.env["ALIBABA_CLOUD_ACCESS_KEY_ID"] = "sandbox-bob";
  world_.env["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "sandbox-bob-secret";
  const nlohmann::json bob = GetOk(world_.GetAck());
  EXPECT_NE(alice.at("status").at("clientCertificateData"), bob.at("status").at("clientCertificateData"));
  EXPECT_EQ(world_.sandbox.Count("cs"), 2);
  EXPECT_EQ(GetOk(world_.GetAck()), bob);
  EXPECT_EQ(world_.sandbox.Count("cs"), 2);
}

TEST_F(GetAckTest, WhatChangesTheCredentialIsKeptApart) {
  GetOk(world_.GetAck());
  GetOk(world_.GetAck({}, kOtherCluster));
  GetOk(world_.GetAck({"--duration", "30m"}));
  GetOk(world_.GetAck({"--region", "cn-hangzhou"}));
  EXPECT_EQ(world_.sandbox.Count("cs"), 4);
}

TEST_F(GetAckTest, TheDurationIsSentExactlyAsAsked) {
  for (const auto& [flag, minutes] :
       std::map<std::string, std::string>{{"15m", "15"}, {"1h30m", "90"}, {"72h", "4320"}}) {
    world_.sandbox.Post("/reset");
    GetOk(world_.GetAck({"--duration", flag}));
    EXPECT_THAT(world_.sandbox.Get("/requests").dump(), HasSubstr("TemporaryDurationMinutes=" + minutes))
        << flag;
  }
}

TEST_F(GetAckTest, ACertificateNearItsEndIsReplaced) {
  world_.sandbox.Post("/config", {{"lifetime_s", 170}});  // less than a minute of slack and two minutes left
  GetOk(world_.GetAck());
  GetOk(world_.GetAck());
  EXPECT_EQ(world_.sandbox.Count("cs"), 2);
}

TEST_F(GetAckTest, KeysOfEveryUsualFormatAreAccepted) {
  for (const char* type : {"rsa-pkcs1", "rsa-pkcs8", "ec", "ec-pkcs8"}) {
    world_.sandbox.Post("/reset");
    world_.sandbox.Post("/config", {{"key_type", type}});
    GetOk(world_.GetAck({"--cache-dir", world_.home.Path(type)}));
  }
}

TEST_F(GetAckTest, ACertificateOutOfItsDatesIsRefused) {
  world_.sandbox.Post("/config", {{"lifetime_s", -3600}});
  EXPECT_THAT(world_.Run(world_.GetAck()).err, HasSubstr(": client certificate: expired already, at "));
  world_.sandbox.Post("/config", {{"not_before_offset_s", 7200}});
  const ProcessResult result = world_.Run(world_.GetAck({"--store", "none"}));
  EXPECT_THAT(result.err, HasSubstr(": client certificate: not valid before "));
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.status, 1);
}

// What ACK itself says is over helps nobody, however this machine's clock is set.
TEST_F(GetAckTest, ACertificateThatHasExpiredByTheServersClockIsNotHandedOut) {
  world_.sandbox.Post("/config", {{"lifetime_s", -30}});
  const ProcessResult result = world_.Run(world_.GetAck());
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr(": client certificate: expired already, at "));
  EXPECT_THAT(result.err, HasSubstr(", by the server's own clock\ncredential_provider: hint: "));
}

TEST_F(GetAckTest, ATokenOfASessionThatHasExpiredByTheServersClockIsNotHandedOut) {
  world_.sandbox.Post("/config", {{"session_lifetime_s", -30}});
  const ProcessResult result =
      world_.Run({"credential_provider", "get", "ack-token", "--cluster-id", kCluster, "--role-arn",
                  "acs:ram::1000000000000001:role/ack-reader"});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr("expired already, by the server's own clock"));
}

TEST_F(GetAckTest, TheEarlierOfCertificateAndReplyCounts) {
  const nlohmann::json settings[] = {{{"expiration_offset_s", -2400}},
                                     {{"lifetime_s", 1200}, {"expiration_offset_s", 2400}}};
  for (const nlohmann::json& setting : settings) {
    world_.sandbox.Post("/config", setting);
    const absl::Time printed = ExpirationOf(world_.Run(world_.GetAck({"--store", "none"})).out);
    EXPECT_LT(printed, absl::Now() + absl::Minutes(20)) << setting;
    EXPECT_GT(printed, absl::Now() + absl::Minutes(18)) << setting;
  }
}

TEST_F(GetAckTest, ATokenExpiresWithTheSessionThatSignedIt) {
  world_.sandbox.Post("/config", {{"session_lifetime_s", 300}});
  const ProcessResult result =
      world_.Run({"credential_provider", "get", "ack-token", "--cluster-id", kCluster, "--role-arn",
                  "acs:ram::1000000000000001:role/ack-reader"});
  const absl::Time printed = ExpirationOf(result.out);
  EXPECT_LT(printed, absl::Now() + absl::Minutes(5));
  EXPECT_GT(printed, absl::Now() + absl::Minutes(3));
}

// What a client sends beside the version is its own affair.
TEST_F(GetAckTest, ClientsThatSayWhoTheyAreInTheirOwnWayAreAnswered) {
  for (
      const char* info :
      {R"({"kind":null,"apiVersion":"client.authentication.k8s.io/v1beta1","spec":{"interactive":false}})",
       R"({"apiVersion":"client.authentication.k8s.io/v1beta1","kind":"ExecCredentials","spec":{"interactive":true}})"}) {
    world_.env["KUBERNETES_EXEC_INFO"] = info;
    EXPECT_EQ(GetOk(world_.GetAck()).at("apiVersion"), "client.authentication.k8s.io/v1beta1") << info;
  }
}

// As fabric8 starts it: what is written to either stream is read as the answer.
class OneStreamTest : public GetAckTest {
 protected:
  ProcessResult RunWithOneStream(std::vector<std::string> args) {
    args[0] = Runfile("credential_provider/credential_provider");
    args.insert(args.begin(), {"sh", "-c", "exec \"$0\" \"$@\" 2>&1"});
    return world_.Run(args);
  }
};

TEST_F(OneStreamTest, ASuccessIsTheAnswerAlone) {
  Spill(world_.home.Path("file"), "x");
  const std::vector<std::string> args = world_.GetAck({"--cache-dir", world_.home.Path("file")});
  ASSERT_THAT(world_.Run(args).err, HasSubstr("warning: "));
  const ProcessResult result = RunWithOneStream(args);
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(nlohmann::json::parse(result.out, nullptr, false).value("kind", ""), "ExecCredential")
      << result.out;
}

TEST_F(OneStreamTest, AClockThatIsOffIsNotSaid) {
  world_.sandbox.Post("/clock", {{"skew_s", 2430}});
  const ProcessResult result = RunWithOneStream(world_.GetAck());
  EXPECT_EQ(nlohmann::json::parse(result.out, nullptr, false).value("kind", ""), "ExecCredential")
      << result.out;
}

TEST_F(OneStreamTest, AFailureIsSaid) {
  world_.sandbox.Post("/fault", {{"match", {{"listener", "cs"}}}, {"error", "StatusForbidden"}});
  const ProcessResult result = RunWithOneStream(world_.GetAck());
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.out, HasSubstr("credential_provider: error: "));
  EXPECT_THAT(result.out, HasSubstr("credential_provider: hint: "));
}

TEST_F(OneStreamTest, WhatAWrappedPluginSaysBesideItsAnswerIsNotPartOfIt) {
  Spill(
      world_.home.Path("plugin"),
      "#!/bin/sh\necho noise >&2\n"
      R"(echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"t"}}')"
      "\nexit $STATUS\n");
  std::filesystem::permissions(world_.home.Path("plugin"), std::filesystem::perms::owner_all);
  const std::vector<std::string> args = {"credential_provider", "get", "exec", "--",
                                         world_.home.Path("plugin")};
  world_.env["STATUS"] = "0";
  const ProcessResult good = RunWithOneStream(args);
  EXPECT_EQ(nlohmann::json::parse(good.out, nullptr, false).value("kind", ""), "ExecCredential") << good.out;
  world_.env["STATUS"] = "1";
  EXPECT_THAT(RunWithOneStream(args).out, HasSubstr("noise\ncredential_provider: error: "));
}

// A file that is opened where a stream was closed would get what is meant for the stream.
TEST_F(GetAckTest, AClosedStdoutIsAFailureAndTheAnswerGoesIntoNoFile) {
  for (const char* closed : {"exec \"$0\" \"$@\" >&-", "exec \"$0\" \"$@\" <&- >&-"}) {
    std::vector<std::string> args = world_.GetAck({"--cache-dir", world_.home.Path("store")});
    args[0] = Runfile("credential_provider/credential_provider");
    args.insert(args.begin(), {"sh", "-c", closed});
    const ProcessResult result = world_.Run(args);
    EXPECT_EQ(result.status, 1) << closed;
    EXPECT_THAT(result.err, testing::HasSubstr("error: stdout: Bad file descriptor")) << closed;
  }
  for (const auto& file : std::filesystem::directory_iterator(world_.home.Path("store")))
    EXPECT_THAT(Slurp(file.path()), testing::Not(testing::HasSubstr("ExecCredential"))) << file.path();
}

TEST_F(GetAckTest, WorksOverTlsWithTheAuthorityGiven) {
  std::vector<std::string> args = {"credential_provider",
                                   "get",
                                   "ack",
                                   "--cluster-id",
                                   kCluster,
                                   "--cs-endpoint",
                                   world_.sandbox.Value("cloud_tls"),
                                   "--ca-file",
                                   world_.sandbox.Value("ca_file")};
  GetOk(args);
}

TEST_F(GetAckTest, AHitOpensNoSocket) {
  GetOk(world_.GetAck());
  world_.forbid_sockets = true;
  GetOk(world_.GetAck());
}

TEST_F(GetAckTest, AMissOpensASocketSoTheFirstOfTheseCanFail) {
  world_.forbid_sockets = true;
  EXPECT_EQ(world_.Run(world_.GetAck()).status, 128 + 31) << "SIGSYS";
}

// It never asks anybody anything.
TEST_F(GetAckTest, WhatWaitsOnStdinIsNotRead) {
  const ProcessResult result = world_.Run(
      {"sh", "-c", "\"$0\" get ack --cluster-id \"$1\" --cs-endpoint \"$2\" >/dev/null; cat",
       Runfile("credential_provider/credential_provider"), kCluster, world_.sandbox.Value("cloud")},
      "typed by the user");
  EXPECT_EQ(result.out, "typed by the user");
}

TEST_F(GetAckTest, AClosedStdoutIsAnErrorAndNotADeath) {
  const ProcessResult result = world_.Run(
      {"sh", "-c", "exec \"$0\" \"$@\" >&-", Runfile("credential_provider/credential_provider"), "version"});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.err,
            "credential_provider: error: stdout: Bad file descriptor\ncredential_provider: hint: check where "
            "stdout "
            "leads to: it may be closed, or on a disk that is full\n");
}

// The server's own Date header corrects the clock, once. The
// expiry is given by the clock that client-go compares it with.
TEST_F(GetAckTest, AWrongClockIsCorrectedAndSaid) {
  for (const auto& [skew, text] :
       std::map<int, std::string>{{2430, "40m behind"}, {-5430, "1h30m ahead of"}}) {
    world_.sandbox.Post("/clock", {{"skew_s", skew}});
    const ProcessResult result = world_.Run(world_.GetAck({"--store", "none"}));
    EXPECT_EQ(result.status, 0);
    EXPECT_THAT(result.err, HasSubstr("warning: this machine's clock is " + text + " the server's"));
    const absl::Time printed = ExpirationOf(result.out);
    EXPECT_LT(printed, absl::Now() + absl::Minutes(60));
    EXPECT_GT(printed, absl::Now() + absl::Minutes(57));
  }
}

TEST_F(GetAckTest, AStoreThatCannotBeWrittenIsAWarning) {
  Spill(world_.home.Path("file"), "x");
  const ProcessResult result = world_.Run(world_.GetAck({"--cache-dir", world_.home.Path("file")}));
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(
      result.err,
      HasSubstr("warning: the credential cannot be stored, so every run will ask for a new one: disk: " +
                world_.home.Path("file") + ": not a folder\n"));
}

TEST_F(GetAckTest, ProgramsNeedLibcLibmAndTheLoaderAtMost) {
  for (const char* program :
       {"credential_provider/credential_provider", "kubeconfig_writer/kubeconfig_writer"}) {
    const ProcessResult result = world_.Run(
        {"sh", "-c", "readelf -d \"$0\" | sed -n 's/.*NEEDED.*\\[\\(.*\\)\\]/\\1/p' | sort | tr '\\n' ' '",
         Runfile(program)});
    EXPECT_THAT(result.out,
                testing::AnyOf("", "ld-linux-x86-64.so.2 libc.so.6 libm.so.6 ",
                               "ld-linux-x86-64.so.2 libc.so.6 ", "libc.so.6 libm.so.6 ", "libc.so.6 "))
        << program;
  }
}

}  // namespace
}  // namespace credential_provider
