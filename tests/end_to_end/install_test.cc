// `kubeconfig_writer install ack` and `uninstall` on kubeconfigs of every style: each folder in
// testdata/kubeconfig/install holds `before` (or `missing`: no file) and `after`, in which {cloud}, {port}
// and {ca} stand for what differs from run to run.
#include <sys/stat.h>
#include <unistd.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"
#include "tests/testing/case_file.h"

namespace credential_provider {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr char kName[] = "ack-c00000000000000000000000000000001";

class InstallWorld : public World {
 public:
  InstallWorld() : World(SharedSandbox()) {}

  ProcessResult Install(const std::vector<std::string>& more = {}) {
    std::vector<std::string> args = {"kubeconfig_writer",
                                     "install",
                                     "ack",
                                     "--cluster-id",
                                     kCluster,
                                     "--region",
                                     "cn-hangzhou",
                                     "--cs-endpoint",
                                     sandbox.Value("cloud"),
                                     "--kubeconfig",
                                     file};
    args.insert(args.end(), more.begin(), more.end());
    return Run(args);
  }
  ProcessResult Uninstall() { return Run({"kubeconfig_writer", "uninstall", kName, "--kubeconfig", file}); }

  const std::string file = home.Path("config");
};

class InstallTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    missing_ = fs::exists(GetParam() + "/missing");
    if (!missing_) Spill(world_.file, Slurp(GetParam() + "/before"));
  }

  // By its name the provider is the same in every run.
  ProcessResult Install() { return world_.Install({"--command", "credential_provider"}); }

  // The file with the values of this run replaced by their names.
  std::string Abstracted() const {
    const std::string api_server = world_.sandbox.Value("api_server");
    std::string text = Abstract(Slurp(world_.file), {{"{cloud}", world_.sandbox.Value("cloud")},
                                                     {":{port}", api_server.substr(api_server.rfind(':'))}});
    for (size_t at = 0; (at = text.find("LS0t", at)) != std::string::npos;) {
      const size_t end =
          text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=", at);
      if (end - at > 500) text.replace(at, end - at, "{ca}");
      at += 4;
    }
    return text;
  }

  // What kubectl sees in the file, without our entries.
  nlohmann::json KubectlView(const std::string& kubectl) {
    const ProcessResult result =
        world_.Run({kubectl, "config", "view", "--raw", "-o", "json", "--kubeconfig", world_.file});
    EXPECT_EQ(result.status, 0) << result.err;
    nlohmann::json view = nlohmann::json::parse(result.out, nullptr, false);
    for (const char* list : {"clusters", "users", "contexts"}) {
      nlohmann::json others = nlohmann::json::array();
      for (const nlohmann::json& entry : view[list].is_null() ? nlohmann::json::array() : view[list]) {
        if (entry.at("name") != kName) others.push_back(entry);
      }
      view[list] = others;
    }
    if (view["current-context"] == kName) view["current-context"] = "";
    return view;
  }

  InstallWorld world_;
  bool missing_ = false;
};

TEST_P(InstallTest, AddsItsEntriesAndLeavesEveryOtherByte) {
  const ProcessResult result = Install();
  ASSERT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(Abstracted(), Slurp(GetParam() + "/after"));
}

TEST_P(InstallTest, UninstallGivesBackTheOriginalBytes) {
  ASSERT_EQ(Install().status, 0);
  const ProcessResult result = world_.Uninstall();
  ASSERT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(Slurp(world_.file), Slurp(GetParam() + "/before"));
  EXPECT_EQ(fs::exists(world_.file), !missing_);
}

TEST_P(InstallTest, TwiceIsTheSameAsOnce) {
  ASSERT_EQ(Install().status, 0);
  const std::string once = Slurp(world_.file);
  const ProcessResult result = Install();
  EXPECT_THAT(result.out, HasSubstr("nothing to do"));
  EXPECT_EQ(Slurp(world_.file), once);
}

// As kubectl sees it: it loads what was written.
TEST_P(InstallTest, KubectlSeesTheSameOfEverybodyElse) {
  const nlohmann::json before = KubectlView("kubectl");
  ASSERT_EQ(Install().status, 0);
  EXPECT_EQ(KubectlView("kubectl"), before);
}

