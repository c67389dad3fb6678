// `sync`, and what else is about many clusters: of several accounts, regions, types, by whatever address.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/end_to_end/world.h"

namespace credential_provider {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using Args = std::vector<std::string>;

// Accounts of the sandbox, and the profiles of the test that are theirs.
constexpr char kAccountOfA[] = "1000000000000001";
constexpr char kAccountOfB[] = "1000000000000002";

constexpr char kProfiles[] = R"({"current": "a", "profiles": [
  {"name": "a", "mode": "AK", "access_key_id": "sandbox-alice", "access_key_secret": "sandbox-alice-secret"},
  {"name": "a2", "mode": "AK", "access_key_id": "sandbox-bob", "access_key_secret": "sandbox-bob-secret"},
  {"name": "b", "mode": "AK", "access_key_id": "sandbox-stranger", "access_key_secret": "sandbox-stranger-secret"}
]})";

// What somebody has written by hand: nothing in it is this program's.
constexpr char kForeign[] = R"(# my clusters
apiVersion: v1
kind: Config
clusters:
  - name: "home"   # in the cellar
    cluster: {server: "https://192.0.2.7:6443", insecure-skip-tls-verify: true}
users:
  - name: me
    user:
      username: somebody    # no password
contexts:
- context:
    cluster: home
    user: me
  name: home
current-context: home
preferences: {}
# the end
)";

std::string IdOf(int number) { return absl::StrFormat("c%032d", number); }

json Named(int number, const std::string& name, const std::string& account = kAccountOfA) {
  return {{"id", IdOf(number)}, {"name", name}, {"region", "cn-hangzhou"}, {"account", account}};
}

