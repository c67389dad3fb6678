// Every way in which an Alibaba Cloud user signs in, from the real files to a credential that the sandbox's
// STS and Container Service accept. The unit tests in sources/ have the failures.
#include <sys/stat.h>

#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"

namespace credential_provider {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

constexpr char kAlice[] = "acs:ram::1000000000000001:user/alice";
constexpr char kReader[] = "acs:ram::1000000000000001:assumed-role/ack-reader/";
constexpr char kReaderRole[] = "acs:ram::1000000000000001:role/ack-reader";
constexpr char kProvider[] = "acs:ram::1000000000000001:oidc-provider/ci";

// A machine with no AccessKey in the environment.
class BareWorld : public World {
 public:
  BareWorld() : World(SharedSandbox()) {
    env.erase("ALIBABA_CLOUD_ACCESS_KEY_ID");
    env.erase("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
    env["XDG_CACHE_HOME"] = home.Path("cache");
    secret_files = {"token", "print key"};
  }

  // A profile of config.json, the current one, and others beside it.
  void WriteProfile(json profile, const json& others = json::array()) {
    profile["name"] = "main";
    json profiles = others;
    profiles.push_back(profile);
    std::filesystem::create_directories(home.Path(".aliyun"));
    Spill(home.Path(".aliyun/config.json"), json({{"current", "main"}, {"profiles", profiles}}).dump());
  }

  void WriteIni(const std::string& text) {
    std::filesystem::create_directories(home.Path(".alibabacloud"));
    Spill(home.Path(".alibabacloud/credentials"), text);
  }

  // A token of an OIDC provider that the sandbox trusts, in a file.
  std::string TokenFile() {
    Spill(home.Path("token"), Token());
    return home.Path("token");
  }
  std::string Token(int lifetime_s = 300) {
    return sandbox.Post("/id-token", {{"audience", "sts.aliyuncs.com"}, {"lifetime_s", lifetime_s}})
        .at("token");
  }

  // The three values of a session that the sandbox knows.
  json Session() { return json::parse(Run({"curl", "-sf", Cloud() + "/credentials-uri"}).out); }

  std::string Cloud() const { return sandbox.Value("cloud"); }
};

struct SignIn {
  const char* name;
  void (*prepare)(BareWorld& world);
  std::vector<std::string> flags;
  const char* source;
  const char* arn;  // how STS knows the caller: the whole, or its beginning
};

void PrintTo(const SignIn& sign_in, std::ostream* out) { *out << sign_in.name; }

const json kAliceKey = {{"access_key_id", "sandbox-alice"}, {"access_key_secret", "sandbox-alice-secret"}};

json With(json object, const json& more) {
  object.update(more);
  return object;
}

const SignIn kSignIns[] = {
    {"Environment",
     [](BareWorld& w) {
       w.env["ALIBABA_CLOUD_ACCESS_KEY_ID"] = "sandbox-alice";
       w.env["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "sandbox-alice-secret";
     },
     {},
     "environment",
     kAlice},
    {"EnvironmentOfTerraform",
     [](BareWorld& w) {
       w.env["ALICLOUD_ACCESS_KEY"] = "sandbox-alice";
       w.env["ALICLOUD_SECRET_KEY"] = "sandbox-alice-secret";
     },
     {},
     "environment",
     kAlice},
    {"EnvironmentWithSession",
     [](BareWorld& w) {
       const json session = w.Session();
       w.env["ALIBABA_CLOUD_ACCESS_KEY_ID"] = session.at("AccessKeyId");
       w.env["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = session.at("AccessKeySecret");
       w.env["ALIBABA_CLOUD_SECURITY_TOKEN"] = session.at("SecurityToken");
     },
     {},
     "environment",
     "acs:ram::1000000000000001:assumed-role/"},
    {"Rrsa",
     [](BareWorld& w) {
       w.env["ALIBABA_CLOUD_ROLE_ARN"] = kReaderRole;
       w.env["ALIBABA_CLOUD_OIDC_PROVIDER_ARN"] = kProvider;
       w.env["ALIBABA_CLOUD_OIDC_TOKEN_FILE"] = w.TokenFile();
     },
     {},
     "oidc-environment",
     kReader},
    {"ModeAk",
     [](BareWorld& w) {
       w.WriteProfile(With(kAliceKey, {{"mode", "AK"}}));
     },
     {},
     "aliyun-profile",
     kAlice},
    {"ModeStsToken",
     [](BareWorld& w) {
       const json session = w.Session();
       w.WriteProfile({{"mode", "StsToken"},
                       {"access_key_id", session.at("AccessKeyId")},
                       {"access_key_secret", session.at("AccessKeySecret")},
                       {"sts_token", session.at("SecurityToken")}});
     },
     {},
     "aliyun-profile",
     "acs:ram::1000000000000001:assumed-role/"},
    {"ModeRamRoleArn",
     [](BareWorld& w) {
       w.WriteProfile(With(kAliceKey, {{"mode", "RamRoleArn"},
                                       {"ram_role_arn", kReaderRole},
                                       {"ram_session_name", "laptop"},
                                       {"expired_seconds", 900}}));
     },
     {},
     "aliyun-profile",
     "acs:ram::1000000000000001:assumed-role/ack-reader/laptop"},
    {"ModeEcsRamRole",
     [](BareWorld& w) {
       w.env.erase("ALIBABA_CLOUD_ECS_METADATA_DISABLED");
       w.env["ALIBABA_CLOUD_IMDS_ENDPOINT"] = w.Cloud();
       w.WriteProfile({{"mode", "EcsRamRole"}, {"ram_role_name", "sandbox-ecs-role"}});
     },
     {},
     "aliyun-profile",
     "acs:ram::1000000000000001:assumed-role/sandbox-ecs-role/"},
    {"ModeRamRoleArnWithRoleName",
     [](BareWorld& w) {
       w.env.erase("ALIBABA_CLOUD_ECS_METADATA_DISABLED");
       w.env["ALIBABA_CLOUD_IMDS_ENDPOINT"] = w.Cloud();
       w.WriteProfile({{"mode", "RamRoleArnWithRoleName"},
                       {"ram_role_name", "sandbox-ecs-role"},
                       {"ram_role_arn", kReaderRole},
                       {"ram_session_name", "laptop"}});
     },
     {},
     "aliyun-profile",
     kReader},
    {"ModeChainableRamRoleArn",
     [](BareWorld& w) {
       w.WriteProfile({{"mode", "ChainableRamRoleArn"},
                       {"source_profile", "base"},
                       {"ram_role_arn", kReaderRole},
                       {"ram_session_name", "chained"}},
                      json::array({With(kAliceKey, {{"name", "base"}, {"mode", "AK"}})}));
     },
     {},
     "aliyun-profile",
     kReader},
    {"ModeExternal",
     [](BareWorld& w) {
       Spill(w.home.Path("print key"),
             "#!/bin/sh\necho '" + With(kAliceKey, {{"mode", "AK"}}).dump() + "'\n");
       chmod(w.home.Path("print key").c_str(), 0700);
       w.WriteProfile(
           {{"mode", "External"}, {"process_command", "\"" + w.home.Path("print key") + "\" --json"}});
     },
     {},
     "aliyun-profile",
     kAlice},
    {"ModeCredentialsUri",
     [](BareWorld& w) {
       w.WriteProfile({{"mode", "CredentialsURI"}, {"credentials_uri", w.Cloud() + "/credentials-uri"}});
     },
     {},
     "aliyun-profile",
     "acs:ram::1000000000000001:assumed-role/"},
    {"ModeOidc",
     [](BareWorld& w) {
       w.WriteProfile({{"mode", "OIDC"},
                       {"oidc_provider_arn", kProvider},
                       {"oidc_token_file", w.TokenFile()},
                       {"ram_role_arn", kReaderRole},
                       {"ram_session_name", "pod"}});
     },
     {},
     "aliyun-profile",
     kReader},
    {"ModeCloudSso",
     [](BareWorld& w) {
       w.WriteProfile({{"mode", "CloudSSO"},
                       {"cloud_sso_sign_in_url", w.Cloud() + "/login"},
                       {"cloud_sso_account_id", "1000000000000001"},
                       {"cloud_sso_access_config", "ac-fake"},
                       {"access_token", "sandbox-cloudsso-token"},
                       {"cloud_sso_access_token_expire", 4102444800}});
     },
     {},
     "aliyun-profile",
     "acs:ram::1000000000000001:assumed-role/"},
    {"ModeOAuth",
     [](BareWorld& w) {
       w.env["CREDENTIAL_PROVIDER_OAUTH_ENDPOINT"] = w.Cloud();
       w.WriteProfile({{"mode", "OAuth"},
                       {"oauth_site_type", "CN"},
                       {"oauth_access_token", "sandbox-oauth-token"},
                       {"oauth_refresh_token", "sandbox-refresh-token"},
                       {"oauth_access_token_expire", 4102444800}});
     },
     {},
     "aliyun-profile",
     "acs:ram::1000000000000001:"},
    {"ProfileByName",
     [](BareWorld& w) {
       w.WriteProfile(
           {{"mode", "AK"}, {"access_key_id", "sandbox-bob"}, {"access_key_secret", "sandbox-bob-secret"}},
           json::array({With(kAliceKey, {{"name", "second"}, {"mode", "AK"}})}));
     },
     {"--profile", "second"},
     "aliyun-profile",
     kAlice},
    {"IniAccessKey",
     [](BareWorld& w) {
       w.WriteIni(
           "[default]\nenable = true\ntype = access_key\naccess_key_id = sandbox-alice\n"
           "access_key_secret = sandbox-alice-secret\n");
     },
     {},
     "ini-file",
     kAlice},
    {"IniRamRoleArn",
     [](BareWorld& w) {
       w.WriteIni(
           "[default]\ntype = ram_role_arn\naccess_key_id = sandbox-alice\n"
           "access_key_secret = sandbox-alice-secret\nrole_arn = " +
           std::string(kReaderRole) + "\nrole_session_name = ini\n");
     },
     {},
     "ini-file",
     kReader},
    {"InstanceRole",
     [](BareWorld& w) {
       w.env.erase("ALIBABA_CLOUD_ECS_METADATA_DISABLED");
       w.env["ALIBABA_CLOUD_IMDS_ENDPOINT"] = w.Cloud();
     },
     {},
     "instance-role",
     "acs:ram::1000000000000001:assumed-role/sandbox-ecs-role/"},
    {"CredentialsUri",
     [](BareWorld& w) { w.env["ALIBABA_CLOUD_CREDENTIALS_URI"] = w.Cloud() + "/credentials-uri"; },
     {},
     "credentials-uri",
     "acs:ram::1000000000000001:assumed-role/"},
    {"RoleOnTop",
     [](BareWorld& w) {
       w.WriteProfile(With(kAliceKey, {{"mode", "AK"}}));
     },
     {"--role-arn", kReaderRole, "--role-session-name", "on-top"},
     "aliyun-profile",
     "acs:ram::1000000000000001:assumed-role/ack-reader/on-top"},
    {"GitHubActions",
     [](BareWorld& w) {
       w.env["ACTIONS_ID_TOKEN_REQUEST_URL"] = w.Cloud() + "/actions-id-token?api-version=2.0";
       w.env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "sandbox-actions-request-token";
     },
     {"--identity", "oidc", "--role-arn", kReaderRole, "--oidc-provider-arn", kProvider},
     "oidc",
     kReader},
    {"GitLabIdToken",
     [](BareWorld& w) { w.env["ALIBABA_ID_TOKEN"] = w.Token(); },
     {"--identity", "oidc", "--role-arn", kReaderRole, "--oidc-provider-arn", kProvider, "--oidc-token-env",
      "ALIBABA_ID_TOKEN"},
     "oidc",
     kReader},
};

class SignInTest : public testing::TestWithParam<SignIn> {
 protected:
  SignInTest() { GetParam().prepare(world_); }

  BareWorld world_;
};

TEST_P(SignInTest, StsKnowsTheCallerAndTheSourceIsNamed) {
  std::vector<std::string> args = {"credential_provider", "whoami", "--output", "json"};
  args.insert(args.end(), GetParam().flags.begin(), GetParam().flags.end());
  const ProcessResult result = world_.Run(args);
  ASSERT_EQ(result.status, 0) << result.err;
  const json whoami = json::parse(result.out);
  EXPECT_EQ(whoami.at("source"), GetParam().source);
  EXPECT_THAT(whoami.at("arn").get<std::string>(), testing::StartsWith(GetParam().arn));
}

TEST_P(SignInTest, ContainerServiceGivesACertificateAndTheSecondRunAsksNobody) {
  const std::vector<std::string> args = world_.GetAck(GetParam().flags);
  const ProcessResult first = world_.Run(args);
  ASSERT_EQ(first.status, 0) << first.err;
  EXPECT_EQ(world_.sandbox.Count("cs"), 1);
  const json counts = world_.sandbox.Get("/counts");
  world_.forbid_sockets = true;
  EXPECT_EQ(world_.Run(args).out, first.out);
  EXPECT_EQ(world_.sandbox.Get("/counts"), counts);
}

// What goes wrong is looked for where every test's output and files are (World).
TEST_P(SignInTest, NoSecretOfItIsLogged) {
  world_.env["CREDENTIAL_PROVIDER_LOG"] = "trace";
  const std::vector<std::string> args = world_.GetAck(GetParam().flags);
  for (const char* format : {"json", "text"}) {
    world_.env["CREDENTIAL_PROVIDER_LOG_FORMAT"] = format;
    EXPECT_THAT(world_.Run(args).err, HasSubstr("lookup"));
    world_.env["CREDENTIAL_PROVIDER_LOG_FILE"] = world_.home.Path("log");
    std::vector<std::string> whoami = {"credential_provider", "whoami"};
    whoami.insert(whoami.end(), GetParam().flags.begin(), GetParam().flags.end());
    EXPECT_EQ(world_.Run(whoami).err, "");
    EXPECT_EQ(world_.Run(world_.GetAck(GetParam().flags)).status, 0);
    world_.env.erase("CREDENTIAL_PROVIDER_LOG_FILE");
  }
  EXPECT_THAT(Slurp(world_.home.Path("log")), HasSubstr("source"));
}

TEST_P(SignInTest, TheWriterPutsTheIdentityIntoTheStanza) {
  std::vector<std::string> args = {"kubeconfig_writer", "install",      "ack",
                                   "--cluster-id",      kCluster,       "--cs-endpoint",
                                   world_.Cloud(),      "--kubeconfig", world_.home.Path("config")};
  args.insert(args.end(), GetParam().flags.begin(), GetParam().flags.end());
  ASSERT_EQ(world_.Run(args).status, 0);
  for (const std::string& flag : GetParam().flags)
    EXPECT_THAT(Slurp(world_.home.Path("config")), HasSubstr(flag));
  const ProcessResult result =
      world_.Run({"kubectl", "--kubeconfig", world_.home.Path("config"), "get", "namespace", "-o", "name"});
  EXPECT_THAT(result.out, HasSubstr("namespace/default")) << result.err;
}

INSTANTIATE_TEST_SUITE_P(SignIns, SignInTest, testing::ValuesIn(kSignIns),
                         [](const auto& test) { return test.param.name; });

class RoleTest : public testing::Test {
 protected:
  RoleTest() { world_.WriteProfile(With(kAliceKey, {{"mode", "AK"}})); }

  int Calls(const std::string& product) { return world_.sandbox.Count(product); }

  BareWorld world_;
};

TEST_F(RoleTest, ARoleCostsOneStsCallForTheLifeOfItsSession) {
  const std::vector<std::string> role = {"--role-arn", kReaderRole};
  ASSERT_EQ(world_.Run(world_.GetAck(role)).status, 0);
  EXPECT_EQ(Calls("sts"), 1);
  EXPECT_EQ(Calls("cs"), 1);
  ASSERT_EQ(world_.Run(world_.GetAck(role)).status, 0);
  EXPECT_EQ(Calls("sts"), 1);
  EXPECT_EQ(Calls("cs"), 1);
  // Only the certificate is renewed: another duration is another certificate, of the same session.
  ASSERT_EQ(world_.Run(world_.GetAck({"--role-arn", kReaderRole, "--duration", "30m"})).status, 0);
  EXPECT_EQ(Calls("sts"), 1);
  EXPECT_EQ(Calls("cs"), 2);
}

// A job of 40 minutes with a runner's token of five and certificates of 15: the sandbox's clock and the
// certificates' life are shortened a hundredfold in count, not in kind: each kubectl comes when the
// certificate before has ended.
TEST(ExternalTest, AnotherAccountOfTheSameCommandIsAnotherCertificate) {
  BareWorld world;
  Spill(world.home.Path("print key"), R"(#!/bin/sh
echo "{\"access_key_id\":\"sandbox-$ACCOUNT\",\"access_key_secret\":\"sandbox-$ACCOUNT-secret\"}"
)");
  chmod(world.home.Path("print key").c_str(), 0700);
  world.WriteProfile({{"mode", "External"}, {"process_command", "\"" + world.home.Path("print key") + "\""}});
  std::set<std::string> answers;
  for (const char* account : {"alice", "bob", "alice"}) {
    world.env["ACCOUNT"] = account;
    world.env["TERM"] += "x";  // tells of the terminal alone
    answers.insert(world.Run(world.GetAck()).out);
  }
  EXPECT_EQ(answers.size(), 2);
  EXPECT_EQ(world.sandbox.Count("cs"), 2);
}

TEST(CiJobTest, NothingIsLeftOutsideTheJobsFolder) {
  for (const auto& [variable, folder] :
       std::map<std::string, std::string>{{"RUNNER_TEMP", "job"}, {"CI_PROJECT_DIR", "job.tmp"}}) {
    World world(SharedSandbox());
    world.env["CI"] = "true";
    world.env[variable] = world.home.Path("job");
    if (variable == "CI_PROJECT_DIR") world.env.insert({{"CI_JOB_ID", "1"}, {"CI_JOB_TOKEN", "glcbt-fake"}});
    ASSERT_EQ(world.Run(world.GetAck()).status, 0);
    world.forbid_sockets = true;
    ASSERT_EQ(world.Run(world.GetAck()).status, 0);
    for (const auto& file : std::filesystem::directory_iterator(world.home.path())) {
      EXPECT_EQ(file.path().filename(), folder);
    }
  }
}

TEST(CiJobTest, ATokenInAVariableThatHasEndedIsSaidPlainly) {
  BareWorld world;
  world.env["ALIBABA_ID_TOKEN"] = world.Token(/*lifetime_s=*/-10);
  const ProcessResult result =
      world.Run(world.GetAck({"--identity", "oidc", "--role-arn", kReaderRole, "--oidc-provider-arn",
                              kProvider, "--oidc-token-env", "ALIBABA_ID_TOKEN"}));
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr("ALIBABA_ID_TOKEN"));
  EXPECT_THAT(result.err, HasSubstr("expired"));
}

TEST(AckTokenTest, TheClusterTakesTheTokenAndNoCallIsMade) {
  World world(SharedSandbox());
  std::vector<std::string> args = {"kubeconfig_writer",
                                   "install",
                                   "ack-token",
                                   "--cluster-id",
                                   kCluster,
                                   "--cs-endpoint",
                                   world.sandbox.Value("cloud"),
                                   "--kubeconfig",
                                   world.home.Path("config")};
  ASSERT_EQ(world.Run(args).status, 0);
  const int cs = world.sandbox.Count("cs");
  const ProcessResult result = world.Run({"kubectl", "--kubeconfig", world.home.Path("config"), "auth",
                                          "whoami", "-o", "jsonpath={.status.userInfo.username}"});
  EXPECT_EQ(result.out, kAlice) << result.err;
  EXPECT_EQ(world.sandbox.Count("cs"), cs);
}

TEST(DoctorTest, WalksTheWholePath) {
  World world(SharedSandbox());
  const ProcessResult result = world.Run({"credential_provider", "doctor", "ack", "--cluster-id", kCluster,
                                          "--cs-endpoint", world.sandbox.Value("cloud")});
  EXPECT_EQ(result.status, 0) << result.err;
  for (const char* step : {"configuration", "proxy", "network", "clock", "identity", "sts", "cs",
                           "credential", "api server", "caller"}) {
    EXPECT_THAT(result.out, HasSubstr(std::string("ok  ") + step + ": "));
  }
}

TEST(DoctorTest, Tells401From403) {
  World world(SharedSandbox());
  const std::vector<std::string> args = {
      "credential_provider",       "doctor", "ack", "--cluster-id", kCluster, "--cs-endpoint",
      world.sandbox.Value("cloud")};
  world.sandbox.Post("/fault", {{"match", {{"listener", "api_server"}}},
                                {"times", -1},
                                {"reply", {{"status", 401}, {"headers", json::object()}, {"body", ""}}}});
  EXPECT_THAT(world.Run(args).err, HasSubstr("api server: HTTP 401: the cluster does not know the caller"));
  world.sandbox.Post("/reset");
  const std::string forbidden = R"({"kind":"Status","apiVersion":"v1","reason":"Forbidden","code":403})";
  world.sandbox.Post("/fault",
                     {{"match", {{"listener", "api_server"}}},
                      {"times", -1},
                      {"reply", {{"status", 403}, {"headers", json::object()}, {"body", forbidden}}}});
  EXPECT_THAT(world.Run(args).err, HasSubstr("HTTP 403: the cluster knows the caller and refuses this"));
}

// Whatever fails, and wherever a secret may come back from, none is shown or left outside the store.
TEST(SecretsTest, NoneIsPrintedOrLeftOnDisk) {
  BareWorld world;
  world.WriteProfile({{"mode", "RamRoleArn"},
                      {"access_key_id", "sandbox-marked"},
                      {"access_key_secret", "fake-marked-secret-one"},
                      {"ram_role_arn", kReaderRole},
                      {"ram_session_name", "laptop"}});
  world.sandbox.Post("/key", {{"access_key_id", "sandbox-marked"}, {"secret", "fake-marked-secret-one"}});
  const json echo = {{"Code", "SignatureDoesNotMatch"},
                     {"Message", "signed with fake-marked-secret-one, or fake-marked-secret-o"}};
  std::string shown;
  const auto run = [&](const std::vector<std::string>& args) {
    const ProcessResult result = world.Run(args);
    shown += result.err;
    if (args.size() < 2 || args[1] != "get") shown += result.out;
  };
  const auto run_all = [&] {
    run(world.GetAck({"--store", "none"}));
    run(world.GetAck({"--profile", "main", "--duration", "16m"}));
    run({"credential_provider", "whoami"});
    run({"credential_provider", "whoami", "--output", "json"});
    run({"credential_provider", "doctor", "ack", "--cluster-id", kCluster, "--cs-endpoint", world.Cloud()});
    run({"credential_provider", "explain", "ack", "--cluster-id", kCluster, "--cs-endpoint", world.Cloud()});
    run({"credential_provider", "log"});
    run({"credential_provider", "log", "--output", "json"});
    run({"credential_provider", "status"});
    run({"credential_provider", "status", "--output", "json"});
    run({"kubeconfig_writer", "install", "ack", "--cluster-id", kCluster, "--cs-endpoint", world.Cloud(),
         "--kubeconfig", world.home.Path("config")});
  };
  for (const bool echoing : {false, true}) {
    if (echoing) {
      world.sandbox.Post("/fault",
                         {{"times", -1},
                          {"match", {{"listener", "cloud"}}},
                          {"reply", {{"status", 400}, {"headers", json::object()}, {"body", echo.dump()}}}});
    }
    run_all();
    for (const char* level : {"info", "debug", "trace"}) {
      world.env["CREDENTIAL_PROVIDER_LOG"] = level;
      for (const char* format : {"text", "json"}) {
        world.env["CREDENTIAL_PROVIDER_LOG_FORMAT"] = format;
        run_all();
        world.env["CREDENTIAL_PROVIDER_LOG_FILE"] = world.home.Path("log");
        run_all();
        world.env.erase("CREDENTIAL_PROVIDER_LOG_FILE");
      }
    }
    world.env.erase("CREDENTIAL_PROVIDER_LOG");
  }
  EXPECT_THAT(shown, HasSubstr(" trace "));
  EXPECT_THAT(Slurp(world.home.Path("log")), HasSubstr("\"trace\""));
  EXPECT_THAT(shown, Not(HasSubstr("fake-marked")));
  EXPECT_THAT(shown, Not(HasSubstr("PRIVATE KEY")));
  for (const auto& file : std::filesystem::recursive_directory_iterator(world.home.path())) {
    const std::string path = file.path().string();
    if (!file.is_regular_file() || path.find("/cache/") != std::string::npos ||
        path.find(".aliyun/") != std::string::npos)
      continue;
    EXPECT_THAT(Slurp(path), Not(testing::AnyOf(HasSubstr("fake-marked"), HasSubstr("PRIVATE KEY")))) << path;
  }
}

}  // namespace
}  // namespace credential_provider