TEST_P(InstallTest, KubectlReachesTheClusterThroughTheEntry) {
  ASSERT_EQ(Install().status, 0);
  const ProcessResult result = world_.Run(
      {"kubectl", "--kubeconfig", world_.file, "--context", kName, "get", "namespace", "-o", "name"});
  EXPECT_EQ(result.out,
            "namespace/default\nnamespace/kube-node-lease\nnamespace/kube-public\nnamespace/kube-system\n")
      << result.err;
}

INSTANTIATE_TEST_SUITE_P(Files, InstallTest, testing::ValuesIn(FilesIn("testdata/kubeconfig/install")),
                         [](const auto& test) { return TestName(test.param); });

class InstallRulesTest : public testing::Test {
 protected:
  InstallWorld world_;
};

// A token left beside exec would silently win.
TEST_F(InstallRulesTest, AUserOfOursHoldsNothingButTheStanza) {
  ASSERT_EQ(world_.Install().status, 0);
  ASSERT_EQ(
      world_.Run({"kubectl", "--kubeconfig", world_.file, "config", "set-credentials", kName, "--token=fake"})
          .status,
      0);
  ASSERT_EQ(world_.Install().status, 0);
  EXPECT_THAT(Slurp(world_.file), testing::Not(HasSubstr("token")));
}

TEST_F(InstallRulesTest, AnEntryOfSomebodyElseIsNotOverwritten) {
  const std::string before = std::string("users:\n- name: ") + kName + "\n  user: {token: fake}\n";
  Spill(world_.file, before);
  const ProcessResult result = world_.Install();
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.err, "kubeconfig_writer: error: " + world_.file + ": user " + kName +
                            ": already in the kubeconfig, and not made by this program\n"
                            "kubeconfig_writer: hint: choose another name with --context-name\n");
  EXPECT_EQ(Slurp(world_.file), before);
}

TEST_F(InstallRulesTest, WhatTheUserAddedToTheContextStays) {
  ASSERT_EQ(world_.Install().status, 0);
  ASSERT_EQ(
      world_.Run({"kubectl", "--kubeconfig", world_.file, "config", "set-context", kName, "--namespace=web"})
          .status,
      0);
  ASSERT_EQ(world_.Install({"--duration", "30m"}).status, 0);
  EXPECT_THAT(Slurp(world_.file), HasSubstr("namespace: web"));
  EXPECT_THAT(Slurp(world_.file), HasSubstr("- \"30m\""));
}

// kubectl writes "env: null" into every stanza. Taking that out again would be an endless fight.
TEST_F(InstallRulesTest, WhatKubectlHasRewrittenIsStillInstalled) {
  ASSERT_EQ(world_.Install().status, 0);
  ASSERT_EQ(world_.Run({"kubectl", "--kubeconfig", world_.file, "config", "set-context", "theirs"}).status,
            0);
  const std::string rewritten = Slurp(world_.file);
  EXPECT_THAT(rewritten, HasSubstr("env: null"));
  EXPECT_THAT(world_.Install().out, HasSubstr("nothing to do"));
  EXPECT_EQ(Slurp(world_.file), rewritten);
}

TEST_F(InstallRulesTest, CurrentContextIsSetOnlyWhenThereIsNoneOrWhenAsked) {
  Spill(world_.file, "current-context: other\n");
  ASSERT_EQ(world_.Install().status, 0);
  EXPECT_THAT(Slurp(world_.file), HasSubstr("current-context: other\n"));
  ASSERT_EQ(world_.Install({"--use"}).status, 0);
  EXPECT_EQ(world_.Run({"kubectl", "--kubeconfig", world_.file, "config", "current-context"}).out,
            std::string(kName) + "\n");
  ASSERT_EQ(world_.Uninstall().status, 0);
  EXPECT_EQ(Slurp(world_.file), "current-context: other\n");
}

