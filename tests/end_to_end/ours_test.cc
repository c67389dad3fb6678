// What is this program's in a kubeconfig that other tools change too, whose it is when several people's
// identities are in it, and how it is reached: install, list, uninstall and verify with the real kubectl
// between them.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"

namespace credential_provider {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr char kName[] = "ack-c00000000000000000000000000000001";
constexpr char kReader[] = "acs:ram::1000000000000001:role/ack-reader";

class OursTest : public testing::Test {
 protected:
  ProcessResult Writer(std::vector<std::string> args) {
    args.insert(args.begin(), "kubeconfig_writer");
    return world_.Run(args);
  }
  ProcessResult Install(const std::vector<std::string>& more = {}, const std::string& cluster = kCluster) {
    std::vector<std::string> args = {"install", "ack",           "--cluster-id",
                                     cluster,   "--cs-endpoint", world_.sandbox.Value("cloud"),
                                     "--store", "disk"};
    args.insert(args.end(), more.begin(), more.end());
    return Writer(args);
  }
  // With the names of the clusters, which `--cluster-id` does not ask for.
  ProcessResult InstallAll(const std::vector<std::string>& more) {
    std::vector<std::string> args = {
        "install", "ack", "--all", "--cs-endpoint", world_.sandbox.Value("cloud"), "--store", "disk"};
    args.insert(args.end(), more.begin(), more.end());
    return Writer(args);
  }
  void Kubectl(std::vector<std::string> args) {
    args.insert(args.begin(), {"kubectl", "config"});
    const ProcessResult result = world_.Run(args);
    ASSERT_EQ(result.status, 0) << result.err;
  }
  std::string Names(const std::string& list) {
    return world_
        .Run({"kubectl", "config", list, list == "get-contexts" ? "-o=name" : "--kubeconfig=" + file_})
        .out;
  }
  // Two profiles of two people, the second of which is the current one.
  void UseProfiles() {
    world_.env.erase("ALIBABA_CLOUD_ACCESS_KEY_ID");
    world_.env.erase("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
    std::filesystem::create_directories(world_.home.Path(".aliyun"));
    const auto profile = [](const std::string& name, const std::string& key) {
      return nlohmann::json{
          {"name", name}, {"mode", "AK"}, {"access_key_id", key}, {"access_key_secret", key + "-secret"}};
    };
    Spill(world_.home.Path(".aliyun/config.json"),
          nlohmann::json{{"current", "dev"},
                         {"profiles", {profile("prod", "sandbox-alice"), profile("dev", "sandbox-bob")}}}
              .dump());
  }

  World world_{SharedSandbox()};
  const std::string file_ = world_.home.Path(".kube/config");
};

TEST_F(OursTest, AllTakesOutAContextThatKubectlHasRenamed) {
  ASSERT_EQ(Install().status, 0);
  Kubectl({"rename-context", kName, "dev"});
  EXPECT_THAT(Writer({"list"}).out, HasSubstr("  dev  "));
  const ProcessResult all = Writer({"uninstall", "--all"});
  EXPECT_EQ(all.status, 0) << all.err;
  EXPECT_EQ(all.out,
            "removed context dev from " + file_ + ", with its user and cluster " + std::string(kName) + "\n");
  EXPECT_EQ(all.err, "");
  EXPECT_THAT(Slurp(file_), AllOf(Not(HasSubstr("dev")), Not(HasSubstr(kName))));
}

TEST_F(OursTest, ARenamedContextGoesByEitherName) {
  for (const char* const name : {"dev", kName}) {
    ASSERT_EQ(Install().status, 0);
    Kubectl({"rename-context", kName, "dev"});
    const ProcessResult gone = Writer({"uninstall", name});
    EXPECT_EQ(gone.status, 0) << gone.err;
    EXPECT_THAT(Slurp(file_), AllOf(Not(HasSubstr("dev")), Not(HasSubstr(kName)))) << name;
  }
}

TEST_F(OursTest, InstallAgainKeepsTheNameThatKubectlHasGivenIt) {
  ASSERT_EQ(Install().status, 0);
  Kubectl({"rename-context", kName, "dev"});
  EXPECT_EQ(Install().out, "nothing to do: context dev is in " + file_ + "\n");
  const ProcessResult again = Install({"--duration", "30m", "--use"});
  EXPECT_EQ(again.out,
            "changed context dev in " + file_ + ": (default) -> --duration 30m, the current-context\n")
      << again.err;
  EXPECT_EQ(Names("get-contexts"), "dev\n");
}

// As `kubectl config set-credentials --exec-command` does.
TEST_F(OursTest, AStanzaThatHasLostItsArgumentsIsStillOurs) {
  ASSERT_EQ(Install({"--role-arn", kReader}).status, 0);
  Kubectl({"set-credentials", kName, "--exec-command", "credential_provider"});
  ASSERT_THAT(Slurp(file_), HasSubstr("args: null"));
  EXPECT_THAT(Writer({"list"}).out, HasSubstr("  arguments: "));
  const ProcessResult again = Install({"--role-arn", kReader});
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_THAT(Writer({"list"}).out, Not(HasSubstr("  arguments: ")));
  Kubectl({"set-credentials", kName, "--exec-command", "credential_provider"});
  const ProcessResult gone = Writer({"uninstall", "--all"});
  EXPECT_EQ(gone.out, "removed context " + std::string(kName) + " from " + file_ + "\n") << gone.err;
  EXPECT_EQ(gone.err, "");
  EXPECT_THAT(Slurp(file_), Not(HasSubstr(kName)));
}

TEST_F(OursTest, WhatADeletedUserHasLeftIsTakenOver) {
  ASSERT_EQ(Install().status, 0);
  Kubectl({"delete-user", kName});
  const ProcessResult refused = Writer({"uninstall", kName});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("its user " + std::string(kName) + " is not there"));
  const ProcessResult again = Install();
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_EQ(Writer({"uninstall", kName}).status, 0);
  EXPECT_THAT(Slurp(file_), Not(HasSubstr(kName)));
}

TEST_F(OursTest, WhatADeletedClusterOrContextHasLeftIsStillOurs) {
  for (const char* const half : {"delete-cluster", "delete-context"}) {
    ASSERT_EQ(Install().status, 0);
    Kubectl({half, kName});
    EXPECT_EQ(Install().status, 0) << half;
    Kubectl({half, kName});
    const ProcessResult gone = Writer({"uninstall", "--all"});
    EXPECT_EQ(gone.status, 0) << gone.err;
    EXPECT_THAT(Slurp(file_), Not(HasSubstr(kName))) << half;
  }
}

// The users in one file and the contexts in another are one kubeconfig, in which nothing is left over.
TEST_F(OursTest, AClusterWhoseUserIsInAnotherFileIsNotLeftOver) {
  ASSERT_EQ(Install().status, 0);
  Kubectl({"delete-user", kName});
  Spill(world_.home.Path("users"), "users: [{name: " + std::string(kName) + ", user: {token: fake}}]\n");
  world_.env["KUBECONFIG"] = file_ + ":" + world_.home.Path("users");
  const ProcessResult refused = Install();
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("not made by this program"));
}

