// A pipe or a device may be named where a file is meant: nothing of the kind is replaced, and nothing waits
// for ever.
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"

namespace credential_provider {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class SpecialFileTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(mkfifo(pipe_.c_str(), S_IRUSR | S_IWUSR), 0); }

  std::vector<std::string> WithCluster(std::vector<std::string> args) const {
    args.insert(args.end(), {"--cluster-id", kCluster, "--cs-endpoint", world_.sandbox.Value("cloud")});
    return args;
  }
  ProcessResult Write(std::vector<std::string> args, const std::string& kubeconfig) {
    args.insert(args.begin(), "kubeconfig_writer");
    args.insert(args.end(), {"--kubeconfig", kubeconfig});
    return world_.Run(args);
  }
  // Runs `list` on `command`'s output, by the name that bash gives that.
  ProcessResult ListOutputOf(const std::string& command) {
    return world_.Run({"bash", "-c", "\"$0\" list --kubeconfig <(" + command + ")",
                       Runfile("kubeconfig_writer/kubeconfig_writer")});
  }
  size_t FilesInHome() const {
    return static_cast<size_t>(std::distance(fs::directory_iterator(world_.home.path()), {}));
  }

  World world_{SharedSandbox()};
  const std::string pipe_ = world_.home.Path("pipe");
};

TEST_F(SpecialFileTest, NoCommandReplacesOne) {
  fs::create_symlink("pipe", world_.home.Path("link"));
  const size_t files = FilesInHome();
  const std::vector<std::vector<std::string>> commands = {WithCluster({"install", "ack"}),
                                                          WithCluster({"install", "ack", "--dry-run"}),
                                                          {"install", "exec", "--user", "alice"},
                                                          {"uninstall", "--all"},
                                                          {"uninstall", "alice"},
                                                          {"migrate", "--all"},
                                                          {"undo"}};
  for (const std::vector<std::string>& command : commands) {
    for (const std::string& path : {pipe_, world_.home.Path("link")}) {
      const ProcessResult refused = Write(command, path);
      EXPECT_EQ(refused.status, 1);
      EXPECT_EQ(refused.err, "kubeconfig_writer: error: " + path +
                                 ": not a regular file\nkubeconfig_writer: hint: nothing was changed: name a "
                                 "file with --kubeconfig or KUBECONFIG\n");
    }
  }
  EXPECT_TRUE(fs::is_fifo(pipe_));
  EXPECT_EQ(FilesInHome(), files) << "no lock is left";
}

TEST_F(SpecialFileTest, ALinkIntoAMissingFolderIsNamedWithTheFolder) {
  const std::string link = world_.home.Path("link");
  fs::create_symlink("no/there", link);
  const ProcessResult refused = Write(WithCluster({"install", "ack"}), link);
  EXPECT_EQ(refused.status, 1);
  EXPECT_EQ(refused.err,
            "kubeconfig_writer: error: " + link + ": a link to " + world_.home.Path("no/there") +
                ", and there is no folder " + world_.home.Path("no") +
                "\nkubeconfig_writer: hint: make that folder, correct the link, or name another file "
                "with --kubeconfig\n");
}

// Containers often mount one file alone.
TEST_F(SpecialFileTest, AFileThatIsMountedIsRefusedWithWhatToMount) {
  const std::string file = world_.home.Path("config");
  Spill(file, "users: []\n");
  if (world_.Run({"unshare", "-rm", "mount", "--bind", file, file}).status != 0)
    GTEST_SKIP() << "may not mount here";
  const std::vector<std::string> install =
      WithCluster({Runfile("kubeconfig_writer/kubeconfig_writer"), "install", "ack"});
  std::vector<std::string> args = {"unshare", "-rm", "sh", "-c", "mount --bind \"$0\" \"$0\"; exec \"$@\"",
                                   file};
  args.insert(args.end(), install.begin(), install.end());
  args.insert(args.end(), {"--kubeconfig", file});
  const size_t files = FilesInHome();
  const ProcessResult refused = world_.Run(args);
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.out + refused.err, HasSubstr(file + ": a mount point"));
  EXPECT_THAT(refused.out + refused.err, HasSubstr("hint: nothing was changed: mount its folder"));
  EXPECT_EQ(Slurp(file), "users: []\n");
  EXPECT_EQ(FilesInHome(), files) << "no lock and no backup is left";
}

