// A credential is handed only to whom it was made for, also where the name of what says who asks stays the
// same: an address next door, a role swapped in place, the next person's sign-in, another program of a name.
#include <sys/stat.h>

#include <cstdio>
#include <functional>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/store_world.h"
#include "tests/testing/traced_run.h"

namespace credential_provider {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

constexpr char kReaderRole[] = "acs:ram::1000000000000001:role/ack-reader";

json With(json object, const json& more) {
  object.update(more);
  return object;
}

// A machine with no AccessKey in the environment, and its store on disk.
class WhoAsksTest : public testing::Test {
 protected:
  WhoAsksTest() {
    world_.env.erase("ALIBABA_CLOUD_ACCESS_KEY_ID");
    world_.env.erase("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
    world_.env["CREDENTIAL_PROVIDER_OAUTH_ENDPOINT"] = Cloud();
  }

  std::string Cloud() const { return world_.sandbox.Value("cloud"); }

  void WriteProfile(json profile) {
    profile["name"] = "main";
    std::filesystem::create_directories(world_.home.Path(".aliyun"));
    Spill(world_.home.Path(".aliyun/config.json"),
          json({{"current", "main"}, {"profiles", json::array({profile})}}).dump());
  }
  json Profile() const {
    return json::parse(Slurp(world_.home.Path(".aliyun/config.json"))).at("profiles").at(0);
  }

  void UseInstanceRole(const std::string& metadata) {
    world_.env.erase("ALIBABA_CLOUD_ECS_METADATA_DISABLED");
    world_.env["ALIBABA_CLOUD_IMDS_ENDPOINT"] = metadata;
  }

  void Script(const std::string& name, const std::string& text) {
    std::filesystem::create_directories(std::filesystem::path(world_.home.Path(name)).parent_path());
    Spill(world_.home.Path(name), "#!/bin/sh\n" + text);
    chmod(world_.home.Path(name).c_str(), 0700);
  }

  // The answer of a run that must succeed.
  std::string Answer(const std::vector<std::string>& more = {}) {
    const ProcessResult result = world_.Run(world_.Get(more));
    EXPECT_EQ(result.status, 0) << result.err;
    EXPECT_EQ(result.err, "");
    return result.out;
  }
  // The same, and nothing may be asked.
  std::string Hit(const std::vector<std::string>& more = {}) {
    world_.forbid_sockets = true;
    const std::string answer = Answer(more);
    world_.forbid_sockets = false;
    return answer;
  }
  std::string Token(const std::vector<std::string>& more = {}, const std::string& cluster = kCluster) {
    std::vector<std::string> args = {
        "credential_provider", "get", "ack-token", "--cluster-id", cluster, "--cache-dir", world_.Folder()};
    args.insert(args.end(), more.begin(), more.end());
    const ProcessResult result = world_.Run(args);
    EXPECT_EQ(result.status, 0) << result.err;
    return result.out;
  }

  // Sets the clock of this machine and of the cloud.
  void ShiftClock(int seconds) {
    world_.clock_shift_s = seconds;
    world_.sandbox.Post("/clock", {{"skew_s", seconds}});
  }

  int Asked(const std::string& action) {
    return world_.sandbox.Get("/counts").at("by_action").value(action, 0);
  }

  std::string Status() {
    const std::vector<std::string> args = {"credential_provider", "status", "--cache-dir", world_.Folder()};
    return world_.Run(args).out + world_.Run(Flagged(args, "--output", "json")).out;
  }
  static std::vector<std::string> Flagged(std::vector<std::string> args, const std::string& flag,
                                          const std::string& value) {
    args.insert(args.end(), {flag, value});
    return args;
  }

  StoreWorld world_{SharedSandbox()};
};

// What aliyun-cli writes in the two modes of a browser sign-in: the tokens, and the session that it got last.
json SessionOf(SandboxProcess& sandbox, const std::string& token) {
  ProcessOptions options;
  options.env = {{"PATH", std::getenv("PATH")}};
  const ProcessResult result =
      RunProcess({"curl", "-sf", "-X", "POST", "-H", "Authorization: Bearer " + token, "-d", "{}",
                  sandbox.Value("cloud") + "/v1/exchange"},
                 options);
  const json reply = json::parse(result.out);
  return {{"access_key_id", reply.at("accessKeyId")},
          {"access_key_secret", reply.at("accessKeySecret")},
          {"sts_token", reply.at("securityToken")},
          {"sts_expiration", 4102444800}};
}

struct SignedIn {
  const char* name;
  json (*profile)(SandboxProcess& sandbox, const std::string& owner);  // "" or "-of-bob"
};

const SignedIn kSignIns[] = {
    {"OAuth",
     [](SandboxProcess& sandbox, const std::string& owner) {
       return With(SessionOf(sandbox, "sandbox-oauth-token" + owner),
                   {{"mode", "OAuth"},
                    {"oauth_site_type", "CN"},
                    {"oauth_access_token", "sandbox-oauth-token" + owner},
                    {"oauth_refresh_token", "sandbox-refresh-token" + owner},
                    {"oauth_access_token_expire", 4102444800}});
     }},
    {"CloudSSO",
     [](SandboxProcess& sandbox, const std::string& owner) {
       return With(SessionOf(sandbox, "sandbox-oauth-token" + owner),
                   {{"mode", "CloudSSO"},
                    {"cloud_sso_sign_in_url", sandbox.Value("cloud") + "/login"},
                    {"cloud_sso_account_id", "1000000000000001"},
                    {"cloud_sso_access_config", "ac-fake"},
                    {"access_token", "sandbox-cloudsso-token" + owner},
                    {"cloud_sso_access_token_expire", 4102444800}});
     }},
};

class SignInOwnerTest : public WhoAsksTest, public testing::WithParamInterface<SignedIn> {};

TEST_P(SignInOwnerTest, TheNextPersonGetsACertificateOfTheirOwn) {
  WriteProfile(GetParam().profile(world_.sandbox, ""));
  const std::string alices = Answer();
  EXPECT_EQ(Hit(), alices);
  const json profile = Profile();
  WriteProfile(GetParam().profile(world_.sandbox, "-of-bob"));
  const std::string bobs = Answer();
  EXPECT_NE(bobs, alices);
  EXPECT_EQ(Hit(), bobs);
  WriteProfile(profile);
  EXPECT_EQ(Hit(), alices);
  EXPECT_EQ(world_.sandbox.Count("cs"), 2);
}

TEST_P(SignInOwnerTest, ASessionThatTheCliRenewsIsTheSamePersonForOneCall) {
  WriteProfile(GetParam().profile(world_.sandbox, ""));
  const std::string answer = Answer();
  const int before = Asked("GetCallerIdentity");
  WriteProfile(GetParam().profile(world_.sandbox, ""));  // another session of the same sign-in
  EXPECT_EQ(Answer(), answer);
  EXPECT_EQ(Asked("GetCallerIdentity"), before + 1);
  EXPECT_EQ(world_.sandbox.Count("cs"), 1);
  EXPECT_EQ(Hit(), answer);
}

INSTANTIATE_TEST_SUITE_P(SignIns, SignInOwnerTest, testing::ValuesIn(kSignIns),
                         [](const auto& test) { return test.param.name; });

TEST_F(WhoAsksTest, ASignInThatWeRenewIsCarriedOnWithoutACall) {
  WriteProfile({{"mode", "OAuth"},
                {"oauth_site_type", "CN"},
                {"oauth_access_token", "sandbox-oauth-token"},
                {"oauth_refresh_token", "sandbox-refresh-token"},
                {"oauth_access_token_expire", 5}});
  const std::string answer = Answer();
  EXPECT_NE(Profile().at("oauth_refresh_token"), "sandbox-refresh-token");
  EXPECT_EQ(Hit(), answer);
}

TEST_F(WhoAsksTest, ASignInWithoutARefreshTokenIsUsedToItsOwnEnd) {
  json profile = {{"mode", "OAuth"},
                  {"oauth_site_type", "CN"},
                  {"oauth_access_token", "sandbox-oauth-token"},
                  {"oauth_access_token_expire", 4102444800}};
  WriteProfile(profile);
  Answer();
  profile["oauth_access_token_expire"] = 5;
  profile["oauth_access_token"] = "sandbox-oauth-token-of-bob";
  WriteProfile(profile);
  const ProcessResult result = world_.Run(world_.Get());
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("OAuth: the sign-in has expired"));
  EXPECT_THAT(result.err, HasSubstr("hint: run `credential_provider login --profile main` to sign in again"));
}

TEST_F(WhoAsksTest, TheSignInIsSentToNoOtherHostThanThisMachine) {
  world_.env["CREDENTIAL_PROVIDER_OAUTH_ENDPOINT"] = "https://oauth.example.com";
  WriteProfile({{"mode", "OAuth"},
                {"oauth_site_type", "CN"},
                {"oauth_access_token", "sandbox-oauth-token"},
                {"oauth_refresh_token", "sandbox-refresh-token"},
                {"oauth_access_token_expire", 5}});
  world_.forbid_sockets = true;
  const ProcessResult result = world_.Run(world_.Get());
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("CREDENTIAL_PROVIDER_OAUTH_ENDPOINT: not a loopback address"));
}

