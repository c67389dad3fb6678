// Whatever happens to `kubeconfig_writer install`, killed at any of its system calls, on a full disk, or
// among other writers, the kubeconfig is as it was or as it should be, and what is left beside it goes with
// the next run. SAFETY_TEST_SECONDS is how long the writers write at the same time, 10 by default.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <set>
#include <thread>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kubeconfig_writer/file/kubeconfig_reader.h"
#include "tests/end_to_end/store_world.h"
#include "tests/testing/step_by_step.h"

namespace credential_provider {
namespace {

namespace fs = std::filesystem;
using kubeconfig_writer::KubeconfigList;
using testing::HasSubstr;

constexpr char kBefore[] =
    "# ours\napiVersion: v1\nkind: Config\nusers:\n- name: alice\n  user: {token: fake-token}\n";
constexpr int kMostSteps = 10000;

class KubeconfigSafetyTest : public testing::Test {
 protected:
  KubeconfigSafetyTest() {
    fs::create_directory(world_.home.Path("kube"));
    Spill(file_, kBefore);
  }

  std::vector<std::string> InstallArgs(const std::string& context = "ours") const {
    return {"kubeconfig_writer",           "install",      "ack", "--cluster-id",   kCluster, "--cs-endpoint",
            world_.sandbox.Value("cloud"), "--kubeconfig", file_, "--context-name", context};
  }
  ProcessResult Install(const std::string& context = "ours") { return world_.Run(InstallArgs(context)); }

  // Becomes the program: for a child process.
  void BecomeInstall() const {
    std::vector<std::string> args = InstallArgs(), variables;
    args[0] = Runfile("kubeconfig_writer/kubeconfig_writer");
    for (const auto& [name, value] : world_.env) variables.push_back(name + "=" + value);
    std::vector<char*> argv, envp;
    for (std::string& arg : args) argv.push_back(&arg[0]);
    for (std::string& variable : variables) envp.push_back(&variable[0]);
    argv.push_back(nullptr);
    envp.push_back(nullptr);
    const int null = open("/dev/null", O_RDWR);
    for (int fd = 0; fd <= 2; ++fd) dup2(null, fd);
    execve(argv[0], argv.data(), envp.data());
  }

  // The names of what is beside the kubeconfig.
  std::set<std::string> Beside() const {
    std::set<std::string> names;
    for (const auto& file : fs::directory_iterator(fs::path(file_).parent_path())) {
      if (file.path() != file_) names.insert(file.path().filename().string());
    }
    return names;
  }

  static void MakeOld(const fs::path& file) {
    fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::minutes(2));
  }

  // The kubeconfig as it was, and nobody has written it lately: with others about, install would watch
  // longer.
  void Restore() const {
    Spill(file_, kBefore);
    MakeOld(file_);
  }

  StoreWorld world_{SharedSandbox()};
  const std::string file_ = world_.home.Path("kube/config");
};

TEST_F(KubeconfigSafetyTest, KilledAtAnySystemCallTheFileIsAsItWasOrAsItShouldBe) {
  ASSERT_EQ(Install().status, 0);
  const std::string after = Slurp(file_);
  int steps = 0, unchanged = 0, changed = 0, locks = 0, temporary_files = 0;
  for (bool killed = true; killed; ++steps) {
    ASSERT_LT(steps, kMostSteps);
    Restore();
    killed = KillAtStep([this] { BecomeInstall(); }, steps);
    const std::string text = Slurp(file_);
    ASSERT_TRUE(text == kBefore || text == after) << "at step " << steps << ": " << text;
    (text == after ? changed : unchanged) += 1;
    if (Beside().empty()) continue;
    for (const std::string& name : Beside()) (name == "config.lock" ? locks : temporary_files) += 1;
    for (const std::string& name : Beside()) MakeOld(fs::path(file_).parent_path() / name);
    Restore();
    const ProcessResult next = Install();
    ASSERT_EQ(next.status, 0) << "after step " << steps << ": " << next.err;
    ASSERT_EQ(Slurp(file_), after);
    ASSERT_TRUE(Beside().empty()) << "after step " << steps << ": " << *Beside().begin();
  }
  std::printf("killed %d times: %d unchanged, %d changed; left %d locks and %d temporary files\n", steps - 1,
              unchanged, changed, locks, temporary_files);
  EXPECT_GT(unchanged, 100);
  EXPECT_GT(changed, 10);
  EXPECT_GT(locks, 10);
  EXPECT_GT(temporary_files, 10);
}

// A limit on the size of files stands for a disk that is full in the middle of the new file.
TEST_F(KubeconfigSafetyTest, AFileThatCannotBeWrittenWholeLeavesTheOldOne) {
  const std::string large = std::string(kBefore) + "# " + std::string(20000, 'x') + "\n";
  Spill(file_, large);
  std::string command = "ulimit -f 8; exec \"$@\"";
  std::vector<std::string> args = {"sh", "-c", command, "sh"};
  std::vector<std::string> install = InstallArgs();
  install[0] = Runfile("kubeconfig_writer/kubeconfig_writer");
  install.push_back("--no-backup");
  args.insert(args.end(), install.begin(), install.end());
  const ProcessResult result = world_.Run(args);
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("kubeconfig_writer: error: " + file_ + ": File too large\n"));
  EXPECT_EQ(Slurp(file_), large);
  EXPECT_TRUE(Beside().empty());
}

