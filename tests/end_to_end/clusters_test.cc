// The commands of `kubeconfig_writer` that are about clusters, and what their work is good for in kubectl.
#include <sys/stat.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"
#include "tests/testing/at_terminal.h"

namespace credential_provider {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> operator+(std::vector<std::string> a, const std::vector<std::string>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

bool HasKubectl(World& world) {
  return world.Run({"sh", "-c", "command -v kubectl >/dev/null && kubectl version --client"}).status == 0;
}

class ClustersTest : public testing::Test {
 protected:
  ProcessResult Writer(const std::vector<std::string>& args) {
    return world_.Run(std::vector<std::string>{"kubeconfig_writer"} + args +
                      std::vector<std::string>{"--cs-endpoint", world_.sandbox.Value("cloud")});
  }
  ProcessResult WriterAtTerminal(const std::vector<std::string>& args, const std::string& typed) {
    return RunAtTerminal(std::vector<std::string>{Runfile("kubeconfig_writer/kubeconfig_writer")} + args +
                             std::vector<std::string>{"--cs-endpoint", world_.sandbox.Value("cloud")},
                         world_.env, typed);
  }
  ProcessResult Export(const std::vector<std::string>& more = {}) {
    return Writer(
        std::vector<std::string>{"export", "--cluster-id", kCluster, "--duration", "4h", "-o", exported_} +
        more);
  }
  ProcessResult Kubectl(const std::string& kubeconfig) {
    return world_.Run({"kubectl", "--kubeconfig", kubeconfig, "get", "namespace", "-o", "name"});
  }
  nlohmann::json Stored() {
    return nlohmann::json::parse(
        world_.Run({"credential_provider", "status", "--store", "disk", "--output", "json"}).out);
  }
  std::string Kubeconfig() { return Slurp(world_.home.Path(".kube/config")); }

  World world_{SharedSandbox()};
  const std::string exported_ = world_.home.Path("exported.out");  // it holds a key
};

TEST_F(ClustersTest, AnExportWorksInKubectlWithoutTheProviderUntilItsEnd) {
  if (!HasKubectl(world_)) GTEST_SKIP() << "no kubectl on this machine";
  const ProcessResult exported = Export();
  ASSERT_EQ(exported.status, 0) << exported.err;
  world_.env["PATH"] = "/nonexistent";
  EXPECT_THAT(Kubectl(exported_).out, HasSubstr("namespace/default"));
  world_.sandbox.Post("/clock", {{"skew_s", 4 * 3600 - 60}});
  EXPECT_EQ(Kubectl(exported_).status, 0);
  world_.sandbox.Post("/clock", {{"skew_s", 4 * 3600 + 60}});
  EXPECT_NE(Kubectl(exported_).status, 0);
}

TEST_F(ClustersTest, RevokeEndsAnExport) {
  if (!HasKubectl(world_)) GTEST_SKIP() << "no kubectl on this machine";
  ASSERT_EQ(Export().status, 0);
  ASSERT_EQ(Kubectl(exported_).status, 0);
  ASSERT_EQ(Writer({"revoke", "--cluster-id", kCluster, "--yes"}).status, 0);
  EXPECT_NE(Kubectl(exported_).status, 0);
}

TEST_F(ClustersTest, AnExportSaysWhenItEnds) {
  const ProcessResult exported = Export();
  const std::string text = Slurp(exported_);
  const size_t end = text.find(" until ") + 7;
  EXPECT_EQ(exported.err, "the kubeconfig works until " + text.substr(end, 20) + "\n");
  EXPECT_EQ(exported.out, "wrote " + exported_ + "\n");
  const nlohmann::json request = world_.sandbox.Get("/requests").back();
  EXPECT_THAT(request.at("query").get<std::string>(), HasSubstr("TemporaryDurationMinutes=240"));
}

TEST_F(ClustersTest, AnExportIsForItsOwnerAloneWhateverTheUmask) {
  const mode_t before = umask(0);
  ASSERT_EQ(Export().status, 0);
  umask(before);
  EXPECT_EQ(fs::status(exported_).permissions(), fs::perms(0600));
}

TEST_F(ClustersTest, ForceReplacesTheFileAndNotWhatALinkLeadsTo) {
  Spill(world_.home.Path("other"), "other");
  fs::create_symlink(world_.home.Path("other"), exported_);
  EXPECT_EQ(Export().status, 1);
  EXPECT_EQ(Export({"--force"}).status, 0);
  EXPECT_EQ(Slurp(world_.home.Path("other")), "other");
  EXPECT_FALSE(fs::is_symlink(exported_));
  EXPECT_EQ(fs::status(exported_).permissions(), fs::perms(0600));
}

TEST_F(ClustersTest, AFolderThatOthersCanWriteInIsWarnedOf) {
  fs::permissions(world_.home.path(), fs::perms(0777));
  const ProcessResult exported = Export();
  EXPECT_EQ(exported.status, 0);
  EXPECT_THAT(exported.err,
              HasSubstr("warning: " + world_.home.path() + ": others can write in this folder"));
}

TEST_F(ClustersTest, AnExportGoesToAPipeUnasked) {
  const ProcessResult exported = Writer({"export", "--cluster-id", kCluster});
  EXPECT_EQ(exported.status, 0);
  EXPECT_THAT(exported.out, HasSubstr("client-key-data: "));
}

TEST_F(ClustersTest, AnExportGoesToATerminalOnlyWhenAsked) {
  const ProcessResult refused = WriterAtTerminal({"export", "--cluster-id", kCluster}, "");
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.out, HasSubstr("error: stdout is a terminal"));
  EXPECT_EQ(world_.sandbox.Count("cs"), 0);
  const ProcessResult asked = WriterAtTerminal({"export", "--cluster-id", kCluster, "-o", "-"}, "");
  EXPECT_EQ(asked.status, 0);
  EXPECT_THAT(asked.out, HasSubstr("client-key-data: "));
}

TEST_F(ClustersTest, APersonIsToldWhatIsWaitedForWhenItTakesLong) {
  world_.sandbox.Post("/fault", {{"delay_ms", 2500}, {"times", 2}});
  const ProcessResult told = WriterAtTerminal({"clusters"}, "");
  EXPECT_THAT(told.out, HasSubstr("waiting for " + world_.sandbox.Value("cloud")));
  EXPECT_THAT(told.out, HasSubstr("cn-hangzhou"));
  const ProcessResult quiet = Writer({"clusters"});
  EXPECT_EQ(quiet.status, 0);
  EXPECT_EQ(quiet.err, "");
  const ProcessResult fast = WriterAtTerminal({"clusters"}, "");
  EXPECT_THAT(fast.out, Not(HasSubstr("waiting")));
}

TEST_F(ClustersTest, APersonIsToldOfALockThatIsWaitedFor) {
  std::filesystem::create_directory(world_.home.Path(".kube"));
  Spill(world_.home.Path(".kube/config.lock"), "");
  const ProcessResult result = WriterAtTerminal({"install", "ack", "--cluster-id", kCluster}, "");
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.out, HasSubstr("config.lock, which another program holds"));
}