// Each way to an instance's role that a key could be made of.
struct InstanceRoleWay {
  const char* name;
  void (*prepare)(const std::function<void(json)>& write_profile, StoreWorld& world);
  std::vector<std::string> flags;
};

const InstanceRoleWay kInstanceRoleWays[] = {
    {"LastResort", [](const auto&, StoreWorld&) {}, {}},
    {"ByName", [](const auto&, StoreWorld&) {}, {"--identity", "instance-role"}},
    {"WithARoleOnTop",
     [](const auto&, StoreWorld&) {},
     {"--role-arn", kReaderRole, "--role-session-name", "on-top"}},
    {"ModeEcsRamRole",
     [](const auto& write, StoreWorld&) {
       write({{"mode", "EcsRamRole"}});
     },
     {}},
    {"ModeRamRoleArnWithRoleName",
     [](const auto& write, StoreWorld&) {
       write({{"mode", "RamRoleArnWithRoleName"},
              {"ram_role_arn", kReaderRole},
              {"ram_session_name", "laptop"}});
     },
     {}},
    {"IniEcsRamRole",
     [](const auto&, StoreWorld& world) {
       std::filesystem::create_directories(world.home.Path(".alibabacloud"));
       Spill(world.home.Path(".alibabacloud/credentials"), "[default]\ntype = ecs_ram_role\n");
     },
     {}},
};

