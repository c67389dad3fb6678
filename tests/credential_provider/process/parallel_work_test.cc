#include "credential_provider/process/parallel_work.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <map>
#include <set>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace credential_provider {
namespace {

using testing::SizeIs;

// The results, by item; fails for an item that comes twice.
struct Results {
  void operator()(size_t item, const std::string& result) {
    EXPECT_TRUE(by_item.emplace(item, result).second) << item;
  }
  std::map<size_t, std::string> by_item;
};

std::string Square(size_t item) { return absl::StrCat(item * item); }

TEST(ParallelWorkTest, EachItemIsDoneOnce) {
  Results results;
  EXPECT_TRUE(WorkInParallel(300, {7}, Square, results).ok());
  ASSERT_THAT(results.by_item, SizeIs(300));
  for (const auto& [item, result] : results.by_item) EXPECT_EQ(result, absl::StrCat(item * item));
}

TEST(ParallelWorkTest, NoItemNeedsNoProcess) {
  Results results;
  EXPECT_TRUE(WorkInParallel(0, {7}, Square, results).ok());
  EXPECT_THAT(results.by_item, SizeIs(0));
}

TEST(ParallelWorkTest, AResultMayBeLongerThanAPipeHolds) {
  Results results;
  EXPECT_TRUE(WorkInParallel(
                  3, {2}, [](size_t) { return std::string(1 << 20, 'x'); }, results)
                  .ok());
  EXPECT_EQ(results.by_item[2].size(), 1U << 20);
}

TEST(ParallelWorkTest, SoManyProcessesAreAtWorkAndNotMore) {
  Results results;
  const auto who = [](size_t) {
    usleep(2000);
    return absl::StrCat(getpid());
  };
  EXPECT_TRUE(WorkInParallel(40, {4}, who, results).ok());
  std::set<std::string> processes;
  for (const auto& [item, result] : results.by_item) processes.insert(result);
  EXPECT_THAT(processes, SizeIs(4));
  EXPECT_EQ(processes.count(absl::StrCat(getpid())), 0U);
}

TEST(ParallelWorkTest, OneThatDiesLeavesItsItemUndoneAndIsTold) {
  Results results;
  const auto dies = [](size_t item) {
    if (item == 5) _exit(1);
    return Square(item);
  };
  const absl::Status status = WorkInParallel(10, {2}, dies, results);
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(results.by_item, SizeIs(9));
}

TEST(ParallelWorkTest, ASignalEndsItAndWhatIsDoneCounts) {
  Results results;
  const pid_t parent = getpid();
  const auto stops = [parent](size_t item) {
    if (item == 20) {
      usleep(100000);  // so that what is done before has been taken
      kill(parent, SIGTERM);
      pause();
    }
    return Square(item);
  };
  EXPECT_EQ(WorkInParallel(1000, {1}, stops, results).code(), absl::StatusCode::kCancelled);
  EXPECT_THAT(results.by_item, SizeIs(20));
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) signal(number, SIG_DFL);  // for the tests after this one
}

TEST(ParallelWorkTest, WhoIsAskedTwiceToEndKeepsWhatIsDone) {
  const pid_t child = fork();
  if (child == 0) {
    signal(SIGINT, SIG_DFL);
    const pid_t parent = getpid();
    const auto stops = [parent](size_t item) {
      kill(parent, SIGINT);
      pause();
      return Square(item);
    };
    Results results;
    const bool is_stopped = WorkInParallel(10, {1}, stops, results).code() == absl::StatusCode::kCancelled;
    kill(parent, SIGINT);
    _exit(is_stopped ? 7 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 7) << status;
}

TEST(ParallelWorkTest, BeginningsAreApart) {
  Results results;
  const auto when = [](size_t) { return absl::StrCat(absl::ToUnixMicros(absl::Now())); };
  EXPECT_TRUE(WorkInParallel(10, {5, absl::Milliseconds(20)}, when, results).ok());
  std::set<int64_t> begins;
  for (const auto& [item, result] : results.by_item) {
    int64_t begin = 0;
    EXPECT_TRUE(absl::SimpleAtoi(result, &begin));
    begins.insert(begin);
  }
  EXPECT_GE(*begins.rbegin() - *begins.begin(), 9 * 20000 - 1000);
}

}  // namespace
}  // namespace credential_provider