TEST_F(ClustersTest, RevokeStatesItsEffectAndDoesNothingWithoutAYes) {
  const std::vector<std::string> revoke = {"revoke", "--cluster-id", kCluster, "--store", "disk"};
  const ProcessResult result = WriterAtTerminal(revoke, "y\n");
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.out, HasSubstr("every copy of it stops working"));
  EXPECT_THAT(result.out, HasSubstr("not confirmed: nothing was done"));
  EXPECT_EQ(world_.sandbox.Count("cs"), 0);
  EXPECT_EQ(WriterAtTerminal(revoke, "yes\n").status, 0);
  EXPECT_EQ(world_.sandbox.Count("cs"), 1);
}

TEST_F(ClustersTest, RevokeForgetsWhatIsStoredForTheClusterWhoeverAskedAndHow) {
  const std::vector<std::string> on_disk = {"--store", "disk"};
  world_.Run(world_.GetAck(on_disk));
  world_.Run(world_.GetAck(on_disk + std::vector<std::string>{"--duration", "2h"}));
  world_.Run(world_.GetAck(on_disk, kOtherCluster));
  world_.Run(world_.GetAck(
      on_disk + std::vector<std::string>{"--role-arn", "acs:ram::1000000000000001:role/ack-reader"}));
  const size_t stored = Stored().size();
  ASSERT_GE(stored, 4u);
  const ProcessResult revoked = Writer({"revoke", "--cluster-id", kCluster, "--yes", "--store", "disk"});
  EXPECT_THAT(revoked.out, HasSubstr("stored credentials forgotten: 3"));
  EXPECT_EQ(Stored().size(), stored - 3);
  for (const auto& left : Stored()) EXPECT_NE(left.at("cluster"), kCluster);
}

TEST_F(ClustersTest, InstallAllTwiceIsTheSameAsOnce) {
  ASSERT_EQ(Writer({"install", "ack", "--all"}).status, 0);
  const std::string once = Kubeconfig();
  const ProcessResult again = Writer({"install", "ack", "--all"});
  EXPECT_THAT(again.out, Not(HasSubstr("wrote")));
  EXPECT_EQ(Kubeconfig(), once);
}

TEST_F(ClustersTest, InstallAllReadsAllPages) {
  world_.sandbox.Post("/config", {{"extra_clusters", 60}});
  const ProcessResult all = Writer({"install", "ack", "--all", "--region", "cn-shanghai"});
  EXPECT_EQ(all.status, 0) << all.err;
  for (const char* id : {"c00000000000000000000000000001000", "c0000000000000000000000000000103b"})
    EXPECT_THAT(all.out, HasSubstr(std::string("wrote context ack-") + id));
}