TEST_F(OursTest, UninstallTakesSeveralNamesAndPatternsAndNamesWhatItCannot) {
  ASSERT_EQ(InstallAll({"--context-name", "{name}"}).status, 0);
  const ProcessResult some = Writer({"uninstall", "edge", "no-such", "reg*"});
  EXPECT_EQ(some.status, 1);
  EXPECT_EQ(some.out,
            "removed context edge from " + file_ + "\nremoved context registered from " + file_ + "\n");
  EXPECT_THAT(some.err, HasSubstr("error: no-such: no entry that this program made"));
  EXPECT_EQ(Names("get-contexts"), "dev\n");
}

TEST_F(OursTest, AUserThatStaysKeepsNoOtherFromGoing) {
  ASSERT_EQ(InstallAll({"--context-name", "{name}"}).status, 0);
  std::string text = Slurp(file_);
  const size_t user = text.find("name: dev\n", text.find("users:"));
  const size_t hint = text.find("`kubeconfig_writer install` again", user);
  ASSERT_NE(hint, std::string::npos);
  text.replace(hint, 33, "`kubeconfig_writer migrate` did");
  Spill(file_, text);
  const ProcessResult some = Writer({"uninstall", "dev", "edge"});
  EXPECT_EQ(some.status, 1);
  EXPECT_EQ(some.out, "removed context edge from " + file_ + "\n");
  EXPECT_THAT(some.err, HasSubstr("user dev: was there before `migrate` changed it, so it stays\n"));
  const ProcessResult pattern = Writer({"uninstall", "*"});
  EXPECT_EQ(pattern.status, 0) << pattern.err;
  EXPECT_THAT(pattern.out, HasSubstr("kept user dev in " + file_ + ": it was there before `migrate`"));
  EXPECT_EQ(Names("get-contexts"), "dev\n");
}

TEST_F(OursTest, AContextOfYourOwnGoesWithTheOneThatInstallMade) {
  ASSERT_EQ(Install().status, 0);
  Kubectl({"set-context", "mine", "--cluster", kName, "--user", kName, "--namespace", "web"});
  const ProcessResult alone = Writer({"uninstall", "mine"});
  EXPECT_EQ(alone.status, 1);
  EXPECT_THAT(alone.err, HasSubstr("context mine: not made by install"));
  const ProcessResult both = Writer({"uninstall", "mine", kName});
  EXPECT_EQ(both.status, 0) << both.err;
  EXPECT_EQ(both.err, "");
  EXPECT_EQ(Names("get-contexts"), "");
}