// ruamel.yaml, which the aws CLI has, puts a text that would pass column 80 on a line of its own.
TEST_F(InstallRulesTest, ALongNameThatTheAwsCliHasPutOnItsOwnLineIsReplacedAndComesBack) {
  const std::string name = "arn:aws:eks:us-west-2:000000000000:cluster/payments-production-blue";
  const std::string before =
      "apiVersion: v1\nclusters:\n- cluster:\n    server: https://192.0.2.1\n  name: " + name +
      "\ncontexts:\n- context:\n    cluster: " + name + "\n    user: " + name + "\n  name: " + name +
      "\ncurrent-context: \n  " + name + "\nkind: Config\nusers: []\n";
  Spill(world_.file, before);
  const ProcessResult installed = world_.Install({"--use"});
  ASSERT_EQ(installed.status, 0) << installed.err;
  const auto current = [this] {
    return world_.Run({"kubectl", "--kubeconfig", world_.file, "config", "current-context"}).out;
  };
  EXPECT_EQ(current(), std::string(kName) + "\n");
  EXPECT_THAT(Slurp(world_.file), HasSubstr("# kubeconfig_writer:   " + name + "\n"));
  ASSERT_EQ(world_.Uninstall().status, 0);
  EXPECT_EQ(current(), name + "\n");
  EXPECT_EQ(Slurp(world_.file), before);
}

TEST_F(InstallRulesTest, ABareLineThatBeginsAnotherDocumentIsNoObstacleAndMoreBehindItIs) {
  Spill(world_.file, "kind: Config\n---\n");
  ASSERT_EQ(world_.Install().status, 0);
  EXPECT_EQ(world_.Run({"kubectl", "--kubeconfig", world_.file, "config", "get-users"}).out,
            "NAME\n" + std::string(kName) + "\n");
  ASSERT_EQ(world_.Uninstall().status, 0);
  EXPECT_EQ(Slurp(world_.file), "kind: Config\n---\n");
  Spill(world_.file, "kind: Config\n---\nkind: Config\n");
  const ProcessResult refused = world_.Install();
  EXPECT_THAT(refused.err, HasSubstr("config: line 2: a second document begins here\n"));
  EXPECT_THAT(refused.err, HasSubstr("hint: nothing was changed: kubectl reads the first document alone; "));
  EXPECT_EQ(Slurp(world_.file), "kind: Config\n---\nkind: Config\n");
}

TEST_F(InstallRulesTest, ModeStaysAndANewFileIsPrivate) {
  const auto mode = [](const std::string& path) {
    struct stat info = {};
    stat(path.c_str(), &info);
    return info.st_mode & 07777;
  };
  ASSERT_EQ(world_.Install().status, 0);
  EXPECT_EQ(mode(world_.file), 0600u);
  chmod(world_.file.c_str(), 0644);
  ASSERT_EQ(world_.Uninstall().status, 0);
  Spill(world_.file, "kind: Config\n");
  chmod(world_.file.c_str(), 0640);
  ASSERT_EQ(world_.Install().status, 0);
  EXPECT_EQ(mode(world_.file), 0640u);
}

TEST_F(InstallRulesTest, ASymlinkStaysASymlink) {
  Spill(world_.home.Path("real"), "kind: Config\n");
  fs::create_symlink("real", world_.file);
  ASSERT_EQ(world_.Install().status, 0);
  EXPECT_TRUE(fs::is_symlink(world_.file));
  EXPECT_THAT(Slurp(world_.home.Path("real")), HasSubstr(kName));
}

TEST_F(InstallRulesTest, ALockThatStaysIsNamedAndNothingIsWritten) {
  Spill(world_.file, "kind: Config\n");
  Spill(world_.file + ".lock", "");
  const ProcessResult result = world_.Install();
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("kubeconfig_writer: error: " + world_.file +
                                    ".lock: locked by another program for "));
  EXPECT_THAT(result.err, HasSubstr("rm -f " + world_.file + ".lock\n"));
  EXPECT_EQ(Slurp(world_.file), "kind: Config\n");
}

TEST_F(InstallRulesTest, NoLockOrTemporaryFileIsLeftBehind) {
  ASSERT_EQ(world_.Install().status, 0);
  int files = 0;
  for (const auto& file : fs::directory_iterator(world_.home.path())) files += file.is_regular_file() ? 1 : 0;
  EXPECT_EQ(files, 1);
}

