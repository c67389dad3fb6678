// The command in a stanza outlives an upgrade: with links and folders as krew, Homebrew, Nix, a package and
// an unpacked archive make them.
#include <unistd.h>

#include <regex>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/installed_world.h"
#include "tests/testing/traced_run.h"

namespace credential_provider {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr char kName[] = "ack-c00000000000000000000000000000001";
struct Layout {
  const char* name;
  const char* folder;  // of the programs; {version} in it and in targets is 0.1.0, and after an upgrade 0.2.0
  std::vector<std::pair<const char*, const char*>> links;  // where each is, and where it leads
  const char* started;                                     // the path that was typed
  const char* command;                                     // what the stanza then has
};

const char kCellar[] = "brew/Cellar/credential_provider/{version}/bin";
const char kKrewStore[] = ".krew/store/ack/v{version}";
const char kUnpacked[] = "opt/credential_provider-{version}-linux-amd64/bin";

const std::vector<std::pair<const char*, const char*>> kBrewLinks = {
    {"brew/bin/credential_provider", "../Cellar/credential_provider/{version}/bin/credential_provider"},
    {"brew/bin/kubeconfig_writer", "../Cellar/credential_provider/{version}/bin/kubeconfig_writer"},
    {"brew/bin/kubectl-ack", "../Cellar/credential_provider/{version}/bin/kubeconfig_writer"},
    {"brew/opt/credential_provider", "../Cellar/credential_provider/{version}"}};

const std::vector<std::pair<const char*, const char*>> kNixLinks = {
    {".nix-profile", "{home}/.local/state/nix/profiles/profile"},
    {".local/state/nix/profiles/profile", "profile-{version}-link"},
    {".local/state/nix/profiles/profile-{version}-link", "{home}/nix/store/0abc-profile-{version}"},
    {"nix/store/0abc-profile-{version}/bin", "{home}/nix/store/1abc-credential_provider-{version}/bin"}};

const Layout kLayouts[] = {
    {"KrewWithTheProvider",
     kKrewStore,
     {{".krew/bin/kubectl-ack", "{home}/.krew/store/ack/v{version}/credential_provider"}},
     ".krew/bin/kubectl-ack",
     "{home}/.krew/bin/kubectl-ack"},
    {"KrewWithTheWriter",
     kKrewStore,
     {{".krew/bin/kubectl-ack", "{home}/.krew/store/ack/v{version}/kubeconfig_writer"}},
     ".krew/bin/kubectl-ack",
     "{home}/.krew/bin/kubectl-ack"},
    {"KrewFromItsStore",
     kKrewStore,
     {{".krew/bin/kubectl-ack", "{home}/.krew/store/ack/v{version}/credential_provider"}},
     ".krew/store/ack/v0.1.0/kubeconfig_writer",
     "{home}/.krew/bin/kubectl-ack"},
    {"Homebrew", kCellar, kBrewLinks, "brew/bin/kubeconfig_writer", "{home}/brew/bin/credential_provider"},
    {"HomebrewAsKubectlAck", kCellar, kBrewLinks, "brew/bin/kubectl-ack",
     "{home}/brew/bin/credential_provider"},
    {"HomebrewFromItsCellar", kCellar, kBrewLinks,
     "brew/Cellar/credential_provider/0.1.0/bin/kubeconfig_writer", "{home}/brew/bin/credential_provider"},
    {"HomebrewByFormula", kCellar, kBrewLinks, "brew/opt/credential_provider/bin/kubeconfig_writer",
     "{home}/brew/opt/credential_provider/bin/credential_provider"},
    {"Nix", "nix/store/1abc-credential_provider-{version}/bin", kNixLinks,
     ".nix-profile/bin/kubeconfig_writer", "{home}/.nix-profile/bin/credential_provider"},
    {"NixFromItsStore", "nix/store/1abc-credential_provider-{version}/bin", kNixLinks,
     "nix/store/1abc-credential_provider-0.1.0/bin/kubeconfig_writer",
     "{home}/.nix-profile/bin/credential_provider"},
    {"Package", "usr/bin", {}, "usr/bin/kubeconfig_writer", "{home}/usr/bin/credential_provider"},
    {"PackageAsKubectlAck",
     "usr/bin",
     {{"usr/bin/kubectl-ack", "kubeconfig_writer"}},
     "usr/bin/kubectl-ack",
     "{home}/usr/bin/credential_provider"},
    {"LinksToAnArchive",
     kUnpacked,
     {{".local/bin/credential_provider",
       "../../opt/credential_provider-{version}-linux-amd64/bin/credential_provider"},
      {".local/bin/kubeconfig_writer",
       "../../opt/credential_provider-{version}-linux-amd64/bin/kubeconfig_writer"}},
     ".local/bin/kubeconfig_writer",
     "{home}/.local/bin/credential_provider"},
};

class LayoutTest : public testing::TestWithParam<Layout> {
 protected:
  void SetUp() override {
    world_.env["CI"] = "true";  // what another shell lacks is not said there
    Upgrade("0.1.0");
  }