TEST_F(SpecialFileTest, ANewEntryGoesToTheFileBesideIt) {
  const std::string file = world_.home.Path("config");
  const std::string null = world_.home.Path("null");
  if (mknod(null.c_str(), S_IFCHR | S_IRUSR | S_IWUSR, makedev(1, 3)) != 0) GTEST_SKIP() << "needs root";
  Spill(file, "");
  world_.env["KUBECONFIG"] = null + ":" + file;
  std::vector<std::string> install = WithCluster({"kubeconfig_writer", "install", "ack"});
  ASSERT_EQ(world_.Run(install).status, 0);
  EXPECT_TRUE(fs::is_character_file(null));
  EXPECT_THAT(Slurp(file), HasSubstr(kCluster));
}

TEST_F(SpecialFileTest, OneThatIsReadGivesItsTextOrAnEnd) {
  const std::string file = world_.home.Path("config");
  ASSERT_EQ(Write(WithCluster({"install", "ack"}), file).status, 0);
  EXPECT_THAT(ListOutputOf("cat " + file).out, HasSubstr(kCluster));
  EXPECT_EQ(ListOutputOf("true").out, "no entries of this program\n");
  EXPECT_THAT(ListOutputOf("echo 'users: ['").err, HasSubstr("line 2")) << "not read again as nothing";
  const ProcessResult alone = Write({"list"}, pipe_);
  EXPECT_EQ(alone.status, 1);
  EXPECT_THAT(alone.err, HasSubstr(pipe_ + ": a pipe into which nothing came for 10s\n"));
}

TEST_F(SpecialFileTest, ExportReplacesNeitherItNorALinkToIt) {
  const auto export_to = [this](const std::string& path) {
    return world_.Run(WithCluster({"kubeconfig_writer", "export", "--force", "-o", path}));
  };
  const std::string to_pipe = world_.home.Path("link");
  fs::create_symlink("pipe", to_pipe);
  for (const std::string& path : {pipe_, to_pipe}) {
    EXPECT_EQ(export_to(path).err, "kubeconfig_writer: error: " + path +
                                       ": not a regular file\nkubeconfig_writer: hint: choose another name; "
                                       "-o - is stdout\n");
  }
  EXPECT_TRUE(fs::is_symlink(to_pipe));
  EXPECT_TRUE(fs::is_fifo(pipe_));
}

// As `export -o /dev/stdout --force > FILE` would.
TEST_F(SpecialFileTest, ExportReplacesNoLinkToItsOwnStream) {
  const std::string link = world_.home.Path("link");
  fs::create_symlink("/proc/self/fd/1", link);
  const ProcessResult refused = world_.Run(
      {"sh", "-c", "\"$0\" export --cluster-id \"$1\" --cs-endpoint \"$2\" --force -o \"$3\" > exported.out",
       Runfile("kubeconfig_writer/kubeconfig_writer"), kCluster, world_.sandbox.Value("cloud"), link});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr(link + ": not a regular file\n"));
  EXPECT_TRUE(fs::is_symlink(link));
}

TEST_F(SpecialFileTest, ExportKeepsWhatIsBehindALink) {
  fs::create_symlink("file", world_.home.Path("link"));
  Spill(world_.home.Path("file"), "old");
  const ProcessResult refused =
      world_.Run(WithCluster({"kubeconfig_writer", "export", "-o", world_.home.Path("link")}));
  EXPECT_THAT(refused.err, HasSubstr("/link: is there already\n"));
  EXPECT_EQ(Slurp(world_.home.Path("file")), "old");
}

}  // namespace
}  // namespace credential_provider