// A real one, where a user may mount a small file system.
TEST_F(KubeconfigSafetyTest, AFullDiskIsAnErrorAndChangesNothing) {
  const std::string disk = world_.home.Path("disk");
  fs::create_directory(disk);
  const std::string mount = "mount -t tmpfs -o size=64k none " + disk + " && cp " + file_ + " " + disk +
                            "/config && dd if=/dev/zero of=" + disk + "/rest bs=1k 2>/dev/null; ";
  if (world_.Run({"unshare", "-rm", "sh", "-c", "mount -t tmpfs -o size=64k none " + disk}).status != 0)
    GTEST_SKIP() << "no file system can be mounted here";
  for (const int free_k : {0, 4}) {
    std::vector<std::string> install = InstallArgs();
    install[0] = Runfile("kubeconfig_writer/kubeconfig_writer");
    install[8] = disk + "/config";
    install.push_back("--no-backup");
    const std::string room =
        free_k == 0 ? "" : "truncate -s -" + std::to_string(free_k) + "k " + disk + "/rest; ";
    std::vector<std::string> args = {
        "unshare",
        "-rm",
        "sh",
        "-c",
        mount + room + "\"$@\"; echo status $?; cat " + disk + "/config; ls -A " + disk,
        "sh"};
    args.insert(args.end(), install.begin(), install.end());
    const ProcessResult result = world_.Run(args);
    EXPECT_THAT(result.err, HasSubstr(": No space left on device\n")) << free_k;
    EXPECT_THAT(result.err, HasSubstr("hint: nothing was changed: make room on its disk")) << free_k;
    EXPECT_EQ(result.out, std::string("status 1\n") + kBefore + "config\nrest\n") << free_k;
  }
}

TEST_F(KubeconfigSafetyTest, AFolderThatCannotBeWrittenIsAnErrorThatSaysWhy) {
  if (geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  const fs::path folder = fs::path(file_).parent_path();
  fs::permissions(folder, fs::perms(0500));
  const ProcessResult result = Install();
  fs::permissions(folder, fs::perms(0700));
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr(file_ + ".lock: Permission denied\n"));
  EXPECT_THAT(result.err,
              HasSubstr("hint: nothing was changed: kubectl's lock and the new file are made in"));
  EXPECT_EQ(Slurp(file_), kBefore);
}

// kubectl deletes entries that it did not know, and writes in place.
TEST_F(KubeconfigSafetyTest, AmongOtherWritersNoUpdateOfOursIsLost) {
  const std::vector<std::string> kubectls = OldestAndNewestKubectl();
  if (kubectls.empty()) GTEST_SKIP() << "there is no kubectl on the PATH";
  const char* const asked = std::getenv("SAFETY_TEST_SECONDS");
  const auto end =
      std::chrono::steady_clock::now() + std::chrono::seconds(asked == nullptr ? 10 : std::stoi(asked));
  std::atomic<int> failed = 0, kubectl_wrote = 0, kubectl_failed = 0, reads = 0;
  std::set<std::string> written[2];
  const auto time_is_left = [end] { return std::chrono::steady_clock::now() < end; };
  const auto write = [&](int writer) {
    for (int i = 0; time_is_left(); ++i) {
      const std::string name = "ours-" + std::to_string(writer) + "-" + std::to_string(i);
      const ProcessResult result = Install(name);
      EXPECT_EQ(result.status, 0) << result.err;
      result.status == 0 ? void(written[writer].insert(name)) : void(++failed);
    }
  };
  const auto kubectl = [&](const std::string& program) {
    for (int i = 0; time_is_left(); ++i) {
      const int status = world_
                             .Run({program, "--kubeconfig", file_, "config", "set",
                                   "contexts.theirs-" + std::to_string(i) + ".namespace", "web"})
                             .status;
      ++(status == 0 ? kubectl_wrote : kubectl_failed);
    }
  };
  std::vector<std::thread> threads;
  threads.emplace_back(write, 0);
  threads.emplace_back(write, 1);
  threads.emplace_back(kubectl, kubectls.back());
  while (time_is_left()) {
    const auto document = kubeconfig_writer::ReadKubeconfig(file_);
    EXPECT_TRUE(document.ok()) << document.status();
    ++reads;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  for (std::thread& thread : threads) thread.join();
  const auto document = kubeconfig_writer::ReadKubeconfig(file_);
  ASSERT_TRUE(document.ok()) << document.status();
  int lost = 0;
  for (const std::set<std::string>& names : written) {
    for (const std::string& name : names) {
      for (const KubeconfigList list : kubeconfig_writer::kKubeconfigLists)
        lost += !document->Has(list, name);
    }
  }
  std::printf("ours: %zu written, %d failed, %d lost; kubectl: %d written, %d failed; %d whole reads\n",
              written[0].size() + written[1].size(), failed.load(), lost, kubectl_wrote.load(),
              kubectl_failed.load(), reads.load());
  EXPECT_EQ(lost, 0);
  EXPECT_TRUE(document->Has(KubeconfigList::kUsers, "alice"));
  EXPECT_GT(written[0].size() + written[1].size(), 10u);
  EXPECT_TRUE(Beside().empty());
}

}  // namespace
}  // namespace credential_provider