class InstanceRoleOwnerTest : public WhoAsksTest, public testing::WithParamInterface<InstanceRoleWay> {
 protected:
  InstanceRoleOwnerTest() {
    UseInstanceRole(Cloud());
    GetParam().prepare([this](json profile) { WriteProfile(std::move(profile)); }, world_);
  }
  std::string Get() { return Answer(GetParam().flags); }
};

TEST_P(InstanceRoleOwnerTest, AnotherMetadataServiceIsAnotherPrincipal) {
  SandboxProcess other;
  const std::string first = Get();
  UseInstanceRole(other.Value("cloud"));
  EXPECT_NE(Get(), first);
  EXPECT_GT(other.Count("metadata"), 0);
  EXPECT_EQ(world_.sandbox.Count("cs"), 2);
  UseInstanceRole(Cloud());
  EXPECT_EQ(Hit(GetParam().flags), first);
}

// The home is on a network file system, or in an image.
TEST_P(InstanceRoleOwnerTest, AHomeSharedByTwoInstancesSharesNoCredential) {
  const ProcessResult allowed = world_.Run({"unshare", "-ru", "hostname", "other"});
  if (allowed.status != 0) GTEST_SKIP() << "no namespaces here: " << allowed.err;
  const std::string first = Get();
  world_.sandbox.Post("/config", {{"metadata_instance", "i-other"}});
  std::vector<std::string> args = world_.Get(GetParam().flags);
  args[0] = Runfile("credential_provider/credential_provider");
  args.insert(args.begin(), {"unshare", "-ru", "sh", "-c", "hostname other && exec \"$@\"", "sh"});
  const ProcessResult second = world_.Run(args);
  EXPECT_EQ(second.status, 0) << second.err;
  EXPECT_NE(second.out, first);
}

