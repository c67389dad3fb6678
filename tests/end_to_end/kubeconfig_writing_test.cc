// What is promised about the files that a change of a kubeconfig makes and replaces, beside their text.
#include <sys/stat.h>
#include <unistd.h>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"

namespace credential_provider {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr uid_t kNobody = 65534;

class KubeconfigWritingTest : public testing::Test {
 protected:
  KubeconfigWritingTest() {
    Spill(file_, "kind: Config # mine\n");
    chmod(file_.c_str(), S_IRUSR | S_IWUSR);
  }

  std::vector<std::string> InstallArgs() const {
    return {"kubeconfig_writer",           "install",      "ack", "--cluster-id", kCluster, "--cs-endpoint",
            world_.sandbox.Value("cloud"), "--kubeconfig", file_};
  }
  ProcessResult Install() { return world_.Run(InstallArgs()); }

  std::vector<fs::path> Backups() const {
    std::vector<fs::path> found;
    for (const auto& file : fs::recursive_directory_iterator(world_.home.path())) {
      if (file.path().extension() == ".backup") found.push_back(file.path());
    }
    return found;
  }

  World world_{SharedSandbox()};
  const std::string file_ = world_.home.Path("config");
};

TEST_F(KubeconfigWritingTest, ABackupIsForItsOwnerAlone) {
  ASSERT_EQ(Install().status, 0);
  ASSERT_EQ(Backups().size(), 1U);
  struct stat info;
  ASSERT_EQ(stat(Backups().front().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
}

TEST_F(KubeconfigWritingTest, AFileThatCannotBeWrittenLeavesNoBackup) {
  chmod(file_.c_str(), S_IRUSR);
  const ProcessResult refused = Install();
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("read-only"));
  EXPECT_TRUE(Backups().empty());
}

// After a power cut there is the old file or the new one, never an empty one.
TEST_F(KubeconfigWritingTest, TheNewFileIsOnTheDiskBeforeItGetsTheNameAndItsFolderAfterThat) {
  if (world_.Run({"sh", "-c", "command -v strace"}).status != 0) GTEST_SKIP() << "there is no strace";
  std::vector<std::string> args = InstallArgs();
  args[0] = Runfile("kubeconfig_writer/kubeconfig_writer");
  const std::string trace = world_.home.Path("trace");
  args.insert(args.begin(),
              {"strace", "-y", "-o", trace, "-e", "trace=fsync,fdatasync,rename,renameat,renameat2"});
  ASSERT_EQ(world_.Run(args).status, 0);
  const std::string folder = fs::path(file_).parent_path().string();
  std::string order;
  for (const absl::string_view line : absl::StrSplit(Slurp(trace), '\n')) {
    const bool syncs = absl::StartsWith(line, "fsync(") || absl::StartsWith(line, "fdatasync(");
    if (syncs && absl::StrContains(line, "<" + folder + ">")) order += "folder ";
    if (syncs && absl::StrContains(line, "<" + folder + "/")) order += "file ";
    if (absl::StartsWith(line, "rename") && absl::StrContains(line, "config\")")) order += "rename ";
  }
  EXPECT_THAT(order, HasSubstr("file rename folder")) << Slurp(trace);
}

// What a killed run of this program leaves, as itself and as somebody else's, who may have made it up.
TEST_F(KubeconfigWritingTest, ALockThatNamesADeadOwnerIsTakenAwayWhenItIsOurOwnAlone) {
  const std::string lock = file_ + ".lock";
  const std::string dead = world_.Run({"sh", "-c", "echo $$"}).out;
  std::string text = "kubeconfig_writer " + dead.substr(0, dead.find('\n')) + " 1 " +
                     Slurp("/proc/sys/kernel/random/boot_id");
  text = text.substr(0, text.find('\n')) + " " + fs::read_symlink("/proc/self/ns/pid").string() + "\n";
  Spill(lock, text);
  EXPECT_EQ(Install().status, 0);
  EXPECT_FALSE(fs::exists(lock));
  Spill(lock, text);
  if (chown(lock.c_str(), kNobody, kNobody) != 0) GTEST_SKIP() << "only root can give a file away";
  const std::string before = Slurp(file_);
  const ProcessResult refused =
      world_.Run({"kubeconfig_writer", "uninstall", "--all", "--kubeconfig", file_});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("locked by another program"));
  EXPECT_EQ(Slurp(lock), text);
  EXPECT_EQ(Slurp(file_), before);
}

TEST_F(KubeconfigWritingTest, RootLeavesTheFileToItsOwner) {
  if (geteuid() != 0 || chown(file_.c_str(), kNobody, kNobody) != 0)
    GTEST_SKIP() << "only root can give a file away";
  ASSERT_EQ(Install().status, 0);
  struct stat info;
  ASSERT_EQ(stat(file_.c_str(), &info), 0);
  EXPECT_EQ(info.st_uid, kNobody);
  EXPECT_EQ(info.st_gid, kNobody);
}

}  // namespace
}  // namespace credential_provider