TEST_F(ClustersTest, InstallAllChangesAnEntryWhereItLivesAndAddsTheOthersToTheFirstFile) {
  const std::string first = world_.home.Path("first"), second = world_.home.Path("second");
  Spill(first, "apiVersion: v1\nkind: Config\n");
  world_.env["KUBECONFIG"] = second;
  ASSERT_EQ(Writer({"install", "ack", "--name", "dev"}).status, 0);
  world_.env["KUBECONFIG"] = first + ":" + second;
  const ProcessResult all = Writer({"install", "ack", "--all", "--duration", "2h"});
  EXPECT_THAT(all.out, HasSubstr(std::string("changed context ack-") + kCluster + " in " + second + ": "));
  EXPECT_THAT(all.out, HasSubstr(std::string("wrote context ack-") + kOtherCluster + " to " + first + "\n"));
  EXPECT_THAT(Slurp(first), Not(HasSubstr(kCluster)));
  EXPECT_THAT(Slurp(second), Not(HasSubstr(kOtherCluster)));
}

TEST_F(ClustersTest, KubectlReachesEachClusterOfInstallAll) {
  if (!HasKubectl(world_)) GTEST_SKIP() << "no kubectl on this machine";
  ASSERT_EQ(Writer({"install", "ack", "--all", "--context-name", "{name}"}).status, 0);
  for (const char* context : {"dev", "edge", "registered"}) {
    const ProcessResult result =
        world_.Run({"kubectl", "--context", context, "get", "namespace", "-o", "name"});
    EXPECT_THAT(result.out, HasSubstr("namespace/default")) << result.err;
  }
}

TEST_F(ClustersTest, TheRegionOfTheListGoesIntoTheStanza) {
  ASSERT_EQ(Writer({"install", "ack", "--name", "registered"}).status, 0);
  EXPECT_THAT(Kubeconfig(), HasSubstr("- --region\n      - cn-beijing\n"));
}

TEST_F(ClustersTest, AStanzaThatChangesForgetsWhatTheOldOneHasStored) {
  const std::vector<std::string> install = {"install", "ack", "--cluster-id", kCluster, "--store", "disk"};
  ASSERT_EQ(Writer(install).status, 0);
  world_.Run(world_.GetAck({"--store", "disk"}));
  ASSERT_EQ(Writer(install).status, 0);
  EXPECT_EQ(Stored().size(), 1u);
  ASSERT_EQ(Writer(install + std::vector<std::string>{"--duration", "2h"}).status, 0);
  EXPECT_EQ(Stored().size(), 1u) << "that of the new one alone";
}

TEST_F(ClustersTest, UninstallForgetsWhatTheEntryHasStored) {
  ASSERT_EQ(Writer({"install", "ack", "--cluster-id", kCluster, "--store", "disk"}).status, 0);
  world_.Run(world_.GetAck({"--store", "disk"}));
  ASSERT_EQ(Stored().size(), 1u);
  ASSERT_EQ(world_.Run({"kubeconfig_writer", "uninstall", std::string("ack-") + kCluster}).status, 0);
  EXPECT_EQ(Stored().size(), 0u);
}