  std::string Fill(std::string text, const std::string& version) const {
    text = std::regex_replace(text, std::regex("\\{version\\}"), version);
    return std::regex_replace(text, std::regex("\\{home\\}"), world_.home.path());
  }

  // Makes `version` the only one that is installed.
  void Upgrade(const std::string& version) {
    world_.Put(Fill(GetParam().folder, version));
    for (const auto& [at, target] : GetParam().links) world_.Link(Fill(at, version), Fill(target, version));
    const std::string old = Fill(GetParam().folder, version_);
    if (old != Fill(GetParam().folder, version)) fs::remove_all(world_.home.Path(old));
    version_ = version;
  }

  std::string version_ = "0.0.0";
  InstalledWorld world_;
};

TEST_P(LayoutTest, TheCommandIsThePathThatLastsAndInstallSaysSo) {
  const ProcessResult result = world_.Install(GetParam().started);
  ASSERT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(world_.Command(), GetParam().command);
  EXPECT_THAT(result.err, AllOf(HasSubstr("kubectl runs " + Fill(GetParam().command, "0.1.0") + ": "),
                                Not(HasSubstr("warning"))));
}

TEST_P(LayoutTest, FoundOnThePathItIsTheSame) {
  const fs::path started = world_.home.Path(GetParam().started);
  world_.env["PATH"] = started.parent_path().string() + ":" + kSystemPath;
  const ProcessResult result =
      world_.Run({"env", started.filename().string(), "install", "ack", "--cluster-id", kCluster,
                  "--cs-endpoint", world_.sandbox.Value("cloud")});
  ASSERT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(world_.Command(), GetParam().command);
}

// And what was stored is still found: nothing in its key tells which file asked.
TEST_P(LayoutTest, AfterAnUpgradeKubectlGoesOnWithWhatWasStored) {
  ASSERT_EQ(world_.Install(GetParam().started).status, 0);
  ASSERT_EQ(world_.Kubectl().status, 0);
  world_.sandbox.Post("/fault", {{"match", {{"listener", "cloud"}}}, {"error", "Forbidden"}, {"times", -1}});
  Upgrade("0.2.0");
  const ProcessResult result = world_.Kubectl();
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("namespace/default\n"));
}

TEST_P(LayoutTest, ListAuditVerifyAndUninstallKnowItAsOurs) {
  const std::string started = GetParam().started;
  ASSERT_EQ(world_.Install(started).status, 0);
  const ProcessResult listed = world_.RunAt(started, {"list"});
  EXPECT_THAT(listed.out, HasSubstr(kName));
  EXPECT_EQ(listed.err, "");
  EXPECT_EQ(world_.RunAt(started, {"audit"}).out, "nothing found\n");
  const ProcessResult verified = world_.RunAt(started, {"verify", kName});
  EXPECT_EQ(verified.err, "");
  EXPECT_THAT(verified.out, HasSubstr("ok  all is well\n"));
  EXPECT_THAT(world_.Install(started).out, HasSubstr("nothing to do"));
  EXPECT_THAT(world_.RunAt(started, {"uninstall", kName}).out, HasSubstr("removed context"));
  EXPECT_FALSE(fs::exists(world_.config));
}