TEST_P(InstanceRoleOwnerTest, ARoleSwappedInPlaceIsServedForTenMinutesAtMost) {
  ShiftClock(0);
  const std::string first = Get();
  EXPECT_EQ(Hit(GetParam().flags), first);
  world_.sandbox.Post("/config", {{"metadata_role", "ack-admin"}});
  ShiftClock(60 * 10);
  const std::string second = Get();
  EXPECT_NE(second, first);
  EXPECT_EQ(Hit(GetParam().flags), second);
}

INSTANTIATE_TEST_SUITE_P(Ways, InstanceRoleOwnerTest, testing::ValuesIn(kInstanceRoleWays),
                         [](const auto& test) { return test.param.name; });

// From the last half of that time on the service is asked in the background: nobody waits, and who runs this
// all day gets the new role's certificate after five minutes.
TEST_F(WhoAsksTest, InTheLastHalfOfThatTimeTheRoleIsAskedForInTheBackground) {
  UseInstanceRole(Cloud());
  ShiftClock(0);
  const std::string first = Answer();
  world_.sandbox.Post("/config", {{"metadata_role", "ack-admin"}});
  ShiftClock(60 * 6);
  const int asked = Asked("MetadataCredentials");
  EXPECT_EQ(Answer(), first);
  EXPECT_TRUE(StoreWorld::Eventually([&] { return Asked("MetadataCredentials") > asked; }));
  EXPECT_TRUE(StoreWorld::Eventually([&] { return Answer() != first; }));
  EXPECT_EQ(world_.sandbox.Count("cs"), 2);
}

TEST_F(WhoAsksTest, OfTwentyAtOnceOneAsksWhoItIs) {
  UseInstanceRole(Cloud());
  const ProcessResult result = world_.RunScript(
      "for i in $(seq 20); do (\"$@\" >/dev/null || echo failed) & done; wait", world_.Get());
  EXPECT_EQ(result.out, "") << result.err;
  EXPECT_EQ(world_.sandbox.Count("cs"), 1);
  // The run that gets the certificate may be another, and makes sure that its key is still the role's.
  EXPECT_LE(Asked("MetadataInstance"), 2);
  EXPECT_LE(Asked("MetadataCredentials"), 2);
}