Args operator+(Args a, const Args& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

class SyncTest : public testing::Test {
 protected:
  void SetUp() override {
    world_.env.erase("ALIBABA_CLOUD_ACCESS_KEY_ID");
    world_.env.erase("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
    std::filesystem::create_directory(world_.home.Path(".aliyun"));
    Spill(world_.home.Path(".aliyun/config.json"), kProfiles);
    std::filesystem::create_directory(world_.home.Path(".kube"));
  }

  void SetClusters(const std::vector<json>& clusters) {
    world_.sandbox.Post("/config", {{"clusters", clusters}});
  }

  ProcessResult Writer(const std::string& command, const Args& more) {
    return world_.Run(Args{"kubeconfig_writer"} + Args(absl::StrSplit(command, ' ')) +
                      Args{"--cs-endpoint", world_.sandbox.Value("cloud")} + more);
  }
  ProcessResult Sync(const Args& more) { return Writer("sync", Args{"--store", "disk"} + more); }

  // Both streams of a run that has to succeed.
  std::string Told(const Args& more) {
    const ProcessResult result = Sync(more);
    EXPECT_EQ(result.status, 0) << result.err;
    return result.out + result.err;
  }

  std::string Kubeconfig() { return Slurp(config_); }

  // The contexts that run this program, with the cluster and the profile of each: "dev": "c00…1 a".
  std::map<std::string, std::string> Contexts() {
    const ProcessResult list = world_.Run({"kubeconfig_writer", "list", "-o", "json"});
    std::map<std::string, std::string> contexts;
    for (const json& row : json::parse(list.out)) {
      const std::string who = row.value("identity", "");
      contexts[row.at("context")] =
          absl::StrCat(row.at("clusterId").get<std::string>(), " ", who.substr(who.find(' ') + 1));
    }
    return contexts;
  }
  Args ContextNames() {
    Args names;
    for (const auto& context : Contexts()) names.push_back(context.first);
    return names;
  }
  std::string CurrentContext() { return world_.Run({"kubectl", "config", "current-context"}).out; }

  // What is in the file beside the entries of this program.
  std::string Foreign() {
    const std::string copy = world_.home.Path("copy");
    Spill(copy, Kubeconfig());
    world_.Run({"kubeconfig_writer", "uninstall", "--all", "--no-backup", "--kubeconfig", copy});
    const std::string left = std::filesystem::exists(copy) ? Slurp(copy) : "";
    std::filesystem::remove(copy);
    return left;
  }

  int Asked(const std::string& action) {
    return world_.sandbox.Get("/counts").at("by_action").value(action, 0);
  }

  World world_{SharedSandbox()};
  const std::string config_ = world_.home.Path(".kube/config");
};

// ---- one account

TEST_F(SyncTest, AddsWhatThereIsAndIsSilentThen) {
  Spill(config_, kForeign);
  SetClusters({Named(1, "dev"), Named(2, "prod")});
  EXPECT_EQ(Told({"--context-name", "{name}"}),
            "added context dev of cluster dev (" + IdOf(1) + ")\n" + "added context prod of cluster prod (" +
                IdOf(2) + ")\n" + "in all: 2 added, 0 changed, 0 removed, 0 as they were\n");
  EXPECT_THAT(ContextNames(), ElementsAre("dev", "prod"));
  EXPECT_EQ(Foreign(), kForeign);
  const std::string before = Kubeconfig();
  const int asked = Asked("DescribeClusterUserKubeconfig");
  EXPECT_EQ(Told({"--context-name", "{name}"}), "");
  EXPECT_EQ(Kubeconfig(), before);
  EXPECT_EQ(Asked("DescribeClusterUserKubeconfig"), asked);
}

TEST_F(SyncTest, KubectlWorksWithWhatItAdds) {
  SetClusters({Named(1, "dev")});
  Told({"--context-name", "{name}"});
  const int asked = Asked("DescribeClusterUserKubeconfig");
  EXPECT_THAT(world_.Run({"kubectl", "get", "namespace", "-o", "name"}).out, HasSubstr("namespace/default"));
  EXPECT_EQ(Asked("DescribeClusterUserKubeconfig"), asked);
}

TEST_F(SyncTest, WhatIsRenamedStaysRenamed) {
  SetClusters({Named(1, "dev"), Named(2, "prod")});
  Told({"--context-name", "{name}"});
  ASSERT_EQ(world_.Run({"kubectl", "config", "rename-context", "dev", "mine"}).status, 0);
  SetClusters({Named(1, "dev"), Named(2, "production")});
  EXPECT_EQ(Told({"--context-name", "{name}", "--prune"}), "");
  EXPECT_THAT(ContextNames(), ElementsAre("mine", "prod"));
}

TEST_F(SyncTest, TwoContextsOfOneUserStay) {
  SetClusters({Named(1, "dev")});
  Told({"--context-name", "{name}"});
  world_.Run({"kubectl", "config", "rename-context", "dev", "one"});
  world_.Run({"kubectl", "config", "set-context", "two", "--cluster", "dev", "--user", "dev"});
  EXPECT_EQ(Told({"--context-name", "{name}"}), "");
  EXPECT_THAT(ContextNames(), ElementsAre("one", "two"));
}

TEST_F(SyncTest, NamesWhatIsGoneAndPrunesItWhenTold) {
  Spill(config_, kForeign);
  SetClusters({Named(1, "dev"), Named(2, "prod")});
  Told({"--context-name", "{name}"});
  SetClusters({Named(1, "dev")});
  EXPECT_EQ(Told({}), "gone: cluster " + IdOf(2) + " of context prod, which --prune removes\n" +
                          "in all: 0 added, 0 changed, 0 removed, 1 as they were, 1 gone\n");
  EXPECT_THAT(ContextNames(), ElementsAre("dev", "prod"));
  EXPECT_EQ(Told({"--prune"}),
            "removed context prod: its cluster is gone\n"
            "in all: 0 added, 0 changed, 1 removed, 1 as they were\n");
  EXPECT_THAT(ContextNames(), ElementsAre("dev"));
  EXPECT_EQ(Told({"--prune"}), "");
  EXPECT_EQ(Foreign(), kForeign);
}

TEST_F(SyncTest, ADryRunSaysWhatWouldBeDoneAndWritesNothing) {
  SetClusters({Named(1, "dev"), Named(2, "prod")});
  Told({"--context-name", "{name}"});
  const std::string before = Kubeconfig();
  SetClusters({Named(1, "dev"), Named(3, "new")});
  EXPECT_EQ(Told({"--prune", "--dry-run", "--context-name", "{name}"}),
            "would remove context prod: its cluster is gone\n"
            "would add context new of cluster new (" +
                IdOf(3) + ")\n" + "in all: 1 to add, 0 to change, 1 to remove, 1 as they are\n");
  EXPECT_EQ(Kubeconfig(), before);
}

TEST_F(SyncTest, AClusterThatWasMadeAnewGetsItsNameBack) {
  SetClusters({Named(1, "dev"), Named(2, "prod")});
  Told({"--context-name", "{name}"});
  SetClusters({Named(1, "dev"), Named(3, "prod")});
  Told({"--context-name", "{name}", "--prune"});
  EXPECT_EQ(Contexts().at("prod"), IdOf(3) + " ");
}

TEST_F(SyncTest, ANameThatIsTakenGetsTheBeginningOfTheId) {
  Spill(config_, kForeign);
  SetClusters({Named(1, "dev")});
  Told({"--context-name", "{name}"});
  SetClusters({Named(1, "old"), {{"id", "c9"}, {"name", "dev"}}, {{"id", "c8"}, {"name", "home"}}});
  Told({"--context-name", "{name}"});
  EXPECT_THAT(ContextNames(), ElementsAre("dev", "dev-c9", "home-c8"));
  EXPECT_EQ(Told({"--context-name", "{name}"}), "");
  EXPECT_EQ(Foreign(), kForeign);
}

TEST_F(SyncTest, WhatAnEntryHasOfItsOwnStays) {
  SetClusters({Named(1, "dev"), Named(2, "prod")});
  ASSERT_EQ(Writer("install ack", {"--all", "--store", "disk", "--duration", "2h"}).status, 0);
  const std::string before = Kubeconfig();
  EXPECT_EQ(Told({}), "");
  EXPECT_EQ(Kubeconfig(), before);
}

TEST_F(SyncTest, CompletesWhatSomebodyHasDeleted) {
  SetClusters({Named(1, "dev"), Named(2, "prod")});
  Told({"--context-name", "{name}"});
  world_.Run({"kubectl", "config", "delete-context", "dev"});
  world_.Run({"kubectl", "config", "delete-cluster", "prod"});
  EXPECT_THAT(Told({"--context-name", "{name}"}),
              HasSubstr("completed context dev\ncompleted context prod\n"));
  EXPECT_EQ(Told({"--context-name", "{name}"}), "");
}

TEST_F(SyncTest, AServerThatIsNotOfAckIsToldAndTakenBackWhenAsked) {
  SetClusters({Named(1, "dev")});
  Told({"--context-name", "{name}"});
  world_.Run({"kubectl", "config", "set-cluster", "dev", "--server", "https://192.0.2.9:6443"});
  EXPECT_THAT(Told({}), HasSubstr("kept server https://192.0.2.9:6443 of context dev, which is not ACK's"));
  EXPECT_THAT(Told({"--server", "ack"}), HasSubstr("changed context dev: server https://192.0.2.9:6443 -> "));
  EXPECT_EQ(Told({}), "");
  world_.Run({"kubectl", "config", "set-cluster", "dev", "--server", "https://127.0.0.1:6443",
              "--tls-server-name", "localhost"});
  EXPECT_EQ(Told({}), "");
}

// ---- what somebody has arranged otherwise

TEST_F(SyncTest, AContextThatLeadsToATunnelStays) {
  SetClusters({Named(1, "dev")});
  Told({"--context-name", "{name}"});
  world_.Run({"kubectl", "config", "set-cluster", "tunnel", "--server", "https://127.0.0.1:6443"});
  world_.Run({"kubectl", "config", "set-context", "dev", "--cluster", "tunnel"});
  const std::string before = Kubeconfig();
  EXPECT_EQ(Told({"--context-name", "{name}"}), "");
  EXPECT_EQ(Kubeconfig(), before);
  world_.Run({"kubectl", "config", "rename-context", "dev", "mine"});
  EXPECT_EQ(Told({"--context-name", "{name}"}), "");
  EXPECT_EQ(Told({"--context-name", "{name}", "--server", "ack"}), "");
  EXPECT_THAT(ContextNames(), ElementsAre("mine"));
}

TEST_F(SyncTest, OneClusterOfThreeIdentities) {
  SetClusters({Named(1, "dev")});
  Told({"--context-name", "{name}"});
  EXPECT_THAT(Told({"--profile", "a2", "--context-name", "{name}"}), HasSubstr("context dev-c0000000 of"));
  EXPECT_THAT(Told({"--profile", "a", "--context-name", "{name}"}), HasSubstr("context dev-c0000000-2 of"));
  for (const Args& who : {Args{}, Args{"--profile", "a2"}, Args{"--profile", "a"}})
    EXPECT_EQ(Told(who + Args{"--context-name", "{name}"}), "");
}

// The user in one file, its cluster and its context in the next.
class SplitTest : public SyncTest {
 protected:
  void SetUp() override {
    SyncTest::SetUp();
    SetClusters({Named(1, "dev"), Named(2, "prod")});
    Told({"--context-name", "{name}"});
    Spill(world_.home.Path("second"), "");
    world_.Run({"kubectl", "config", "--kubeconfig", world_.home.Path("second"), "set-cluster", "dev",
                "--server", "https://127.0.0.1:6443"});
    world_.Run({"kubectl", "config", "--kubeconfig", world_.home.Path("second"), "set-context", "dev",
                "--cluster", "dev", "--user", "dev"});
    world_.Run({"kubectl", "config", "delete-context", "dev"});
    world_.Run({"kubectl", "config", "delete-cluster", "dev"});
    world_.env["KUBECONFIG"] = config_ + ":" + world_.home.Path("second");
  }
};

TEST_F(SplitTest, AnEntryInTwoFilesIsWhole) {
  const std::string before = Kubeconfig(), second = Slurp(world_.home.Path("second"));
  EXPECT_EQ(Told({"--context-name", "{name}"}), "");
  EXPECT_EQ(Told({"--context-name", "{name}", "--server", "ack"}), "");
  EXPECT_EQ(Kubeconfig(), before);
  EXPECT_EQ(Slurp(world_.home.Path("second")), second);
}

TEST_F(SplitTest, WhatIsLeftInTheOtherFileIsSaid) {
  SetClusters({Named(2, "prod"), Named(3, "dev")});
  const std::string second = Slurp(world_.home.Path("second"));
  const std::string told = Told({"--context-name", "{name}", "--prune"});
  EXPECT_THAT(told, HasSubstr("removed user dev: its cluster is gone\n"));
  EXPECT_THAT(told, HasSubstr("warning: context dev: leads to dev still, which is gone\n"));
  EXPECT_THAT(told, HasSubstr("kubectl config delete-context dev\n"));
  EXPECT_EQ(Slurp(world_.home.Path("second")), second);
}

// ---- what is never removed

TEST_F(SyncTest, NothingOfAnotherRegionIsGone) {
  SetClusters({Named(1, "dev"), {{"id", "c2"}, {"name", "far"}, {"region", "cn-beijing"}}});
  Told({"--context-name", "{name}"});
  SetClusters({Named(1, "dev")});
  EXPECT_EQ(Told({"--prune", "--region", "cn-hangzhou"}), "");
  EXPECT_EQ(Told({"--prune", "--region", "cn-hangzhou,cn-shanghai"}), "");
  EXPECT_THAT(Told({"--prune", "--region", "cn-hangzhou,cn-beijing"}), HasSubstr("removed context far"));
}

TEST_F(SyncTest, NothingIsGoneBecauseAFilterDoesNotTakeIt) {
  SetClusters({Named(1, "dev"), Named(2, "prod")});
  Told({"--context-name", "{name}"});
  EXPECT_EQ(Told({"--prune", "--name-pattern", "d*"}), "");
}

TEST_F(SyncTest, NothingOfAnotherIdentityIsGone) {
  SetClusters({Named(1, "dev"), Named(2, "prod")});
  Told({"--profile", "a", "--context-name", "{name}"});
  SetClusters({Named(1, "dev", kAccountOfB)});
  EXPECT_THAT(Told({"--profile", "b", "--prune", "--context-name", "{name}-b"}), HasSubstr("1 added"));
  EXPECT_THAT(ContextNames(), ElementsAre("dev", "dev-b", "prod"));
}

TEST_F(SyncTest, WhoAsksMayBeAnotherAccountByNow) {
  SetClusters({Named(1, "dev"), Named(2, "prod"), Named(3, "theirs", kAccountOfB)});
  Told({"--context-name", "{name}"});
  std::string other = kProfiles;
  other.replace(other.find("\"current\": \"a\""), 14, "\"current\": \"b\"");
  Spill(world_.home.Path(".aliyun/config.json"), other);
  const ProcessResult result = Sync({"--prune", "--context-name", "{name}"});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err,
              HasSubstr("error: --prune: nothing is removed: none of the 2 contexts is of a cluster "
                        "that this identity can see"));
  EXPECT_THAT(ContextNames(), ElementsAre("dev", "prod", "theirs"));
}

// What names a source alone names nobody.
TEST_F(SyncTest, ASourceMayHaveAnotherAccountByNow) {
  SetClusters({Named(1, "dev"), Named(2, "theirs", kAccountOfB)});
  world_.env["ALIBABA_CLOUD_ACCESS_KEY_ID"] = "sandbox-alice";
  world_.env["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "sandbox-alice-secret";
  for (const std::string source : {"environment", "aliyun-profile"})
    Told({"--identity", source, "--context-name", "{name}-" + source});
  world_.env["ALIBABA_CLOUD_ACCESS_KEY_ID"] = "sandbox-stranger";
  world_.env["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "sandbox-stranger-secret";
  std::string other = kProfiles;
  other.replace(other.find("\"current\": \"a\""), 14, "\"current\": \"b\"");
  Spill(world_.home.Path(".aliyun/config.json"), other);
  for (const std::string source : {"environment", "aliyun-profile"}) {
    const ProcessResult result =
        Sync({"--identity", source, "--prune", "--context-name", "{name}-" + source});
    EXPECT_EQ(result.status, 1);
    EXPECT_THAT(result.err, HasSubstr("error: --prune: nothing is removed: none of the 1 contexts is of"));
  }
  EXPECT_THAT(ContextNames(), ElementsAre("dev-aliyun-profile", "dev-environment", "theirs-aliyun-profile",
                                          "theirs-environment"));
}

TEST_F(SyncTest, AProfileThatIsNamedIsTakenAtItsWord) {
  SetClusters({Named(1, "dev")});
  Told({"--profile", "a", "--context-name", "{name}"});
  SetClusters({Named(2, "theirs", kAccountOfB)});
  EXPECT_THAT(Told({"--profile", "a", "--prune"}), HasSubstr("removed context dev"));
}

// A stanza's variables say who asks as its flags do.
TEST_F(SyncTest, AVariableInAStanzaIsAnotherIdentity) {
  SetClusters({Named(1, "dev"), Named(2, "theirs", kAccountOfB), Named(3, "more", kAccountOfB)});
  const Args with_env = {"--context-name", "{name}", "--with-env"};
  world_.env["ALIBABA_CLOUD_PROFILE"] = "b";
  Told(with_env);
  world_.env.erase("ALIBABA_CLOUD_PROFILE");
  Told({"--context-name", "{name}"});
  EXPECT_EQ(Told({"--prune"}), "");
  EXPECT_THAT(ContextNames(), ElementsAre("dev", "more", "theirs"));
  world_.env["ALIBABA_CLOUD_PROFILE"] = "b";
  EXPECT_EQ(Told(with_env), "");
  SetClusters({Named(1, "dev"), Named(3, "more", kAccountOfB)});
  EXPECT_THAT(Told(with_env + Args{"--prune"}), HasSubstr("removed context theirs"));
  world_.env["ALIBABA_CLOUD_PROFILE"] = "a";  // as is without it
  EXPECT_EQ(Told(with_env + Args{"--prune"}), "");
  EXPECT_THAT(ContextNames(), ElementsAre("dev", "more"));
}

TEST_F(SyncTest, AClusterThatOnlyAnotherIdentityHasIsAdded) {
  SetClusters({Named(1, "dev")});
  world_.env["ALIBABA_CLOUD_PROFILE"] = "a2";
  Told({"--context-name", "bobs-{name}", "--with-env"});
  world_.env.erase("ALIBABA_CLOUD_PROFILE");
  EXPECT_THAT(Told({"--context-name", "{name}"}), HasSubstr("added context dev"));
}

// What is stored is of whom the stanza stands for, not of who takes it out.
TEST_F(SyncTest, WhatIsForgottenIsOfTheStanza) {
  SetClusters({Named(1, "dev")});
  const Args install = {"--name", "dev", "--store", "disk", "--context-name"};
  ASSERT_EQ(Writer("install ack", install + Args{"as-alice"}).status, 0);
  world_.env["ALIBABA_CLOUD_PROFILE"] = "a2";
  ASSERT_EQ(Writer("install ack", install + Args{"as-bob", "--with-env"}).status, 0);
  world_.env.erase("ALIBABA_CLOUD_PROFILE");
  const auto stored = [this] {
    return json::parse(world_.Run({"credential_provider", "status", "-o", "json"}).out).size();
  };
  const auto state_of_alice = [this] {
    const json list = json::parse(world_.Run({"kubeconfig_writer", "list", "-o", "json"}).out);
    return list[0].at("context") == "as-alice" ? list[0].at("state") : json();
  };
  ASSERT_EQ(stored(), 2u);
  ASSERT_EQ(world_.Run({"kubeconfig_writer", "uninstall", "as-bob"}).status, 0);
  EXPECT_EQ(stored(), 1u);
  EXPECT_EQ(state_of_alice(), "stored");
  world_.env["ALIBABA_CLOUD_PROFILE"] = "a2";
  ASSERT_EQ(Writer("install ack", install + Args{"as-bob", "--with-env"}).status, 0);
  world_.env.erase("ALIBABA_CLOUD_PROFILE");
  ASSERT_EQ(stored(), 2u);
  ASSERT_EQ(Writer("install ack", install + Args{"as-bob", "--replace"}).status, 0);
  EXPECT_EQ(stored(), 1u);
  EXPECT_EQ(state_of_alice(), "stored");
}

TEST_F(SyncTest, NothingIsRemovedWhenTheListIsNotWhole) {
  std::vector<json> clusters;
  for (int i = 1; i <= 60; ++i) clusters.push_back(Named(i, absl::StrCat("n", i)));
  SetClusters(clusters);
  Told({"--context-name", "{name}", "--profile", "a"});
  clusters.erase(clusters.begin());
  SetClusters(clusters);
  const std::string before = Kubeconfig();
  // The first page comes, the second does not.
  world_.sandbox.Post("/fault", {{"match", {{"action", "DescribeClustersV1"}}}, {"delay_ms", 1}});
  world_.sandbox.Post(
      "/fault", {{"match", {{"action", "DescribeClustersV1"}}}, {"error", "StatusForbidden"}, {"times", -1}});
  const ProcessResult result = Sync({"--prune", "--profile", "a"});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(Kubeconfig(), before);
}

// ---- the current-context

TEST_F(SyncTest, TheOnlyContextBecomesTheCurrentOne) {
  SetClusters({Named(1, "dev")});
  EXPECT_THAT(Told({"--context-name", "{name}"}),
              HasSubstr("context dev is the current-context, the only one\n"));
  EXPECT_EQ(CurrentContext(), "dev\n");
}

TEST_F(SyncTest, OfSeveralNoneIsChosen) {
  SetClusters({Named(1, "dev"), Named(2, "prod")});
  Told({"--context-name", "{name}"});
  EXPECT_EQ(CurrentContext(), "");
}

TEST_F(SyncTest, ACurrentContextThatGoesIsSaidToBeMissing) {
  SetClusters({Named(1, "dev"), Named(2, "prod"), Named(3, "test")});
  Told({"--context-name", "{name}"});
  ASSERT_EQ(world_.Run({"kubeconfig_writer", "use", "test"}).status, 0);
  ASSERT_EQ(world_.Run({"kubeconfig_writer", "use", "prod"}).status, 0);
  SetClusters({Named(1, "dev"), Named(3, "test")});
  EXPECT_THAT(Told({"--prune"}),
              HasSubstr("no current-context any more: it was of the cluster of prod, which is gone\n"));
  EXPECT_EQ(CurrentContext(), "");
  EXPECT_EQ(Told({"--prune"}), "");
}

// Who has typed kubectl all day means the cluster that is gone, not the one that is left.
TEST_F(SyncTest, TheOneThatIsLeftIsNotChosen) {
  SetClusters({Named(1, "dev"), Named(2, "prod")});
  Told({"--context-name", "{name}"});
  ASSERT_EQ(world_.Run({"kubeconfig_writer", "use", "dev"}).status, 0);
  SetClusters({Named(2, "prod")});
  EXPECT_THAT(Told({"--prune", "--dry-run"}), HasSubstr("no current-context any more: it is of"));
  EXPECT_THAT(Told({"--prune"}), HasSubstr("no current-context any more: it was of"));
  EXPECT_EQ(CurrentContext(), "");
  EXPECT_EQ(Told({"--prune"}), "");
  EXPECT_EQ(CurrentContext(), "") << "nor later";
}

TEST_F(SyncTest, NothingIsSaidOfWhatCouldNotBeWritten) {
  const std::string lock = config_ + ".lock";
  const auto sync = [this, &lock](const Args& more) {
    Spill(lock, "");
    const ProcessResult result = Sync(more);
    EXPECT_EQ(result.status, 1);
    EXPECT_THAT(result.err, HasSubstr("config.lock"));
    std::filesystem::remove(lock);
    return result.out;
  };
  SetClusters({Named(1, "dev")});
  EXPECT_EQ(sync({"--context-name", "{name}"}), "");
  Told({"--context-name", "{name}", "--profile", "a"});
  SetClusters({Named(2, "theirs", kAccountOfB)});
  EXPECT_EQ(sync({"--prune", "--profile", "a"}), "");
  EXPECT_EQ(CurrentContext(), "dev\n");
}

TEST_F(SyncTest, ACurrentContextThatWasThereBeforeComesNotBackUnasked) {
  Spill(config_, kForeign);
  SetClusters({Named(1, "dev"), Named(2, "prod")});
  Told({"--context-name", "{name}"});
  ASSERT_EQ(world_.Run({"kubeconfig_writer", "use", "prod"}).status, 0);
  SetClusters({Named(1, "dev")});
  EXPECT_THAT(Told({"--prune"}), HasSubstr("no current-context any more"));
  EXPECT_EQ(CurrentContext(), "");
}

// ---- several accounts

TEST_F(SyncTest, SeveralAccountsInOneRun) {
  SetClusters({Named(1, "dev"), Named(2, "prod", kAccountOfB)});
  EXPECT_THAT(Told({"--profile", "a,b", "--context-name", "{name}-{profile}"}), HasSubstr("in all: 2 added"));
  EXPECT_EQ(Contexts(),
            (std::map<std::string, std::string>{{"dev-a", IdOf(1) + " a"}, {"prod-b", IdOf(2) + " b"}}));
  EXPECT_EQ(Told({"--profile", "a,b", "--context-name", "{name}-{profile}"}), "");
  EXPECT_EQ(Told({"--profile", "b,a"}), "");
}

TEST_F(SyncTest, NamesakesOfTwoAccountsAreToldApart) {
  SetClusters({{{"id", "c1111111111"}, {"name", "dev"}, {"account", kAccountOfA}},
               {{"id", "c2222222222"}, {"name", "dev"}, {"account", kAccountOfB}}});
  Told({"--profile", "a,b", "--context-name", "{name}"});
  EXPECT_THAT(ContextNames(), ElementsAre("dev-c1111111", "dev-c2222222"));
}

TEST_F(SyncTest, OneClusterThatTwoProfilesSeeNeedsTheirNames) {
  SetClusters({Named(1, "dev")});
  const ProcessResult result = Sync({"--profile", "a,a2"});
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, HasSubstr("--context-name: gives cluster " + IdOf(1) +
                                    ", which several profiles see, one name: use {profile}"));
  EXPECT_FALSE(std::filesystem::exists(config_));
  EXPECT_THAT(Told({"--profile", "a,a2", "--context-name", "{name}-{profile}"}), HasSubstr("2 added"));
}

TEST_F(SyncTest, AnAccountThatFailsLosesNothingAndStopsNobody) {
  SetClusters({Named(1, "dev"), Named(2, "old"), Named(3, "theirs", kAccountOfB)});
  Told({"--profile", "a,b", "--context-name", "{name}"});
  SetClusters({Named(1, "dev"), Named(4, "new")});
  world_.sandbox.Post(
      "/fault",
      {{"match", {{"access_key_id", "sandbox-stranger"}}}, {"error", "StatusForbidden"}, {"times", -1}});
  const ProcessResult result = Sync({"--profile", "a,b", "--context-name", "{name}", "--prune"});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("error: profile b: "));
  EXPECT_THAT(ContextNames(), ElementsAre("dev", "new", "theirs"));
}

TEST_F(SyncTest, InstallOfAllTakesSeveralProfilesToo) {
  SetClusters({Named(1, "dev"), Named(2, "prod", kAccountOfB)});
  const Args install = {"--all", "--profile", "a,b", "--context-name", "{name}@{account}", "--store", "disk"};
  const ProcessResult result = Writer("install ack", install);
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(ContextNames(),
              ElementsAre(absl::StrCat("dev@", kAccountOfA), absl::StrCat("prod@", kAccountOfB)));
  const ProcessResult one = Writer("install ack", {"--name", "dev", "--profile", "a,b"});
  EXPECT_EQ(one.status, 2);
  EXPECT_THAT(one.err, HasSubstr("--profile: several only with --all"));
}

TEST_F(SyncTest, ClustersSaysWhoseEachIs) {
  SetClusters({Named(1, "dev"), Named(2, "prod", kAccountOfB)});
  const ProcessResult table = Writer("clusters", {"--profile", "a,b"});
  EXPECT_THAT(table.out, testing::StartsWith("PROFILE  ID"));
  EXPECT_THAT(table.out, HasSubstr("\na        " + IdOf(1)));
  const json rows = json::parse(Writer("clusters", {"--profile", "a,b", "-o", "json"}).out);
  EXPECT_EQ(rows[1].at("profile"), "b");
  const ProcessResult failed = Writer("clusters", {"--profile", "a,nobody", "-o", "name"});
  EXPECT_EQ(failed.status, 1);
  EXPECT_EQ(failed.out, "dev\n");
  EXPECT_THAT(failed.err, HasSubstr("error: profile nobody: "));
}

// ---- which of them

class FilterTest : public SyncTest {
 protected:
  void SetUp() override {
    SyncTest::SetUp();
    SetClusters({{{"id", "c1"}, {"name", "prod-1"}, {"region", "cn-hangzhou"}, {"tags", {{"team", "web"}}}},
                 {{"id", "c2"}, {"name", "prod-2"}, {"region", "cn-beijing"}, {"resource_group", "rg-2"}},
                 {{"id", "c3"}, {"name", "test"}, {"region", "cn-hangzhou"}, {"profile", "Serverless"}},
                 {{"id", "c4"},
                  {"name", "late"},
                  {"region", "cn-shanghai"},
                  {"state", "stopped"},
                  {"tags", {{"team", "db"}, {"cost", "7"}}}}});
  }
  std::string Taken(const Args& filter) {
    std::string names = Writer("clusters", filter + Args{"-o", "name"}).out;
    std::replace(names.begin(), names.end(), '\n', ' ');
    return names;
  }
};

TEST_F(FilterTest, TakesWhatFitsAll) {
  const struct {
    Args filter;
    const char* taken;
  } rows[] = {
      {{}, "prod-2 prod-1 test late "},
      {{"--region", "all"}, "prod-2 prod-1 test late "},
      {{"--region", "cn-hangzhou"}, "prod-1 test "},
      {{"--region", "cn-hangzhou,cn-shanghai"}, "prod-1 test late "},
      {{"--name-pattern", "prod-*"}, "prod-2 prod-1 "},
      {{"--type", "serverless"}, "test "},
      {{"--type", "managed,serverless"}, "prod-2 prod-1 test late "},
      {{"--state", "stopped"}, "late "},
      {{"--tag", "team"}, "prod-1 late "},
      {{"--tag", "team=web"}, "prod-1 "},
      {{"--tag", "team=db,cost=7"}, "late "},
      {{"--tag", "team=db,cost=8"}, ""},
      {{"--resource-group", "rg-2"}, "prod-2 "},
      {{"--name-pattern", "prod-*", "--region", "cn-hangzhou"}, "prod-1 "},
  };
  for (const auto& row : rows) EXPECT_EQ(Taken(row.filter), row.taken) << testing::PrintToString(row.filter);
}

TEST_F(FilterTest, InstallAndSyncTakeTheSame) {
  const Args filter = {"--name-pattern", "prod-*", "--context-name", "{name}", "--store", "disk"};
  EXPECT_EQ(Writer("install ack", filter + Args{"--all", "--tag", "team=web"}).status, 0);
  EXPECT_THAT(ContextNames(), ElementsAre("prod-1"));
  EXPECT_EQ(Writer("sync", filter).status, 0);
  EXPECT_THAT(ContextNames(), ElementsAre("prod-1", "prod-2"));
}

TEST_F(FilterTest, RefusesWhatCannotBe) {
  const struct {
    Args filter;
    const char* message;
  } rows[] = {
      {{"--type", "serverles"}, "--type serverles: not one of managed, "},
      {{"--state", "runing"}, "--state runing: not one of running, "},
      {{"--region", "all,cn-hangzhou"}, "--region: all, or names of regions, and not both"},
      {{"--region", "cn-hangzhou,http://x"}, "not a region"},
      {{"--tag", "=x"}, "--tag: not KEY or KEY=VALUE"},
      {{"--tag", ","}, "--tag: is empty"},
      {{"--type", ","}, "--type: is empty"},
      {{"--state", " , "}, "--state: is empty"},
      {{"--resource-group", ","}, "--resource-group: is empty"},
      {{"--region", ","}, "--region: is empty"},
  };
  for (const auto& row : rows) {
    const ProcessResult result = Writer("clusters", row.filter);
    EXPECT_EQ(result.status, 2);
    EXPECT_THAT(result.err, HasSubstr(row.message));
  }
  const ProcessResult one = Writer("install ack", {"--name", "test", "--type", "serverless"});
  EXPECT_EQ(one.status, 2);
  EXPECT_THAT(one.err, HasSubstr("--type: only with --all or --interactive"));
}

TEST_F(FilterTest, ARegionThatMayBeMistypedIsNamedAmongOthersToo) {
  const std::string warning = "warning: region cn-hangzho: ";
  const ProcessResult listed =
      Writer("clusters", {"--region", "cn-hangzhou,cn-hangzho,cn-qingdao", "-o", "name"});
  EXPECT_EQ(listed.out, "prod-1\ntest\n");
  EXPECT_THAT(listed.err, HasSubstr(warning));
  EXPECT_THAT(listed.err, HasSubstr("did you mean cn-hangzhou?"));
  EXPECT_THAT(listed.err, HasSubstr("region cn-qingdao: no cluster that this identity can see"));
  EXPECT_THAT(listed.err, Not(HasSubstr("region cn-hangzhou:")));
  const Args regions = {"--region", "cn-hangzhou,cn-hangzho,cn-qingdao", "--context-name", "{name}"};
  for (const ProcessResult& written :
       {Writer("install ack", Args{"--all"} + regions), Writer("sync", regions)}) {
    EXPECT_EQ(written.status, 0) << written.err;
    EXPECT_THAT(written.err, HasSubstr(warning));
    EXPECT_THAT(written.err, Not(HasSubstr("cn-qingdao"))) << "a region may have no cluster";
  }
  EXPECT_EQ(Writer("clusters", {"--region", "cn-beijing", "--type", "serverless"}).err, "")
      << "there is a cluster, of another type";
}

TEST_F(FilterTest, CompletionGoesOnWithAList) {
  const auto complete = [this](const Args& words) {
    return world_.Run(Args{"kubeconfig_writer", "complete", "--"} + words).out;
  };
  EXPECT_EQ(complete({"sync", "--profile", "a,"}), "a,a2\t\na,b\t\n");
  EXPECT_EQ(complete({"clusters", "--type=managed,s"}), "--type=managed,serverless\t\n");
  EXPECT_THAT(complete({"install", "ack", "--region", "cn-hangzhou,cn-beij"}),
              testing::StartsWith("cn-hangzhou,cn-beijing\t\n"));
  EXPECT_EQ(complete({"sync", "--endpoint-type", "a"}), "auto\t\n");
  EXPECT_EQ(complete({"clusters", "--output", "json,"}), "");
}

TEST_F(FilterTest, WhatCannotBeAddedIsCountedWhenAnythingIsTold) {
  EXPECT_THAT(Told({"--context-name", "{name}"}),
              HasSubstr(", 1 skipped (1 is not running: its state is stopped)\n"));
  EXPECT_EQ(Told({"--context-name", "{name}"}), "");
}

// ---- whatever address there is

class EndpointTest : public SyncTest {
 protected:
  std::vector<json> Dev(bool is_public) {
    json dev = Named(1, "dev");
    dev["public"] = is_public;
    return {dev};
  }
  // Puts a program where somebody has installed both. Returns its path.
  std::string Put(const std::string& program) {
    std::filesystem::create_directories(world_.home.Path("bin"));
    const std::string path = world_.home.Path("bin/" + program);
    std::filesystem::copy_file(Runfile(program + "/" + program), path);
    world_.secret_files.insert("bin/" + program);  // OpenSSL in it has the words of keys
    return path;
  }
  // The endpoint type in the stanza of the only context.
  std::string InStanza() {
    return Kubeconfig().find("--endpoint-type") == std::string::npos ? "public" : "private";
  }
};

TEST_F(EndpointTest, AutoIsThePublicAddressWhereThereIsOne) {
  const Args install = {"--all", "--endpoint-type", "auto", "--store", "disk"};
  SetClusters(Dev(true));
  EXPECT_EQ(Writer("install ack", install).status, 0);
  EXPECT_EQ(InStanza(), "public");
  SetClusters(Dev(false));
  const ProcessResult moved = Writer("install ack", install);
  EXPECT_THAT(moved.out, HasSubstr("(default) -> --endpoint-type private"));
  EXPECT_EQ(InStanza(), "private");
}

TEST_F(EndpointTest, AutoForOneClusterToo) {
  SetClusters(Dev(false));
  EXPECT_EQ(Writer("get-credentials", {"dev", "--endpoint-type", "auto"}).status, 0);
  EXPECT_EQ(InStanza(), "private");
  EXPECT_EQ(Writer("install ack", {"--cluster-id", IdOf(1), "--endpoint-type", "auto"}).status, 0);
}

TEST_F(EndpointTest, SyncFollowsTheAddresses) {
  SetClusters(Dev(true));
  Told({"--endpoint-type", "auto"});
  SetClusters(Dev(false));
  EXPECT_THAT(Told({"--endpoint-type", "auto"}), HasSubstr("(default) -> --endpoint-type private, server "));
  EXPECT_EQ(Told({"--endpoint-type", "auto"}), "");
  EXPECT_EQ(Told({}), "");  // what is there keeps its own
  SetClusters(Dev(true));
  EXPECT_EQ(Told({}), "");
  EXPECT_THAT(Told({"--endpoint-type", "auto"}), HasSubstr("1 changed"));
  EXPECT_EQ(InStanza(), "public");
}

TEST_F(EndpointTest, AStanzaHoldsWhatDecides) {
  const ProcessResult result = world_.Run(world_.GetAck({"--endpoint-type", "auto"}));
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, HasSubstr("--endpoint-type auto: neither public nor private"));
  EXPECT_THAT(Writer("install ack", {"--all", "--endpoint-type", "atuo"}).err,
              HasSubstr("--endpoint-type atuo: not one of public, private, auto"));
}