TEST_F(OursTest, WhatOthersHaveAddedToTheUserStaysButNoCredential) {
  ASSERT_EQ(Install().status, 0);
  Kubectl({"set-credentials", kName, "--exec-env=HTTPS_PROXY=http://proxy.example", "--token=fake"});
  std::string text = Slurp(file_);
  text.insert(text.find("    token: fake"),
              "    extensions:\n    - name: team\n      extension: {owner: me}\n");
  Spill(file_, text);
  ASSERT_EQ(Install({"--duration", "30m"}).status, 0);
  EXPECT_THAT(Slurp(file_), AllOf(HasSubstr("owner: me"), HasSubstr("http://proxy.example"),
                                  Not(HasSubstr("token: fake"))));
}

TEST_F(OursTest, AnotherIdentityReplacesNoEntryUnlessAskedAndTheChangeIsSaid) {
  UseProfiles();
  ASSERT_EQ(Install({"--profile", "prod"}).status, 0);
  const std::string before = Slurp(file_);
  const ProcessResult refused = Install({"--profile", "dev"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_EQ(refused.out, "");
  EXPECT_EQ(refused.err,
            "kubeconfig_writer: error: " + file_ + ": context " + kName +
                ": already in the kubeconfig, for another identity: --profile prod\n"
                "kubeconfig_writer: hint: give this one another name, or replace that one with --replace\n");
  EXPECT_EQ(Install().status, 1) << "whoever is current is another identity, too";
  EXPECT_EQ(Slurp(file_), before);
  EXPECT_EQ(Install({"--profile", "dev", "--replace"}).out,
            "changed context " + std::string(kName) + " in " + file_ + ": --profile prod -> --profile dev\n");
  EXPECT_THAT(Slurp(file_), Not(HasSubstr("prod")));
}

TEST_F(OursTest, HowLongARolesSessionLivesIsNoOtherIdentity) {
  ASSERT_EQ(Install({"--role-arn", kReader}).status, 0);
  const ProcessResult again = Install({"--role-arn", kReader, "--role-duration", "30m"});
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_THAT(again.out, HasSubstr(": (default) -> --role-duration 30m\n"));
}

TEST_F(OursTest, TwoIdentitiesOnOneClusterHaveNamesAndListSaysWhoTheyAreWithoutANetwork) {
  UseProfiles();
  for (const char* const profile : {"prod", "dev"}) {
    const ProcessResult installed =
        InstallAll({"--context-name", "{name}-{profile}", "--profile", profile, "--region", "cn-hangzhou"});
    ASSERT_EQ(installed.status, 0) << installed.err;
  }
  EXPECT_EQ(Names("get-contexts"), "dev-dev\ndev-prod\n");
  world_.forbid_sockets = true;
  const std::string list = Writer({"list"}).out;
  EXPECT_THAT(list,
              testing::ContainsRegex("dev-prod .*--profile prod +access key sandbox-alice +expires in"));
  EXPECT_THAT(list, testing::ContainsRegex("dev-dev .*--profile dev +access key sandbox-bob +expires in"));
  EXPECT_THAT(Writer({"list", "--output", "json"}).out, HasSubstr("\"who\": \"access-key sandbox-bob\""));
}

TEST_F(OursTest, ANameTellsRoleAccountAndAlias) {
  ASSERT_EQ(
      Install({"--role-arn", kReader, "--context-name", "{alias}.{account}.{role}", "--alias", "me"}).status,
      0);
  EXPECT_EQ(Names("get-contexts"), "me.1000000000000001.ack-reader\n");
  EXPECT_EQ(world_.sandbox.Get("/counts").at("by_action").value("GetCallerIdentity", 0), 0)
      << "the role says which account it is";
  ASSERT_EQ(Install({"--context-name", "of-{account}"}).status, 0);
  EXPECT_THAT(Names("get-contexts"), HasSubstr("of-1000000000000001\n"));
}

TEST_F(OursTest, ANameOfWhatIsNotFixedIsWrongUsage) {
  for (const auto& [word, flag] : {std::pair<std::string, std::string>{"profile", "--profile"},
                                   {"role", "--role-arn"},
                                   {"alias", "--alias"}}) {
    const ProcessResult refused = Install({"--context-name", "dev-{" + word + "}"});
    EXPECT_EQ(refused.status, 2);
    EXPECT_EQ(refused.err, "kubeconfig_writer: error: --context-name: {" + word + "} is known with " + flag +
                               " only\nkubeconfig_writer: hint: give " + flag + ", or another name\n");
  }
  EXPECT_FALSE(std::filesystem::exists(file_));
}

class PrivateClusterTest : public OursTest {
 protected:
  // ACK's own address is the same server by another name.
  std::string Tunnel() const { return world_.sandbox.Value("api_server"); }
  std::string Cluster() {
    return world_
        .Run({"kubectl", "config", "view",
              "-ojsonpath={.clusters[0].cluster.server} {.clusters[0].cluster.tls-server-name} "
              "{.clusters[0].cluster.proxy-url} {.contexts[0].context.namespace}"})
        .out;
  }
};

TEST_F(PrivateClusterTest, VerifyAndKubectlGoThroughWhatInstallWasTold) {
  ASSERT_EQ(
      Install({"--server", Tunnel(), "--tls-server-name", "localhost", "--namespace", "kube-system"}).status,
      0);
  EXPECT_EQ(Cluster(), Tunnel() + " localhost  kube-system");
  const ProcessResult verified = Writer({"verify", kName});
  EXPECT_EQ(verified.status, 0) << verified.err;
  EXPECT_THAT(verified.out, HasSubstr(Tunnel().substr(8)));
  EXPECT_THAT(world_.Run({"kubectl", "get", "namespace", "-o", "name"}).out, HasSubstr("namespace/default"));
}

TEST_F(PrivateClusterTest, EachStaysOverALaterInstallThatSaysSo) {
  ASSERT_EQ(Install({"--server", Tunnel(), "--tls-server-name", "localhost", "--proxy-url",
                     "http://127.0.0.1:1", "--namespace", "web"})
                .status,
            0);
  const std::string before = Cluster();
  EXPECT_EQ(before, Tunnel() + " localhost http://127.0.0.1:1 web");
  const ProcessResult again = Install({"--duration", "30m"});
  EXPECT_THAT(again.out,
              HasSubstr("\nkept its server " + Tunnel() + ", which is not ACK's https://localhost:"));
  EXPECT_EQ(Cluster(), before);
  const ProcessResult verified = Writer({"verify", kName});
  EXPECT_EQ(verified.status, 1);
  EXPECT_THAT(verified.err, HasSubstr("127.0.0.1:1")) << "the proxy is on the way";
}

TEST_F(PrivateClusterTest, WhatWasSetByHandStaysUntilAcksAddressIsAskedFor) {
  ASSERT_EQ(Install().status, 0);
  Kubectl({"set-cluster", kName, "--server", Tunnel(), "--tls-server-name", "localhost"});
  ASSERT_EQ(Install({"--duration", "30m"}).status, 0);
  EXPECT_THAT(Cluster(), HasSubstr(Tunnel() + " localhost"));
  const ProcessResult reset = Install({"--duration", "30m", "--server", "ack"});
  EXPECT_THAT(reset.out, HasSubstr(": server " + Tunnel() + " -> https://localhost:"));
  EXPECT_THAT(Cluster(), HasSubstr("https://localhost:"));
}

TEST_F(PrivateClusterTest, AnotherKindOfEndpointIsAnotherAddress) {
  ASSERT_EQ(Install({"--endpoint-type", "private"}).status, 0);
  EXPECT_THAT(Cluster(), HasSubstr("https://127.0.0.1:"));
  ASSERT_EQ(Install().status, 0);
  EXPECT_THAT(Cluster(), HasSubstr("https://localhost:"));
}

TEST_F(PrivateClusterTest, AClusterWithoutAnEndpointIsInstalledWithAnAddressOfYourOwn) {
  constexpr char kProd[] = "c00000000000000000000000000000002";
  EXPECT_EQ(Install({}, kProd).status, 1);
  const ProcessResult installed = Install({"--server", "https://prod.tunnel.example:6443"}, kProd);
  EXPECT_EQ(installed.status, 0) << installed.err;
  EXPECT_THAT(Cluster(), HasSubstr("https://prod.tunnel.example:6443"));
}

TEST_F(PrivateClusterTest, WhatKubectlWouldRefuseOrWouldBeASecretIsWrongUsage) {
  const std::pair<const char*, const char*> wrong[] = {
      {"--server", "http://192.0.2.1:6443"},  {"--server", "https://me:fake@192.0.2.1"},
      {"--server", "prod.example:6443"},      {"--tls-server-name", "a b"},
      {"--proxy-url", "proxy.example:3128"},  {"--proxy-url", "http://me:fake@proxy.example:3128"},
      {"--proxy-url", "ftp://proxy.example"}, {"--namespace", "Web"},
  };
  for (const auto& [flag, value] : wrong) {
    const ProcessResult refused = Install({flag, value});
    EXPECT_EQ(refused.status, 2) << flag << " " << value;
    EXPECT_THAT(refused.err, HasSubstr(std::string("error: ") + flag + ": ")) << value;
  }
  EXPECT_EQ(InstallAll({"--server", Tunnel()}).status, 2) << "one address is not that of several clusters";
  EXPECT_FALSE(std::filesystem::exists(file_));
}

}  // namespace
}  // namespace credential_provider