INSTANTIATE_TEST_SUITE_P(Layouts, LayoutTest, testing::ValuesIn(kLayouts),
                         [](const auto& test) { return test.param.name; });

class KubectlAckTest : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    world_.env["CI"] = "true";  // what another shell lacks is not said there
    world_.Put("store");
    world_.Link("bin/kubectl-ack", std::string("../store/") + GetParam());
    world_.env["PATH"] = world_.home.Path("bin") + ":" + kSystemPath;
  }

  // The first words of the commands that the help of `program` lists.
  std::set<std::string> Words(const std::string& program) {
    std::set<std::string> words;
    std::istringstream lines(world_.RunAt(program, {"help"}).out);
    for (std::string line; std::getline(lines, line);) {
      if (line.rfind("  ", 0) == 0) words.insert(line.substr(2, line.find(' ', 2) - 2));
    }
    return words;
  }

  std::vector<std::string> Get() {
    std::vector<std::string> args = world_.GetAck({"--store", "disk"});
    args.erase(args.begin());
    return args;
  }

  InstalledWorld world_;
};

TEST_P(KubectlAckTest, ServesEveryCommandOfBothAndSpeaksInThatName) {
  std::set<std::string> words = Words("store/credential_provider");
  ASSERT_GE(words.size(), 5u);
  const std::set<std::string> writer = Words("store/kubeconfig_writer");
  ASSERT_GE(writer.size(), 10u);
  words.insert(writer.begin(), writer.end());
  EXPECT_EQ(Words("bin/kubectl-ack"), words);
  for (const std::string& word : words) {
    for (const std::vector<std::string>& args :
         {std::vector<std::string>{word, "--help"}, std::vector<std::string>{"help", word}}) {
      const ProcessResult result = world_.RunAt("bin/kubectl-ack", args);
      EXPECT_THAT(result.out, HasSubstr("Usage: kubectl ack ")) << word;
      EXPECT_EQ(result.status, 0) << word << result.err;
    }
  }
}

TEST_P(KubectlAckTest, ErrorsAndTheirHintsAreInThatNameToo) {
  const ProcessResult wrong = world_.RunAt("bin/kubectl-ack", {"whoami", "--output", "xml"});
  EXPECT_EQ(wrong.status, 2);
  EXPECT_THAT(wrong.err, AllOf(HasSubstr("kubectl ack: error: --output xml: "),
                               HasSubstr("kubectl ack: hint: run `kubectl ack whoami --help`\n")));
  const ProcessResult missing = world_.RunAt("bin/kubectl-ack", {"forget", "dev"});
  EXPECT_EQ(missing.status, 1);
  EXPECT_EQ(missing.err,
            "kubectl ack: error: context dev: not in the kubeconfig\n"
            "kubectl ack: hint: `kubectl ack list` shows those of this program\n");
}

// Also through the link that krew makes: kubectl-ack.
TEST_P(KubectlAckTest, KubectlCompletesItByTheLinkBesideIt) {
  for (const std::string target :
       {"../store/kubeconfig_writer", "../store/credential_provider", "kubectl-ack"}) {
    world_.Link("bin/kubectl_complete-ack", target);
    const ProcessResult commands = world_.Run({"kubectl", "__complete", "ack", "forg"});
    EXPECT_THAT(commands.out, HasSubstr("forget\t")) << target;
    EXPECT_THAT(commands.out, HasSubstr("\n:4\n")) << target;
    const ProcessResult files = world_.Run({"kubectl", "__complete", "ack", "audit", ""});
    EXPECT_EQ(files.out, ":0\n") << target;
  }
}

TEST_P(KubectlAckTest, KubectlFindsItAndHandsItsArgumentsOn) {
  EXPECT_THAT(world_.Run({"kubectl", "plugin", "list"}).out, HasSubstr(world_.home.Path("bin/kubectl-ack")));
  std::vector<std::string> args = Get();
  args.insert(args.begin(), {"kubectl", "ack"});
  const ProcessResult result = world_.Start(args, "");
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(nlohmann::json::parse(result.out).at("kind"), "ExecCredential");
  EXPECT_EQ(world_.Run({"kubectl", "ack", "list"}).out, "no entries of this program\n");
}