// A default is for all commands: it must not stand in the way of those that cannot follow it.
TEST_F(EndpointTest, AutoAsADefaultBreaksNothing) {
  const std::string writer = Put("kubeconfig_writer"), provider = Put("credential_provider");
  world_.env["CREDENTIAL_PROVIDER_ENDPOINT_TYPE"] = "auto";
  SetClusters(Dev(false));
  const Args place = {"--cs-endpoint", world_.sandbox.Value("cloud"), "--store", "disk"};
  const ProcessResult installed = world_.Run(Args{writer, "install", "ack", "--name", "dev"} + place);
  ASSERT_EQ(installed.status, 0) << installed.err;
  EXPECT_EQ(InStanza(), "private");
  world_.secret_files.insert("exported");
  const Args of_context[] = {
      {"doctor"}, {"explain"}, {"whoami"}, {"status", "ack-" + IdOf(1)},                    //
      {"verify"}, {"warm"},    {"list"},   {"export", "-o", world_.home.Path("exported")},  //
      {"config"}, {"forget"}};
  for (const Args& args : of_context) {
    const ProcessResult result = world_.Run(Args{writer} + args);
    EXPECT_EQ(result.status, 0) << testing::PrintToString(args) << result.err;
  }
  SetClusters(Dev(true));
  for (const std::string& program : {writer, provider}) {
    for (const char* const command : {"get", "doctor", "explain", "forget"}) {
      const ProcessResult result =
          world_.Start(Args{program, command, "ack", "--cluster-id", IdOf(1)} + place, "");
      EXPECT_EQ(result.status, 0) << program << " " << command << result.err;
    }
  }
}

