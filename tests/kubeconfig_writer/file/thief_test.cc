// Somebody who can write in the kubeconfig's folder swaps the file for a link to a private kubeconfig and
// back, all the while that this program changes it: what is private never comes to lie where they can read
// it. Needs root, for users to play; SAFETY_TEST_SECONDS is how long each of them tries, 8 by default.
#include <fcntl.h>
#include <linux/fs.h>
#include <poll.h>
#include <signal.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kubeconfig_writer/file/kubeconfig_file.h"
#include "tests/testing/temp_dir.h"

namespace kubeconfig_writer {
namespace {

namespace fs = std::filesystem;
using credential_provider::Slurp;
using credential_provider::Spill;

constexpr uid_t kMe = 4241, kThief = 4242;
constexpr gid_t kTeam = 4243;
constexpr char kMark[] = "private-kubeconfig-of-the-victim";
constexpr int kMostRounds = 400;

absl::Status AddCluster(KubeconfigDocument& document) {
  return document.Set(KubeconfigList::kClusters, "ours", {{"server", "https://192.0.2.1"}});
}

enum class Thief { kBusy, kWatches };

struct Score {
  int rounds = 0, edits = 0, wins = 0;
};

class ThiefTest : public testing::TestWithParam<Thief> {
 protected:
  void SetUp() override {
    if (geteuid() != 0) GTEST_SKIP() << "needs root";
    chmod(dir_.path().c_str(), 0755);
    fs::create_directory(folder_);
    fs::create_directory(dir_.Path("home"));
    Spill(private_, std::string("kind: Config\ncurrent-context: ") + kMark + "\n");
    chmod(private_.c_str(), 0600);
  }

  // Lays out what the round before has changed, again.
  void Reset(uid_t owner, gid_t group, mode_t mode) const {
    for (const auto& file : fs::directory_iterator(folder_)) fs::remove(file.path());
    Spill(config_, "kind: Config\n");
    EXPECT_EQ(chown(config_.c_str(), owner, group), 0);
    chmod(config_.c_str(), mode);
    fs::create_symlink(private_, link_);
    EXPECT_EQ(lchown(link_.c_str(), kThief, kTeam), 0);
  }

  void Swap() const {
    syscall(SYS_renameat2, AT_FDCWD, config_.c_str(), AT_FDCWD, link_.c_str(), RENAME_EXCHANGE);
  }

  // Swaps until it is killed: all the time, or whenever somebody touches something in the folder.
  [[noreturn]] void Steal() const {
    if (setgid(kTeam) != 0 || setuid(kThief) != 0) _exit(1);
    const int events = inotify_init1(IN_NONBLOCK);
    inotify_add_watch(events, folder_.c_str(), IN_OPEN | IN_CREATE | IN_ACCESS | IN_CLOSE);
    unsigned int state = static_cast<unsigned int>(getpid());
    while (getppid() != 1) {
      char buffer[4096];
      pollfd awaited = {events, POLLIN, 0};
      if (GetParam() == Thief::kWatches && poll(&awaited, 1, 100) > 0 &&
          read(events, buffer, sizeof(buffer)) <= 0)
        continue;
      Swap();
      if (GetParam() == Thief::kBusy) usleep(static_cast<unsigned int>(rand_r(&state)) % 200);
    }
    _exit(0);
  }

  // Tells whether the thief can read what is private, somewhere in the folder.
  bool HasWon() const {
    for (const auto& file : fs::directory_iterator(folder_)) {
      struct stat info;
      if (lstat(file.path().c_str(), &info) != 0 || !S_ISREG(info.st_mode)) continue;
      const bool readable = (info.st_uid == kThief && (info.st_mode & S_IRUSR) != 0) ||
                            (info.st_gid == kTeam && (info.st_mode & S_IRGRP) != 0) ||
                            (info.st_mode & S_IROTH) != 0;
      if (readable && Slurp(file.path().string()).find(kMark) != std::string::npos) return true;
    }
    return false;
  }

  // Edits the file once as `user`, in a process of its own, and returns whether that went well.
  bool Edit(uid_t user, gid_t group) const {
    const pid_t child = fork();
    if (child == 0) {
      if (user != 0 && (setgid(group) != 0 || setuid(user) != 0)) _exit(2);
      alarm(20);
      const absl::StatusOr<bool> edited = EditKubeconfig(config_, AddCluster);
      _exit(edited.ok() ? 0 : 1);
    }
    int status = 0;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) < 2) << status;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }

  // Edits while the thief swaps. The file is `owner`'s.
  Score Play(uid_t user, gid_t group, uid_t owner, mode_t mode) const {
    const char* const asked = std::getenv("SAFETY_TEST_SECONDS");
    const absl::Time end =
        absl::Now() + absl::Seconds(asked == nullptr ? 8 : std::strtol(asked, nullptr, 10));
    Score score;
    // A round in which nothing was written tells little: without one in which it was there are more, for a
    // minute.
    const auto is_over = [&] {
      if (score.edits == 0) return absl::Now() > end + absl::Minutes(1);
      return score.rounds >= kMostRounds || absl::Now() > end;
    };
    while (!is_over()) {
      Reset(owner, kTeam, mode);
      const pid_t thief = fork();
      if (thief == 0) Steal();
      ++score.rounds;
      score.edits += Edit(user, group);
      kill(thief, SIGKILL);
      waitpid(thief, nullptr, 0);
      score.wins += HasWon();
    }
    std::printf("%d rounds, %d edits, the thief won %d\n", score.rounds, score.edits, score.wins);
    return score;
  }

  // The folder that a test is given may be closed to the users that are played here.
  const bool open_ground_ = setenv("TEST_TMPDIR", "/tmp", 1) == 0;
  const credential_provider::TempDir dir_;
  const std::string folder_ = dir_.Path("kube"), config_ = folder_ + "/config", link_ = folder_ + "/swap";
  const std::string private_ = dir_.Path("home/config");
};

TEST_P(ThiefTest, RootInAUsersFolderHandsNothingOut) {
  ASSERT_EQ(chown(folder_.c_str(), kThief, kTeam), 0);
  chmod(dir_.Path("home").c_str(), 0700);
  const Score score = Play(0, 0, kThief, 0644);
  EXPECT_EQ(score.wins, 0);
  EXPECT_GT(score.edits, 0);
}

TEST_P(ThiefTest, AMemberOfAGroupThatCanWriteTheFolderGetsNothing) {
  ASSERT_EQ(chown(folder_.c_str(), kMe, kTeam), 0);
  chmod(folder_.c_str(), 0770);
  ASSERT_EQ(chown(dir_.Path("home").c_str(), kMe, kMe), 0);
  ASSERT_EQ(chown(private_.c_str(), kMe, kMe), 0);
  chmod(dir_.Path("home").c_str(), 0700);
  const Score score = Play(kMe, kTeam, kMe, 0660);
  EXPECT_EQ(score.wins, 0);
  EXPECT_GT(score.edits, 0);
}

INSTANTIATE_TEST_SUITE_P(, ThiefTest, testing::Values(Thief::kBusy, Thief::kWatches),
                         [](const auto& thief) { return thief.param == Thief::kBusy ? "Busy" : "Watching"; });

}  // namespace
}  // namespace kubeconfig_writer