// Whom the role is of costs a look at this machine and one into the store, more than a hit with a key does.
TEST_F(WhoAsksTest, AHitWithAnInstanceRoleIsCheapToo) {
  constexpr int kMostMore = 14;  // of them two, in a static program, for one more piece of memory
  const auto calls = [this](const std::vector<std::string>& more) {
    Answer(more);
    std::vector<std::string> args = world_.Get(more);
    args[0] = Runfile("credential_provider/credential_provider");
    const TracedRun run = RunTraced(args, world_.env);
    EXPECT_EQ(run.status, 0);
    return run.system_calls;
  };
  world_.env["ALIBABA_CLOUD_ACCESS_KEY_ID"] = "sandbox-alice";
  world_.env["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "sandbox-alice-secret";
  const int with_a_key = calls({});
  UseInstanceRole(Cloud());
  EXPECT_LE(calls({"--identity", "instance-role"}), with_a_key + kMostMore);
}

// Between the answer of the store and the request the role is swapped: the certificate must not be kept for
// the first one.
TEST_F(WhoAsksTest, ACertificateIsOnlyMadeForThePrincipalThatItIsStoredFor) {
  UseInstanceRole(Cloud());
  Answer();
  world_.sandbox.Post("/config", {{"metadata_role", "ack-admin"}});
  const std::string admins = Answer({"--duration", "30m"});  // who asks is remembered, the certificate is new
  EXPECT_EQ(Hit({"--duration", "30m"}), admins);
  EXPECT_THAT(Status(), HasSubstr("instance-role ack-admin"));
  world_.sandbox.Post("/config", {{"metadata_role", "sandbox-ecs-role"}});
  ShiftClock(60 * 10);
  EXPECT_NE(Answer({"--duration", "30m"}), admins);
}

TEST_F(WhoAsksTest, ARoleSwappedBehindACredentialsUriIsServedForTenMinutesAtMost) {
  world_.env["ALIBABA_CLOUD_CREDENTIALS_URI"] = Cloud() + "/credentials-uri";
  ShiftClock(0);
  const std::string first = Answer();
  EXPECT_EQ(Hit(), first);
  world_.sandbox.Post("/config", {{"metadata_role", "ack-admin"}});
  ShiftClock(60 * 10);
  const std::string second = Answer();
  EXPECT_NE(second, first);
  // Each request gives another session; they are all of one principal.
  ShiftClock(60 * 21);
  EXPECT_EQ(Answer(), second);
}

// Two containers, each with a sidecar at the same loopback address, share a home. Where STS cannot be reached
// a session stands for itself.
TEST_F(WhoAsksTest, OneLoopbackAddressInTwoNetworkNamespacesIsTwoPrincipals) {
  if (world_.Run({"unshare", "-rn", "true"}).status != 0) GTEST_SKIP() << "no network namespaces here";
  world_.env["ALIBABA_CLOUD_CREDENTIALS_URI"] = "http://127.0.0.1:18112/creds";
  world_.env["ALIBABA_CLOUD_STS_ENDPOINT"] = "http://127.0.0.1:1";
  for (const std::string who : {"alice", "bob"}) {
    std::filesystem::create_directories(world_.home.Path(who));
    world_.secret_files.insert(who + "/creds");
    Spill(world_.home.Path(who + "/creds"), json({{"Code", "Success"},
                                                  {"AccessKeyId", "STS.fake-" + who},
                                                  {"AccessKeySecret", "fake-secret"},
                                                  {"SecurityToken", "fake-token"},
                                                  {"Expiration", "2100-01-02T03:04:05Z"}})
                                                .dump());
  }
  const std::string program = Runfile("credential_provider/credential_provider");
  const auto token = [&](const std::string& who) {
    return world_
        .Run({"unshare", "-rn", "sh", "-c",
              "ip link set lo up || exit 9; "
              "python3 -m http.server --bind 127.0.0.1 --directory \"$1\" 18112 >/dev/null 2>&1 & server=$!; "
              "for i in $(seq 100); do curl -sf http://127.0.0.1:18112/creds >/dev/null && break; sleep 0.1; "
              "done; "
              "\"$2\" get ack-token --cluster-id " +
                  std::string(kCluster) + " --cache-dir \"$3\"; status=$?; kill $server; exit $status",
              "sh", world_.home.Path(who), program, world_.Folder()})
        .out;
  };
  const std::string alices = token("alice");
  ASSERT_THAT(alices, HasSubstr("k8s-ack-v2."));
  const std::string bobs = token("bob");
  ASSERT_THAT(bobs, HasSubstr("k8s-ack-v2."));
  EXPECT_NE(bobs, alices);
}

TEST_F(WhoAsksTest, WhatAnExternalCommandReadsMayChangeForTenMinutesAtMost) {
  world_.secret_files = {"print"};
  Script("print", "cat '" + world_.home.Path(".aliyun/key") + "'\n");
  WriteProfile({{"mode", "External"}, {"process_command", world_.home.Path("print")}});
  const auto key_of = [&](const std::string& who) {
    Spill(world_.home.Path(".aliyun/key"), json({{"mode", "AK"},
                                                 {"access_key_id", "sandbox-" + who},
                                                 {"access_key_secret", "sandbox-" + who + "-secret"}})
                                               .dump());
  };
  key_of("alice");
  ShiftClock(0);
  const std::string alices = Answer();
  EXPECT_EQ(Hit(), alices);
  key_of("bob");
  ShiftClock(60 * 10);
  EXPECT_NE(Answer(), alices);
  EXPECT_EQ(Asked("GetCallerIdentity"), 0) << "a long-lived key names its owner itself";
}

// What is run is the file that stands for who asks: folders of the PATH that are not absolute do not count.
TEST_F(WhoAsksTest, AnExternalCommandIsTheOneInAnAbsoluteFolder) {
  const auto prints = [](const std::string& who) {
    return "echo '{\"mode\":\"AK\",\"access_key_id\":\"sandbox-" + who +
           "\",\"access_key_secret\":\"sandbox-" + who + "-secret\"}'\n";
  };
  world_.secret_files = {"get-key", "bin/get-key", "good/get-key"};
  Script("get-key", prints("bob"));
  Script("bin/get-key", prints("bob"));
  Script("good/get-key", prints("alice"));
  WriteProfile({{"mode", "External"}, {"process_command", "get-key"}});
  const std::string path = world_.env["PATH"];
  for (const std::string front : {".", "./bin", "", "bin"}) {
    world_.env["PATH"] = front + ":" + world_.home.Path("good") + ":" + path;
    const ProcessResult result = world_.Run({"credential_provider", "whoami", "--output", "json"});
    ASSERT_EQ(result.status, 0) << result.err;
    EXPECT_EQ(json::parse(result.out).at("accessKeyId"), "sandbox-alice") << "behind \"" << front << "\"";
  }
  world_.env["PATH"] = ".:bin:" + path;
  const ProcessResult result = world_.Run(world_.Get());
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("command get-key: not on the PATH, where only absolute folders count"));
}