// ---- a fleet over time

// What should be there: each cluster's context, and what it is called in the cloud.
class FleetTest : public SyncTest {
 protected:
  struct Ours {
    std::string in_cloud;
    bool of_b = false;
    std::string context = "";  // since it was first seen
  };

  void Appear(int number) { fleet_[number] = {absl::StrCat("n", number), number % 5 == 0}; }
  void RenameInCloud(int number, const std::string& name) { fleet_.at(number).in_cloud = name; }
  void RenameContext(int number, const std::string& name) {
    Ours& ours = fleet_.at(number);
    EXPECT_EQ(world_.Run({"kubectl", "config", "rename-context", ours.context, name}).status, 0);
    ours.context = name;
  }

  // Runs sync with the cloud as it should be, and compares all that can be compared.
  void Check(const std::string& sum) {
    std::vector<json> clusters;
    std::map<std::string, std::string> expected;
    for (auto& [number, ours] : fleet_) {
      clusters.push_back(Named(number, ours.in_cloud, ours.of_b ? kAccountOfB : kAccountOfA));
      if (ours.context.empty()) ours.context = ours.in_cloud;
      expected[ours.context] = absl::StrCat(IdOf(number), ours.of_b ? " b" : " a");
    }
    SetClusters(clusters);
    const std::string foreign = Foreign();
    EXPECT_THAT(Told(kSync), HasSubstr(sum));
    EXPECT_EQ(Contexts(), expected);
    EXPECT_EQ(Foreign(), foreign);
    const std::string before = Kubeconfig();
    EXPECT_EQ(Told(kSync), "") << "the second run";
    EXPECT_EQ(Kubeconfig(), before);
    EXPECT_EQ(CurrentContext(), "home\n");
  }