TEST_P(KubectlAckTest, WhatOneNameHasStoredTheOtherFinds) {
  std::vector<std::string> args = Get();
  args.insert(args.begin(), world_.home.Path("bin/kubectl-ack"));
  const ProcessResult first = world_.Start(args, "");
  ASSERT_EQ(first.status, 0) << first.err;
  args[0] = world_.home.Path("store/credential_provider");
  EXPECT_EQ(world_.Start(args, "").out, first.out);
  EXPECT_EQ(world_.sandbox.Count("cs"), 1);
}

// A name is compared; only where the link leads to the other program is a second one started. One call more
// or less is the kernel's choice of addresses.
TEST_P(KubectlAckTest, AHitByThatNameCostsNoSystemCallOrTenMore) {
  std::vector<std::string> args = Get();
  args.insert(args.begin(), world_.home.Path("store/credential_provider"));
  ASSERT_EQ(world_.Start(args, "").status, 0);
  const TracedRun direct = RunTraced(args, world_.env);
  args[0] = world_.home.Path("bin/kubectl-ack");
  const TracedRun by_name = RunTraced(args, world_.env);
  EXPECT_EQ(direct.status, 0);
  EXPECT_EQ(by_name.status, 0);
  const int more = std::string(GetParam()) == "credential_provider" ? 0 : 10;
  EXPECT_LE(by_name.system_calls, direct.system_calls + more + 2);
  EXPECT_EQ(world_.sandbox.Count("cs"), 1);
}

TEST_P(KubectlAckTest, WarmIsFoundByEveryName) {
  for (const char* const name : {"bin/kubectl-ack", "store/credential_provider", "store/kubeconfig_writer"}) {
    const ProcessResult result = world_.RunAt(name, {"warm"});
    EXPECT_EQ(result.status, 2) << name;
    EXPECT_THAT(result.err, HasSubstr("warm: there is no current-context"));
  }
  fs::remove(world_.home.Path("store/kubeconfig_writer"));
  fs::create_symlink("credential_provider", world_.home.Path("store/kubeconfig_writer"));
  EXPECT_THAT(world_.RunAt("store/credential_provider", {"warm"}).err, HasSubstr("warm: no such command"));
}

// Only the file beside its own is trusted: one of that name on the PATH may be anybody's.
TEST_P(KubectlAckTest, WithoutTheOtherItSaysSoAndTakesNoneFromThePath) {
  const std::string other =
      std::string(GetParam()) == "credential_provider" ? "kubeconfig_writer" : "credential_provider";
  fs::remove(world_.home.Path("store/" + other));
  Spill(world_.home.Path("bin/" + other), "#!/bin/sh\necho taken from the PATH\n");
  fs::permissions(world_.home.Path("bin/" + other), fs::perms::owner_all);
  const ProcessResult result =
      world_.RunAt("bin/kubectl-ack", {other == "credential_provider" ? "get" : "list", "ack"});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.out, "");
  const std::string name = "kubectl ack";
  EXPECT_EQ(result.err, name + ": error: " + world_.home.Path("store/" + other) +
                            ": No such file or directory\n" + name +
                            ": hint: this is a command of the other program: put " + other + " beside " +
                            GetParam() + ", or install them again\n");
}

// It cannot go round in a circle.
TEST_P(KubectlAckTest, AnotherProgramUnderTheOthersNameIsRunOnce) {
  const std::string other =
      std::string(GetParam()) == "credential_provider" ? "kubeconfig_writer" : "credential_provider";
  fs::remove(world_.home.Path("store/" + other));
  fs::create_symlink(GetParam(), world_.home.Path("store/" + other));
  const ProcessResult result =
      world_.RunAt("bin/kubectl-ack", {other == "credential_provider" ? "get" : "list", "ack"});
  EXPECT_EQ(result.status, other == "credential_provider" ? 1 : 2);
  EXPECT_THAT(result.err, HasSubstr(other == "credential_provider"
                                        ? other + ": not " + other + "\nkubectl ack: hint: install both"
                                        : "no such command"));
}