TEST_F(WhoAsksTest, SecretsOfTheEnvironmentThatACommandComplainsWithAreMasked) {
  Script("print", "echo \"cannot sign in as $USER_NAME with $API_TOKEN at $SERVICE\" >&2; exit 3\n");
  WriteProfile({{"mode", "External"}, {"process_command", world_.home.Path("print")}});
  world_.env["USER_NAME"] = "alice";
  world_.env["API_TOKEN"] = "fake-marked-token";
  world_.env["SERVICE"] = "https://u:fake-marked-password@example.com";
  const ProcessResult result = world_.Run(world_.Get());
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("cannot sign in as alice with <secret> at"));
  EXPECT_THAT(result.err, Not(HasSubstr("fake-marked")));
}

// A token in the query of a credentials URI, as the service may repeat it.
struct TokenInUri {
  const char* query;
  const char* repeated;
};

TEST_F(WhoAsksTest, ATokenInACredentialsUriIsShownNowhere) {
  for (const auto& [query, repeated] :
       {TokenInUri{"?token=fake-marked-token", "fake-marked-token"}, TokenInUri{"?token=q1w2e", "q1w2e"},
        TokenInUri{"?token=fake%2Dmarked%2Dtoken", "fake-marked-token"},
        TokenInUri{"?a=1&token=fake-marked-token", "?a=1&token=fake-marked-token"}}) {
    world_.sandbox.Post("/reset");
    world_.env["ALIBABA_CLOUD_CREDENTIALS_URI"] = Cloud() + "/credentials-uri" + query;
    Answer();
    const json body = {{"Code", "NoPermission"}, {"Message", std::string("no ") + repeated + " here"}};
    world_.sandbox.Post("/fault",
                        {{"times", -1},
                         {"match", {{"path", "/credentials-uri"}}},
                         {"reply", {{"status", 403}, {"headers", json::object()}, {"body", body.dump()}}}});
    const ProcessResult refused = world_.Run(world_.GetAck({"--store", "none"}));
    EXPECT_EQ(refused.status, 1);
    EXPECT_THAT(refused.err, HasSubstr("NoPermission: no "));
    EXPECT_THAT(refused.err + Status(), Not(HasSubstr(repeated)));
    EXPECT_THAT(Status(), Not(HasSubstr("#")));
    world_.Run({"credential_provider", "forget", "--all", "--cache-dir", world_.Folder()});
  }
}

// Nothing made of a token is shown: a short one could be guessed by its hash.
TEST_F(WhoAsksTest, AHashOfASecretIsNotShown) {
  world_.env["ACTIONS_ID_TOKEN_REQUEST_URL"] = Cloud() + "/actions-id-token?api-version=2.0";
  world_.env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "sandbox-actions-request-token";
  Answer({"--identity", "oidc", "--role-arn", kReaderRole, "--oidc-provider-arn",
          "acs:ram::1000000000000001:oidc-provider/ci"});
  EXPECT_THAT(Status(), HasSubstr("job (hidden)"));
  EXPECT_THAT(Status(), Not(HasSubstr("#")));
}