  const Args kSync = {"--profile", "a,b", "--prune", "--context-name", "{name}"};
  std::map<int, Ours> fleet_;
};

TEST_F(FleetTest, TheKubeconfigIsRightAfterEachStep) {
  Spill(config_, kForeign);
  for (int i = 1; i <= 60; ++i) Appear(i);
  Check("in all: 60 added, 0 changed, 0 removed, 0 as they were\n");
  EXPECT_EQ(Foreign(), kForeign);

  for (int i = 61; i <= 100; ++i) Appear(i);
  Check("in all: 40 added, 0 changed, 0 removed, 60 as they were\n");
  EXPECT_EQ(Foreign(), kForeign);

  for (int round = 1; round <= 2; ++round) {
    const int first = round * 10;
    for (int i = first; i < first + 5; ++i) fleet_.erase(i);
    for (int i = first + 5; i < first + 10; ++i) RenameInCloud(i, absl::StrCat("cloud-", round, "-", i));
    for (int i = 90; i < 93; ++i) RenameContext(i, absl::StrCat("mine-", round, "-", i));
    RenameInCloud(90, absl::StrCat("both-", round));
    Appear(100 + round);
    Check(absl::StrCat("in all: 1 added, 0 changed, 5 removed, ", 100 - round * 5 + (round - 1),
                       " as they were\n"));
  }

  // Some come back, one that the user had renamed goes, and so does the whole of an account.
  for (int i = 10; i < 15; ++i) Appear(i);
  fleet_.erase(91);
  Check("in all: 5 added, 0 changed, 1 removed");
  for (auto it = fleet_.begin(); it != fleet_.end();) it = it->second.of_b ? fleet_.erase(it) : std::next(it);
  Check(" removed, ");
}

}  // namespace
}  // namespace credential_provider
