// `explain`: the true reason in each situation, and that it does nothing.
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/end_to_end/store_world.h"

namespace credential_provider {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

class ExplainTest : public testing::Test {
 protected:
  ExplainTest() { world_.env["KUBERNETES_EXEC_INFO"] = kOtherExecInfo; }

  std::vector<std::string> ExplainArgs(const std::vector<std::string>& more) {
    std::vector<std::string> args = world_.Get(more);
    args[1] = "explain";
    return args;
  }

  // Explains what `get` with `more` would do, and sees that nothing was asked, and no file changed, by it.
  ProcessResult Explain(const std::vector<std::string>& more = {}) {
    const json counts = world_.sandbox.Get("/counts");
    const std::map<std::string, std::string> files = Files();
    world_.forbid_sockets = true;
    const ProcessResult result = world_.Run(ExplainArgs(more));
    world_.forbid_sockets = false;
    EXPECT_EQ(world_.sandbox.Get("/counts"), counts);
    EXPECT_EQ(Files(), files);
    return result;
  }

  // What `get` does must be what was foretold.
  void ExpectAsked(bool asked, const std::vector<std::string>& more = {}) {
    const int before = world_.sandbox.Count("cs");
    world_.Run(world_.Get(more));
    EXPECT_EQ(world_.sandbox.Count("cs") > before, asked);
  }

  void Refuse(int status, int times = -1) {
    world_.sandbox.Post("/fault",
                        {{"match", {{"listener", "cloud"}}},
                         {"times", times},
                         {"reply", {{"status", status}, {"headers", json::object()}, {"body", "{}"}}}});
  }

  std::map<std::string, std::string> Files() {
    std::map<std::string, std::string> files;
    for (const auto& file : std::filesystem::recursive_directory_iterator(world_.home.path())) {
      if (file.is_regular_file()) files[file.path()] = Slurp(file.path());
    }
    return files;
  }

