// Where kubeconfigs are in people's homes, and what they name there: paths that work from any folder, root in
// another user's home, modes and links that deserve a word.
#include <sys/stat.h>
#include <unistd.h>

#include <regex>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"

namespace credential_provider {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

constexpr char kKubeconfig[] =
    "apiVersion: v1\nkind: Config\nusers:\n- name: u\n  user:\n    exec:\n      command: plugin\n      "
    "apiVersion: client.authentication.k8s.io/v1\n      interactiveMode: Never\n";
constexpr uid_t kUser = 65534;

class KubeconfigPlaceTest : public testing::Test {
 protected:
  KubeconfigPlaceTest() {
    fs::create_directory(world_.home.Path(".kube"));
    Spill(config_, kKubeconfig);
  }

  ProcessResult Write(std::vector<std::string> args) {
    args.insert(args.begin(), "kubeconfig_writer");
    return world_.Run(args);
  }
  ProcessResult Wrap() { return Write({"install", "exec", "--user", "u"}); }

  World world_{SharedSandbox()};
  const std::string config_ = world_.home.Path(".kube/config");
};

// Paths.

TEST_F(KubeconfigPlaceTest, EachPathInAStanzaIsSeenFromAnyFolder) {
  fs::copy_file(world_.sandbox.Value("ca_file"), world_.home.Path("ca.pem"));
  const ProcessResult installed =
      Write({"install", "ack", "--cluster-id", kCluster, "--cs-endpoint", world_.sandbox.Value("cloud_tls"),
             "--ca-file", "ca.pem", "--cache-dir", "./store"});
  ASSERT_EQ(installed.status, 0) << installed.err;
  EXPECT_THAT(Slurp(config_), HasSubstr("- --ca-file\n      - " + world_.home.Path("ca.pem") + "\n"));
  EXPECT_THAT(Slurp(config_), HasSubstr("- --cache-dir\n      - " + world_.home.Path("store") + "\n"));
  fs::create_directory(world_.home.Path("other"));
  const ProcessResult verified =
      world_.Run({"sh", "-c", "cd other && exec \"$0\" verify ack-" + std::string(kCluster),
                  Runfile("kubeconfig_writer/kubeconfig_writer")});
  EXPECT_EQ(verified.status, 0) << verified.err;
}

TEST_F(KubeconfigPlaceTest, SoIsThatOfAWrappedPlugin) {
  ASSERT_EQ(Write({"install", "exec", "--user", "u", "--cache-dir", "store"}).status, 0);
  EXPECT_THAT(Slurp(config_), HasSubstr("- " + world_.home.Path("store") + "\n"));
}

// The commands that help lists, and the flags of each that take a path.
TEST_F(KubeconfigPlaceTest, ATildeThatNoShellHasExpandedIsRefusedByEveryFlagThatTakesAPath) {
  const std::regex command(R"(\n  ([a-z]+(?: [a-z-]+)?) )"), flag(R"(\n  (--?[a-z-]+) (?:FILE|DIR|PATH) )");
  int flags = 0;
  for (const std::string program : {"kubeconfig_writer", "credential_provider"}) {
    const std::string commands = world_.Run({program, "help"}).out;
    for (std::sregex_iterator i(commands.begin(), commands.end(), command), end; i != end; ++i) {
      const std::string words = (*i)[1];
      std::vector<std::string> args = {program, words.substr(0, words.find(' '))};
      if (words.find(' ') != std::string::npos) args.push_back(words.substr(words.find(' ') + 1));
      args.push_back("--help");
      const std::string help = world_.Run(args).out;
      for (std::sregex_iterator j(help.begin(), help.end(), flag); j != end; ++j, ++flags) {
        args.back() = (*j)[1].str() + "=~/x";
        const ProcessResult refused = world_.Run(args);
        EXPECT_EQ(refused.status, 2) << words << " " << args.back();
        EXPECT_THAT(refused.err, HasSubstr((*j)[1].str() + ": begins with a ~ that no shell has expanded\n"));
        EXPECT_THAT(refused.err, HasSubstr("hint: give it as `" + (*j)[1].str() + " ~/"));
      }
    }
  }
  EXPECT_GT(flags, 30);
  EXPECT_FALSE(fs::exists(world_.home.Path("~")));
}

TEST_F(KubeconfigPlaceTest, NorDoesTheVariableMakeAFolderOfThatName) {
  world_.env["KUBECONFIG"] = "~/.kube/config:~/.kube/prod";
  for (const std::vector<std::string>& args :
       {std::vector<std::string>{"install", "exec", "--user", "u"}, {"list"}, {"audit"}, {"undo"}}) {
    const ProcessResult refused = Write(args);
    EXPECT_EQ(refused.status, 1);
    EXPECT_THAT(refused.err, HasSubstr("KUBECONFIG: ~/.kube/config: no shell has expanded the ~\n"));
  }
  EXPECT_FALSE(fs::exists(world_.home.Path("~")));
}

TEST_F(KubeconfigPlaceTest, AHomeThatCannotBeWrittenIsSaidWithAWayOut) {
  world_.env["HOME"] = "/sys/";
  const std::string cloud = world_.sandbox.Value("cloud");
  const ProcessResult installed = Write({"install", "ack", "--cluster-id", kCluster, "--cs-endpoint", cloud});
  EXPECT_EQ(installed.status, 1);
  EXPECT_THAT(installed.err, HasSubstr("error: /sys/.kube: "));
  EXPECT_THAT(installed.err,
              HasSubstr("hint: nothing was changed: name a file in a folder that you can write "
                        "with --kubeconfig or KUBECONFIG, or set HOME to your own\n"));
  const ProcessResult got = world_.Run(world_.GetAck({"--store", "disk"}));
  EXPECT_EQ(got.status, 0);
  EXPECT_THAT(got.err, HasSubstr("disk: /sys/.cache: "));
  EXPECT_THAT(got.err, HasSubstr("hint: set HOME to a folder that this user can write, or choose another "
                                 "folder with --cache-dir\n"));
}

// Files.

TEST_F(KubeconfigPlaceTest, ModesThatAreKeptThoughNobodyCanWantThemAreSaid) {
  for (const mode_t mode : {04777, 0666, 04600}) {
    Spill(config_, kKubeconfig);
    ASSERT_EQ(chmod(config_.c_str(), mode), 0);
    const ProcessResult wrapped = Wrap();
    EXPECT_EQ(wrapped.status, 0);
    EXPECT_THAT(wrapped.err, HasSubstr("kubeconfig_writer: warning: " + config_ + ": mode "));
    EXPECT_THAT(wrapped.err, HasSubstr("hint: chmod 600 '" + config_ + "'\n"));
    struct stat info = {};
    ASSERT_EQ(stat(config_.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 07777, mode);
  }
}

TEST_F(KubeconfigPlaceTest, OfANameThatKeepsTheOldTextIsTold) {
  fs::create_hard_link(config_, world_.home.Path("other-name"));
  EXPECT_THAT(Wrap().err, HasSubstr(config_ + ": has 1 more name(s), hard links, which keep the old text\n"));
  EXPECT_EQ(Slurp(world_.home.Path("other-name")), kKubeconfig);
}

TEST_F(KubeconfigPlaceTest, NothingIsSaidOfAUsualFile) {
  ASSERT_EQ(chmod(config_.c_str(), 0600), 0);
  EXPECT_THAT(Wrap().err, Not(HasSubstr("warning")));
}

TEST_F(KubeconfigPlaceTest, AFolderForBackupsThatIsALinkIsToldWithAWayOutThatHelps) {
  fs::create_directories(world_.home.Path(".local/state"));
  fs::create_directory_symlink(world_.home.path(), world_.home.Path(".local/state/kubeconfig_writer"));
  const ProcessResult refused = Wrap();
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err,
              HasSubstr("hint: put a folder in its place, or set XDG_STATE_HOME to a folder of your own"));
  EXPECT_THAT(refused.err, Not(HasSubstr("--cache-dir")));
  EXPECT_EQ(Slurp(config_), kKubeconfig);
}

// A pipe, to which nobody writes, in place of what the kubeconfig names.
TEST_F(KubeconfigPlaceTest, APipeThatTheKubeconfigNamesIsNotWaitedForWithoutEnd) {
  const std::string pipe = world_.home.Path("pipe");
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  Spill(config_, "clusters: [{name: a, cluster: {server: \"" + world_.sandbox.Value("api_server") +
                     "\", certificate-authority: " + world_.sandbox.Value("ca_file") +
                     "}}]\nusers: [{name: a, user: {tokenFile: " + pipe +
                     "}}]\ncontexts: [{name: a, context: {cluster: a, user: a}}]\n");
  const ProcessResult verified = Write({"verify", "--timeout", "2s", "a"});
  EXPECT_EQ(verified.status, 1);
  EXPECT_THAT(verified.err, HasSubstr(pipe + ": a pipe into which nothing came for 10s\n"));
}

// Root with the home of another user, as `sudo -E` leaves it. Root's own home is in this world, too.
TEST_F(KubeconfigPlaceTest, RootInAUsersHomeMakesNothingThatTheUserCannotUse) {
  if (geteuid() != 0) GTEST_SKIP() << "needs root";
  const std::string home = world_.home.Path("user"), root = world_.home.Path("root");
  for (const std::string& folder : {home, home + "/.kube", root}) fs::create_directory(folder);
  Spill(home + "/.kube/config", kKubeconfig);
  Spill(world_.home.Path("passwd"), "root:x:0:0:root:" + root + ":/bin/sh\n");
  for (const std::string& place : {home, home + "/.kube", home + "/.kube/config"})
    ASSERT_EQ(chown(place.c_str(), kUser, kUser), 0);
  world_.env["HOME"] = home;
  const auto as_root = [this](const std::vector<std::string>& more) {
    std::vector<std::string> args = {"unshare",
                                     "-m",
                                     "sh",
                                     "-c",
                                     "mount --bind passwd /etc/passwd; exec \"$@\"",
                                     "sh",
                                     Runfile("kubeconfig_writer/kubeconfig_writer")};
    args.insert(args.end(), more.begin(), more.end());
    return world_.Run(args);
  };
  const ProcessResult wrapped = as_root({"install", "exec", "--user", "u"});
  if (wrapped.err.find("unshare: ") != std::string::npos) GTEST_SKIP() << "may not mount here";
  EXPECT_EQ(wrapped.status, 0) << wrapped.err;
  for (const auto& file : fs::recursive_directory_iterator(home)) {
    struct stat info = {};
    ASSERT_EQ(lstat(file.path().c_str(), &info), 0);
    EXPECT_EQ(info.st_uid, kUser) << file.path();
  }
  EXPECT_FALSE(fs::exists(home + "/.local"));
  EXPECT_TRUE(fs::exists(root + "/.local/state/kubeconfig_writer"));
  EXPECT_EQ(as_root({"undo"}).status, 0);
  EXPECT_EQ(Slurp(home + "/.kube/config"), kKubeconfig);
}

}  // namespace
}  // namespace credential_provider