INSTANTIATE_TEST_SUITE_P(Files, KubectlAckTest, testing::Values("credential_provider", "kubeconfig_writer"),
                         [](const auto& test) { return std::string(test.param); });

class CommandTest : public testing::Test {
 protected:
  void SetUp() override {
    world_.env["CI"] = "true";  // what another shell lacks is not said there
    world_.Put("bin");
  }

  // What is said of a command that does not last, when the one in `bin` does.
  std::string Remedy() const {
    return "run `kubeconfig_writer install ack --context-name " + std::string(kName) + " --cluster-id " +
           kCluster + " --region cn-hangzhou --cs-endpoint " + world_.sandbox.Value("cloud") +
           " --api-version v1 --store disk --kubeconfig " + world_.config + "`, which writes " +
           world_.home.Path("bin/credential_provider") + "\n";
  }

  InstalledWorld world_;
};

TEST_F(CommandTest, ABareNameIsWrittenOnRequestAndStaysWhileThePathLeadsToOne) {
  world_.env["PATH"] = world_.home.Path("bin") + ":" + kSystemPath;
  ASSERT_EQ(world_.Install("bin/kubeconfig_writer", {"--command", "credential_provider"}).status, 0);
  EXPECT_EQ(world_.Command(), "credential_provider");
  EXPECT_THAT(world_.Install("bin/kubeconfig_writer").out, HasSubstr("nothing to do"));
  EXPECT_EQ(world_.Command(), "credential_provider");
  world_.env["PATH"] = kSystemPath;
  ASSERT_EQ(world_.Install("bin/kubeconfig_writer").status, 0);
  EXPECT_EQ(world_.Command(), "{home}/bin/credential_provider");
}

TEST_F(CommandTest, APathOnRequestKeepsItsLinksAndMayBeKubectlAcks) {
  world_.Link("links", "bin");
  world_.Link("bin/kubectl-ack", "credential_provider");
  ASSERT_EQ(world_.Install("bin/kubeconfig_writer", {"--command", "./links/kubectl-ack"}).status, 0);
  EXPECT_EQ(world_.Command(), "{home}/links/kubectl-ack");
}

TEST_F(CommandTest, AnUnpackedArchiveWithoutALinkIsWarnedOf) {
  const std::string folder = "credential_provider-0.1.0-linux-amd64/bin";
  world_.Put(folder);
  const std::string warning = "kubeconfig_writer: warning: command " +
                              world_.home.Path(folder + "/credential_provider") +
                              ": names a version, so an upgrade takes it away\nkubeconfig_writer: hint: ";
  const ProcessResult installed = world_.Install(folder + "/kubeconfig_writer");
  EXPECT_EQ(installed.status, 0);
  EXPECT_EQ(world_.Command(), "{home}/" + folder + "/credential_provider");
  EXPECT_EQ(installed.err,
            warning +
                "link both programs into a folder like ~/.local/bin, and from there install or migrate it "
                "again\n");
  EXPECT_EQ(world_.RunAt("bin/kubeconfig_writer", {"list"}).err, warning + Remedy());
  EXPECT_EQ(world_.RunAt("bin/kubeconfig_writer", {"verify", kName}).err, warning + Remedy());
  EXPECT_THAT(
      world_
          .RunAt(folder + "/credential_provider", {"doctor", "ack", "--cluster-id", kCluster, "--cs-endpoint",
                                                   world_.sandbox.Value("cloud"), "--store", "disk"})
          .err,
      HasSubstr("credential_provider: warning: started as " +
                world_.home.Path(folder + "/credential_provider") + ", which names a version"));
}

TEST_F(CommandTest, ACommandThatIsGoneIsWarnedOf) {
  world_.Put("old");
  ASSERT_EQ(world_.Install("old/kubeconfig_writer").status, 0);
  fs::remove_all(world_.home.Path("old"));
  const std::string hint = "kubeconfig_writer: hint: " + Remedy();
  const ProcessResult listed = world_.RunAt("bin/kubeconfig_writer", {"list"});
  EXPECT_EQ(listed.err, "kubeconfig_writer: warning: command " + world_.home.Path("old/credential_provider") +
                            ": No such file or directory\n" + hint);
  EXPECT_THAT(listed.out, HasSubstr("command not found"));
  const ProcessResult verified = world_.RunAt("bin/kubeconfig_writer", {"verify", kName});
  EXPECT_EQ(verified.status, 1);
  EXPECT_THAT(verified.err, AllOf(HasSubstr("No such file or directory\n"), HasSubstr(hint)));
}