  void WriteProfiles(const std::string& current) {
    const auto profile = [](const char* name, const char* who) {
      return json{{"name", name},
                  {"mode", "AK"},
                  {"access_key_id", std::string("sandbox-") + who},
                  {"access_key_secret", std::string("sandbox-") + who + "-secret"}};
    };
    world_.env.erase("ALIBABA_CLOUD_ACCESS_KEY_ID");
    world_.env.erase("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
    std::filesystem::create_directories(world_.home.Path(".aliyun"));
    Spill(
        world_.home.Path(".aliyun/config.json"),
        json({{"current", current}, {"profiles", {profile("one", "alice"), profile("two", "bob")}}}).dump());
  }

  StoreWorld world_{SharedSandbox()};
};

TEST_F(ExplainTest, NothingStoredYet) {
  const ProcessResult result = Explain();
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(
      result.out,
      AllOf(HasSubstr("identity      access key sandbox-alice\n"), HasSubstr("source        environment\n"),
            HasSubstr("chosen by     ALIBABA_CLOUD_ACCESS_KEY_ID\n"), HasSubstr("stored        nothing\n"),
            HasSubstr("now           asks for a new one: nothing is stored for it yet\n")));
  ExpectAsked(true);
}

TEST_F(ExplainTest, Fresh) {
  world_.Run(world_.Get());
  EXPECT_THAT(
      Explain().out,
      AllOf(ContainsRegex("stored        store disk, issued (just now|[0-9]+s ago), expires in (59m|1h)"),
            HasSubstr("now           answered from the store, and nobody is asked"),
            ContainsRegex("last issued   (just now|[0-9]+s ago), because nothing was stored for it before")));
  ExpectAsked(false);
}

TEST_F(ExplainTest, Due) {
  world_.Run(world_.Get());
  world_.AgeEntry(3600);
  EXPECT_THAT(Explain({"--refresh-ahead", "90"}).out,
              HasSubstr("answered from the store, and renewed in the background: the last 90% of its life"));
}

TEST_F(ExplainTest, DueAndNotRenewedBecauseThatFailed) {
  world_.Run(world_.Get());
  world_.AgeEntry(3600);
  Refuse(403);
  world_.Run(world_.Get({"--refresh-ahead", "90"}));
  EXPECT_TRUE(StoreWorld::Eventually([&] { return world_.Status().value("failure", "") != ""; }));
  EXPECT_THAT(
      Explain({"--refresh-ahead", "90"}).out,
      ContainsRegex(
          "answered from the store; it is due for renewal, but that failed (just now|[0-9]+s ago): .*403"));
}

TEST_F(ExplainTest, Expired) {
  world_.Run(world_.Get());
  world_.clock_shift_s = 2L * 3600;
  EXPECT_THAT(Explain().out, AllOf(HasSubstr("asks for a new one: what is stored expired 1h ago"),
                                   HasSubstr(", expired 1h ago\n")));
  ExpectAsked(true);
}

TEST_F(ExplainTest, AlmostExpired) {
  world_.Run(world_.Get());
  world_.clock_shift_s = 58L * 60;
  EXPECT_THAT(Explain().out, HasSubstr("which is less than a command may need"));
  ExpectAsked(true);
}

TEST_F(ExplainTest, RefusedByTheCluster) {
  world_.Run(world_.Get());
  world_.AgeEntry(600);
  // A client that lives on, and has been given it once.
  std::vector<std::string> explain = ExplainArgs({});
  std::string line;
  for (const std::string& arg : explain) line += "'" + arg + "' ";
  const ProcessResult result = world_.RunScript(
      "\"$@\" >1.out; env -u KUBERNETES_EXEC_INFO " + line + "; \"$@\" >2.out", world_.Get());
  EXPECT_THAT(
      result.out,
      ContainsRegex("process [0-9]+ has been given what is stored; if that asks again, the cluster is taken "
                    "to refuse it, and another is asked for"));
  EXPECT_NE(Slurp(world_.home.Path("1.out")), Slurp(world_.home.Path("2.out")));
  EXPECT_THAT(
      Explain().out,
      ContainsRegex(
          "last issued   (just now|[0-9]+s ago), because the cluster seemed to refuse the one before"));
}

TEST_F(ExplainTest, AnotherProfile) {
  WriteProfiles("one");
  world_.Run(world_.Get());
  WriteProfiles("two");
  EXPECT_THAT(
      Explain().out,
      AllOf(HasSubstr("profile       two\n"), HasSubstr("/.aliyun/config.json\n"),
            HasSubstr("chosen by     the file's current profile\n"), HasSubstr("stored        nothing\n"),
            ContainsRegex("changed       identity: access key sandbox-bob now, access key sandbox-alice then "
                          "\\(issued (just now|[0-9]+s ago), stored still\\)")));
  ExpectAsked(true);
}

TEST_F(ExplainTest, ChangedEndpointOrDuration) {
  world_.Run(world_.Get());
  const std::string moved = Explain({"--duration", "15m", "--endpoint-type", "private"}).out;
  EXPECT_THAT(moved, AllOf(HasSubstr("changed       address: private now, public then"),
                           HasSubstr("changed       minutes: 15 now, 60 then"),
                           Not(HasSubstr("changed       identity"))));
  world_.env["ALIBABA_CLOUD_ENDPOINT_TYPE"] = "vpc";
  EXPECT_THAT(Explain({"--region", "cn-hangzhou"}).out,
              HasSubstr("changed       region: cn-hangzhou now, none then"));
}

TEST_F(ExplainTest, ExpiredSignIn) {
  const std::string token =
      world_.sandbox.Post("/id-token", {{"audience", "sts.aliyuncs.com"}, {"lifetime_s", -10}}).at("token");
  world_.env["TOKEN"] = token;
  const std::vector<std::string> oidc = {"--identity",          "oidc",
                                         "--role-arn",          "acs:ram::1000000000000001:role/ack-reader",
                                         "--oidc-provider-arn", "acs:ram::1000000000000001:oidc-provider/ci",
                                         "--oidc-token-env",    "TOKEN"};
  const ProcessResult got = world_.Run(world_.Get(oidc));
  EXPECT_EQ(got.status, 1);
  const ProcessResult result = Explain(oidc);
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.out, AllOf(HasSubstr("now           no answer: "), HasSubstr("expired")));
}

TEST_F(ExplainTest, ExpiredSignInThroughTheBrowser) {
  const auto sign_in = [this](int64_t end) {
    const json profile = {{"name", "work"},
                          {"mode", "CloudSSO"},
                          {"cloud_sso_sign_in_url", world_.sandbox.Value("cloud") + "/start/login"},
                          {"cloud_sso_account_id", "1000000000000001"},
                          {"cloud_sso_access_config", "ac-reader"},
                          {"access_token", "sandbox-cloudsso-token"},
                          {"cloud_sso_access_token_expire", end}};
    Spill(world_.home.Path(".aliyun/config.json"),
          json({{"current", "work"}, {"profiles", {profile}}}).dump());
  };
  WriteProfiles("one");  // takes the variables away
  sign_in(absl::ToUnixSeconds(absl::Now()) + 3600);
  EXPECT_THAT(Explain().out, HasSubstr("now           asks that source first whom it stands for"));
  EXPECT_EQ(world_.Run(world_.Get()).status, 0);
  sign_in(absl::ToUnixSeconds(absl::Now()) - 7200);
  const ProcessResult stored = Explain();
  EXPECT_EQ(stored.status, 0);
  EXPECT_THAT(stored.out, AllOf(HasSubstr("now           answered from the store, and nobody is asked"),
                                HasSubstr("the sign-in expired 2h ago: a new one can be had only with")));
  std::filesystem::remove_all(world_.Folder());
  const ProcessResult expired = Explain();
  EXPECT_EQ(expired.status, 1);
  EXPECT_THAT(expired.out,
              AllOf(HasSubstr("now           no answer: the sign-in expired 2h ago\n"),
                    HasSubstr("hint          run `credential_provider login --profile work`\n")));
  EXPECT_EQ(world_.Run(world_.Get()).status, 1);
}

TEST_F(ExplainTest, NothingCanBeStored) {
  EXPECT_THAT(world_
                  .Run([&] {
                    std::vector<std::string> args = world_.GetAck({"--store", "none"});
                    args[1] = "explain";
                    return args;
                  }())
                  .out,
              HasSubstr("asks for a new one: --store none keeps nothing, so each run asks\n"));
  ASSERT_EQ(mkdir(world_.Folder().c_str(), 0700), 0);
  ASSERT_EQ(chmod(world_.Folder().c_str(), 0777), 0);
  EXPECT_THAT(Explain().out, HasSubstr("asks for a new one: nothing can be stored, so each run asks: "));
  ExpectAsked(true);
  ExpectAsked(true);
}

TEST_F(ExplainTest, AFailureThatIsRemembered) {
  Refuse(403);
  world_.Run(world_.Get());
  const ProcessResult result = Explain();
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(
      result.out,
      ContainsRegex("now           no answer: a new one has to be asked for, that failed (just now|[0-9]+s "
                    "ago): .*403.*; it is asked again 5s after that"));
  ExpectAsked(false);
}

TEST_F(ExplainTest, AStoredOneThatIsTorn) {
  world_.Run(world_.Get());
  for (const auto& file : std::filesystem::directory_iterator(world_.Folder())) {
    if (file.path().extension() == ".credential") std::filesystem::resize_file(file.path(), 100);
  }
  EXPECT_THAT(Explain().out, HasSubstr("asks for a new one: what is stored under its name cannot be read"));
  ExpectAsked(true);
}

TEST_F(ExplainTest, WhatWasStoredIsGone) {
  world_.Run(world_.Get());
  for (const auto& file : std::filesystem::directory_iterator(world_.Folder())) {
    if (file.path().extension() == ".credential") std::filesystem::remove(file.path());
  }
  EXPECT_THAT(Explain().out, HasSubstr("asks for a new one: nothing is stored for it any more"));
}

TEST_F(ExplainTest, AnotherProcessIsAsking) {
  world_.sandbox.Post("/fault", {{"match", {{"listener", "cs"}}}, {"delay_ms", 3000}, {"times", 1}});
  std::vector<std::string> explain = ExplainArgs({});
  explain[0] = "credential_provider";
  std::string line;
  for (const std::string& arg : explain) line += "'" + arg + "' ";
  const ProcessResult result = world_.RunScript("\"$@\" >1.out & for i in $(seq 100); do " + line +
                                                    " >said.txt; grep -q waits said.txt && break; sleep .05; "
                                                    "done; wait; cat said.txt",
                                                world_.Get());
  EXPECT_THAT(result.out,
              ContainsRegex("now           waits for process [0-9]+, which is asking for a new one now: "
                            "nothing is stored for it yet"));
}

TEST_F(ExplainTest, WhoAsksIsNotKnownWithoutTheNetwork) {
  world_.env.erase("ALIBABA_CLOUD_ACCESS_KEY_ID");
  world_.env.erase("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
  world_.env["ALIBABA_CLOUD_CREDENTIALS_URI"] = world_.sandbox.Value("cloud") + "/credentials-uri";
  EXPECT_THAT(Explain().out, AllOf(HasSubstr("identity      credentials URI "),
                                   HasSubstr("now           asks that source first whom it stands for")));
  world_.Run(world_.Get());
  EXPECT_THAT(Explain().out, HasSubstr("now           answered from the store, and nobody is asked"));
}

TEST_F(ExplainTest, NobodyToAsk) {
  world_.env.erase("ALIBABA_CLOUD_ACCESS_KEY_ID");
  const ProcessResult result = Explain();
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.out, HasSubstr("now           no answer: ALIBABA_CLOUD_ACCESS_KEY_ID: not set"));
}

TEST_F(ExplainTest, KubercDeniesTheProgram) {
  world_.Run(world_.Get());
  const std::string kuberc = world_.home.Path(".kube/kuberc");
  const std::string program = Runfile("credential_provider/credential_provider");
  std::filesystem::create_directory(world_.home.Path(".kube"));
  constexpr char kPreference[] = "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n";
  Spill(kuberc, std::string(kPreference) + "credentialPluginPolicy: DenyAll\n");
  const ProcessResult denied = Explain();
  EXPECT_EQ(denied.status, 1);
  EXPECT_THAT(denied.out, AllOf(HasSubstr("now           no answer: kubectl does not start it: " + kuberc +
                                          ": credentialPluginPolicy DenyAll does not let kubectl 1.35 and "
                                          "newer start " +
                                          program + "\n"),
                                HasSubstr("hint          run `kubectl kuberc set --section credentialplugin "
                                          "--policy Allowlist --allowlist-entry command=" +
                                          program + "`"),
                                HasSubstr("otherwise     answered from the store, and nobody is asked")));
  const json said = json::parse(Explain({"--output", "json"}).out);
  EXPECT_EQ(said.at("outcome"), "not-started");
  EXPECT_THAT(said.at("now").get<std::string>(), HasSubstr(kuberc));
  Spill(kuberc, std::string(kPreference) +
                    "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n- command: " + program +
                    "\n");
  const ProcessResult allowed = Explain();
  EXPECT_EQ(allowed.status, 0);
  EXPECT_THAT(allowed.out,
              AllOf(HasSubstr("now           answered from the store"), Not(HasSubstr("kuberc"))));
}

TEST_F(ExplainTest, SaysTheSameToPrograms) {
  world_.Run(world_.Get());
  const json said = json::parse(Explain({"--output", "json", "--duration", "15m"}).out);
  EXPECT_EQ(said.at("identity"), "access-key sandbox-alice");
  EXPECT_EQ(said.at("rule"), "missing");
  EXPECT_EQ(said.at("outcome"), "asked");
  EXPECT_EQ(said.at("key").at("minutes"), "15");
  EXPECT_EQ(said.at("changed"), json::array({{{"part", "minutes"}, {"then", "60"}, {"now", "15"}}}));
  EXPECT_TRUE(said.at("expires").is_null());
}

}  // namespace
}  // namespace credential_provider