TEST_F(ClustersTest, WhatCannotBeForgottenIsAWarning) {
  ASSERT_EQ(Writer({"install", "ack", "--cluster-id", kCluster}).status, 0);
  world_.env.erase("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
  const ProcessResult removed =
      world_.Run({"kubeconfig_writer", "uninstall", std::string("ack-") + kCluster});
  EXPECT_EQ(removed.status, 0);
  EXPECT_THAT(removed.err, HasSubstr("warning: credential stored for the old entry: "));
}

TEST_F(ClustersTest, InteractiveInstallsWhatIsPicked) {
  const ProcessResult result =
      WriterAtTerminal({"install", "ack", "--interactive", "--context-name", "{name}"}, "3, 1\n");
  EXPECT_EQ(result.status, 0) << result.out;
  EXPECT_THAT(result.out, HasSubstr("1  edge (c00000000000000000000000000000003)  ap-southeast-1  edge"));
  EXPECT_THAT(result.out, HasSubstr("not possible: prod (c00000000000000000000000000000002): has no public"));
  EXPECT_THAT(Kubeconfig(), HasSubstr("- name: dev\n"));
  EXPECT_THAT(Kubeconfig(), HasSubstr("- name: edge\n"));
  EXPECT_THAT(Kubeconfig(), Not(HasSubstr("- name: registered\n")));
}

TEST_F(ClustersTest, InteractiveListsWhatHasTheTextThatIsTyped) {
  const ProcessResult result =
      WriterAtTerminal({"install", "ack", "--interactive", "--context-name", "{name}"}, "SouthEast\n\n");
  EXPECT_EQ(result.status, 0) << result.out;
  EXPECT_THAT(result.out, HasSubstr("This one (Enter), or which"));
  EXPECT_THAT(Kubeconfig(), HasSubstr("- name: edge\n"));
  EXPECT_THAT(Kubeconfig(), Not(HasSubstr("- name: dev\n")));
}

TEST_F(ClustersTest, InteractiveAsksAgainForANumberThatIsNotThere) {
  const ProcessResult result =
      WriterAtTerminal({"install", "ack", "--interactive", "--context-name", "{name}"}, "1 9\nno\n1\n");
  EXPECT_EQ(result.status, 0) << result.out;
  EXPECT_THAT(result.out, HasSubstr("9: not one of the numbers from 1 to 3"));
  EXPECT_THAT(result.out, HasSubstr("no: in none of the names"));
  EXPECT_THAT(Kubeconfig(), HasSubstr("- name: edge\n"));
}

TEST_F(ClustersTest, InteractiveDoesNothingAfterThreeNumbersThatAreNotThere) {
  const ProcessResult result = WriterAtTerminal({"install", "ack", "--interactive"}, "1 9\n4\n0\n1\n");
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.out, HasSubstr("error: 0: not one of the numbers from 1 to 3"));
  EXPECT_THAT(result.out, HasSubstr("hint: nothing was done: run this again"));
  EXPECT_FALSE(fs::exists(world_.home.Path(".kube/config")));
}

TEST_F(ClustersTest, WhoNamesNoClusterAtATerminalIsShownThem) {
  for (const std::string command : {"install", "get-credentials"}) {
    const ProcessResult result = WriterAtTerminal({command, "--context-name", "{name}"}, "1\n");
    EXPECT_EQ(result.status, 0) << result.out;
    EXPECT_THAT(result.out, HasSubstr("1  edge (c00000000000000000000000000000003)"));
    EXPECT_THAT(result.out, HasSubstr("context edge "));
  }
}

TEST_F(ClustersTest, AfterSeveralPicksItSaysThatNoneIsCurrentAndTheNextOneIsNotEither) {
  const ProcessResult several =
      WriterAtTerminal({"install", "ack", "--interactive", "--context-name", "{name}"}, "3, 1\n");
  EXPECT_THAT(several.out, HasSubstr("warning: there is no current-context"));
  EXPECT_THAT(several.out,
              HasSubstr("hint: `kubeconfig_writer use CONTEXT` or `kubectl config use-context "));
  const ProcessResult one = Writer({"get-credentials", "registered"});
  EXPECT_EQ(one.status, 0) << one.err;
  EXPECT_THAT(one.out, Not(HasSubstr("current-context")));
  EXPECT_THAT(one.err, HasSubstr("hint: `kubeconfig_writer use registered` or "));
  EXPECT_THAT(Kubeconfig(), Not(HasSubstr("current-context")));
  ASSERT_EQ(world_.Run({"kubeconfig_writer", "use", "edge"}).status, 0);
  EXPECT_THAT(Kubeconfig(), HasSubstr("current-context: edge"));
}

TEST_F(ClustersTest, GetCredentialsCallsTheContextAsTheClusterWasCalled) {
  EXPECT_THAT(Writer({"get-credentials", "edge"}).out, HasSubstr("wrote context edge to "));
  EXPECT_THAT(Writer({"get-credentials", kCluster}).out,
              HasSubstr("wrote context ack-" + std::string(kCluster) + " to "))
      << "an id alone does not say the name";
  world_.env["CREDENTIAL_PROVIDER_CONTEXT_NAME"] = "{region}-{name}";
  EXPECT_THAT(Writer({"get-credentials", "registered"}).out,
              HasSubstr("wrote context cn-beijing-registered to "));
}

// What kubectl shows when the provider is gone.
TEST_F(ClustersTest, TheInstallHintIsACommandThatWorks) {
  ASSERT_EQ(Writer({"install", "ack", "--cluster-id", kCluster}).status, 0);
  const std::string text = Kubeconfig();
  ASSERT_THAT(text, HasSubstr("installHint: "));
  const std::string hint = text.substr(text.find("installHint: "));
  const size_t begin = hint.find('`') + 1;
  ASSERT_EQ(hint.substr(begin, hint.find('`', begin) - begin), "kubeconfig_writer install");
  const ProcessResult result = WriterAtTerminal({"install"}, "3\n");
  EXPECT_EQ(result.status, 0) << result.out;
  EXPECT_THAT(result.out, HasSubstr(std::string("ack-") + kCluster));
}

}  // namespace
}  // namespace credential_provider