// Who can switch the link would choose what kubectl runs.
TEST_F(CommandTest, ALinkThatOthersCouldSwitchIsNotTaken) {
  world_.Put("opt/0.1.0");
  world_.Link("opt/bin/credential_provider", "../0.1.0/credential_provider");
  fs::permissions(world_.home.Path("opt/bin"), fs::perms::all);
  ASSERT_EQ(world_.Install("opt/0.1.0/kubeconfig_writer").status, 0);
  EXPECT_EQ(world_.Command(), "{home}/opt/0.1.0/credential_provider");
  fs::permissions(world_.home.Path("opt/bin"), fs::perms::owner_all);
  ASSERT_EQ(world_.Install("opt/0.1.0/kubeconfig_writer").status, 0);
  EXPECT_EQ(world_.Command(), "{home}/opt/bin/credential_provider");
}

// A Homebrew that belongs to another user: whoever could switch the link could change the file, too.
TEST_F(CommandTest, WhereOthersCanReplaceTheFileTheLinkThatWasStartedIsNoWorse) {
  world_.Put("opt/0.1.0");
  world_.Link("opt/bin/credential_provider", "../0.1.0/credential_provider");
  world_.Link("opt/bin/kubeconfig_writer", "../0.1.0/kubeconfig_writer");
  for (const char* folder : {"opt/bin", "opt/0.1.0"})
    fs::permissions(world_.home.Path(folder), fs::perms::all);
  ASSERT_EQ(world_.Install("opt/bin/kubeconfig_writer").status, 0);
  EXPECT_EQ(world_.Command(), "{home}/opt/bin/credential_provider");
}

// `kubectl config set-credentials` makes a path below the kubeconfig's folder relative.
TEST_F(CommandTest, BelowTheKubeconfigsFolderItIsANameOrRefused) {
  world_.env["KUBECONFIG"] = world_.home.Path("config");
  const ProcessResult refused = world_.Install("bin/kubeconfig_writer");
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("hint: put credential_provider on the PATH\n"));
  world_.env["PATH"] = world_.home.Path("bin") + ":" + kSystemPath;
  const ProcessResult named = world_.Install("bin/kubeconfig_writer");
  EXPECT_EQ(named.status, 0) << named.err;
  EXPECT_THAT(named.err, HasSubstr("kubectl runs credential_provider: by name: "));
}

TEST_F(CommandTest, AWrappedPluginIsKnownToo) {
  world_.Link("bin/kubectl-ack", "credential_provider");
  fs::remove(world_.home.Path("bin/kubeconfig_writer"));
  world_.Put("writer");
  const std::string before =
      "users:\n- name: other\n  user:\n    exec:\n      apiVersion: client.authentication.k8s.io/v1\n"
      "      args: [token]\n      command: plugin\n      interactiveMode: Never\n";
  fs::create_directories(world_.home.Path(".kube"));
  Spill(world_.config, before);
  const ProcessResult wrapped =
      world_.RunAt("writer/kubeconfig_writer",
                   {"install", "exec", "--user", "other", "--command", world_.home.Path("bin/kubectl-ack")});
  ASSERT_EQ(wrapped.status, 0) << wrapped.err;
  EXPECT_THAT(wrapped.err, HasSubstr("/bin/kubectl-ack: as given with --command\n"));
  EXPECT_THAT(world_.RunAt("writer/kubeconfig_writer", {"list"}).out, HasSubstr("plugin"));
  ASSERT_EQ(world_.RunAt("writer/kubeconfig_writer", {"uninstall", "other"}).status, 0);
  EXPECT_EQ(Slurp(world_.config), before);
}

}  // namespace
}  // namespace credential_provider