TEST_F(InstallRulesTest, AnEntryGoesToTheFirstFileOfTheListThatExists) {
  Spill(world_.home.Path("second"), "kind: Config\n");
  world_.env["KUBECONFIG"] =
      world_.home.Path("first") + "::" + world_.home.Path("second") + ":" + world_.home.Path("third");
  ASSERT_EQ(world_
                .Run({"kubeconfig_writer", "install", "ack", "--cluster-id", kCluster, "--cs-endpoint",
                      world_.sandbox.Value("cloud")})
                .status,
            0);
  EXPECT_THAT(Slurp(world_.home.Path("second")), HasSubstr(kName));
  EXPECT_FALSE(fs::exists(world_.home.Path("first")));
  ASSERT_EQ(world_.Run({"kubeconfig_writer", "uninstall", kName}).status, 0);
  EXPECT_EQ(Slurp(world_.home.Path("second")), "kind: Config\n");
}

TEST_F(InstallRulesTest, AFailedRequestLeavesTheFileAlone) {
  Spill(world_.file, "kind: Config\n");
  world_.env["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "wrong";
  EXPECT_EQ(world_.Install().status, 1);
  EXPECT_EQ(Slurp(world_.file), "kind: Config\n");
}

TEST_F(InstallRulesTest, TheKubeconfigHoldsNoSecret) {
  ASSERT_EQ(world_.Install().status, 0);
  const std::string text = Slurp(world_.file);
  EXPECT_THAT(text, testing::Not(HasSubstr("sandbox-alice")));
  EXPECT_THAT(text, testing::Not(HasSubstr("client-key-data")));
}

TEST_F(InstallRulesTest, KubectlWaitsForNoRequestAfterThatOfInstall) {
  world_.sandbox.Post("/reset");
  ASSERT_EQ(world_.Install().status, 0);
  const std::vector<std::string> get = {"kubectl", "--kubeconfig", world_.file, "get", "namespace"};
  for (int i = 0; i < 20; ++i) ASSERT_EQ(world_.Run(get).status, 0);
  EXPECT_EQ(world_.sandbox.Count("cs"), 1);
}

TEST_F(InstallRulesTest, KubectlWaitsAgainWhenTheCertificateHasEnded) {
  world_.sandbox.Post("/reset");
  world_.sandbox.Post("/config",
                      {{"lifetime_s", 182}});  // good for two seconds: a minute of slack, two of reserve
  ASSERT_EQ(world_.Install().status, 0);
  const std::vector<std::string> get = {"kubectl", "--kubeconfig", world_.file, "get", "namespace"};
  ASSERT_EQ(world_.Run(get).status, 0);
  sleep(3);
  ASSERT_EQ(world_.Run(get).status, 0);
  EXPECT_EQ(world_.sandbox.Count("cs"), 2);
}

struct Refusal {
  const char* name;
  const char* text;
  const char* error;
};

class RefusalTest : public testing::TestWithParam<Refusal> {};

TEST_P(RefusalTest, LeavesTheFileAloneAndSaysWhyAndWhere) {
  InstallWorld world;
  Spill(world.file, GetParam().text);
  const ProcessResult result = world.Install();
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.err,
            "kubeconfig_writer: error: " + world.file + ": " + GetParam().error +
                "\nkubeconfig_writer: hint: nothing was changed: mend that line, or name another file with "
                "--kubeconfig\n");
  EXPECT_EQ(Slurp(world.file), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Files, RefusalTest,
    testing::Values(
        Refusal{"DuplicateName",
                "users:\n- {name: a, user: {token: marked}}\n- {name: a, user: {token: marked}}\n",
                "line 3: the name \"a\" is twice in users"},
        Refusal{"DuplicateKey", "kind: Config\nkind: Config\n", "line 2: a key is twice in one mapping"},
        Refusal{"TabIndent", "users:\n\t- name: a\n", "line 2: found character that cannot start any token"},
        Refusal{"OtherKind", "kind: Pod\n", "line 1: not a kubeconfig: kind is not Config"},
        Refusal{"AliasedList", "x: &l\n- {name: a, user: {}}\nusers: *l\n", "line 3: users is an alias"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace credential_provider