TEST_F(WhoAsksTest, ForgettingAClusterForgetsAllOfItAndTheSessionsOfWhoAsks) {
  UseInstanceRole(Cloud());
  const std::vector<std::string> role = {"--role-arn", kReaderRole};
  const std::string first = Answer(role);
  Answer();
  std::vector<std::string> args = world_.Get(role);
  args[1] = "forget";
  EXPECT_EQ(world_.Run(args).out, "forgot 2 credentials, 1 session, 1 remembered caller\n");
  const ProcessResult left =
      world_.Run({"credential_provider", "status", "--output", "json", "--cache-dir", world_.Folder()});
  EXPECT_EQ(json::parse(left.out).size(), 0u) << left.out;
  EXPECT_NE(Answer(role), first);
  EXPECT_EQ(Asked("AssumeRole"), 2);
}

TEST_F(WhoAsksTest, WhenNobodyKnowsWhoAsksForgettingMeansTheClusterAndEverySession) {
  UseInstanceRole(Cloud());
  ShiftClock(0);
  Answer({"--role-arn", kReaderRole});
  ShiftClock(60 * 10);
  std::vector<std::string> args = world_.Get();
  args[1] = "forget";
  world_.forbid_sockets = true;
  EXPECT_THAT(world_.Run(args).out, testing::StartsWith("forgot 1 credential, 1 session"));
  EXPECT_THAT(Status(), HasSubstr("nothing is stored"));
}

TEST_F(WhoAsksTest, UninstallForgetsTheSessionsToo) {
  WriteProfile(
      {{"mode", "AK"}, {"access_key_id", "sandbox-alice"}, {"access_key_secret", "sandbox-alice-secret"}});
  const std::vector<std::string> flags = {"--role-arn",    kReaderRole,     "--cache-dir",
                                          world_.Folder(), "--cs-endpoint", Cloud()};
  std::vector<std::string> install = {"kubeconfig_writer",
                                      "install",
                                      "ack",
                                      "--cluster-id",
                                      kCluster,
                                      "--context-name",
                                      "dev",
                                      "--kubeconfig",
                                      world_.home.Path("config")};
  install.insert(install.end(), flags.begin(), flags.end());
  ASSERT_EQ(world_.Run(install).status, 0);
  Answer({"--role-arn", kReaderRole});
  ASSERT_EQ(world_.Run({"kubeconfig_writer", "uninstall", "dev", "--kubeconfig", world_.home.Path("config")})
                .status,
            0);
  EXPECT_THAT(Status(), HasSubstr("nothing is stored"));
}

// The identities and options of a key, one by one, from outside.
class KeyPartsTest : public WhoAsksTest {
 protected:
  void SignInAs(const std::string& who) {
    world_.env["ALIBABA_CLOUD_ACCESS_KEY_ID"] = "sandbox-" + who;
    world_.env["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "sandbox-" + who + "-secret";
  }
};

TEST_F(KeyPartsTest, ATokenIsOfOneIdentity) {
  SignInAs("alice");
  const std::string alices = Token();
  EXPECT_EQ(Token(), alices);
  SignInAs("bob");
  EXPECT_NE(Token(), alices);
}

TEST_F(KeyPartsTest, ATokenIsOfOneCluster) {
  SignInAs("alice");
  EXPECT_NE(Token({}, kCluster), Token({}, kOtherCluster));
}

TEST_F(KeyPartsTest, ACertificateIsOfOneEndpointOfContainerService) {
  SignInAs("alice");
  Answer();
  std::vector<std::string> args = world_.Get();
  for (std::string& arg : args) {
    if (arg == Cloud()) arg = "http://127.0.0.1:1";
  }
  const ProcessResult result = world_.Run(args);
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.out, "");
}

TEST_F(KeyPartsTest, ACertificateIsOfOneAddressOfTheCluster) {
  SignInAs("alice");
  Answer();
  Answer({"--endpoint-type", "private"});
  EXPECT_EQ(world_.sandbox.Count("cs"), 2);
}

}  // namespace
}  // namespace credential_provider
