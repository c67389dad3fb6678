#include "credential_provider/platform/processes.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

#include "absl/time/clock.h"
#include "gtest/gtest.h"

namespace credential_provider {
namespace {

// A child that does nothing but what signals make it do.
class Child {
 public:
  Child() : pid_(fork()) {
    while (pid_ == 0) pause();
  }
  ~Child() {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  pid_t pid() const { return pid_; }
  ProcessState state() const { return FindProcess(pid_)->state; }

 private:
  const pid_t pid_;
};

TEST(ProcessesTest, OneIsFoundWithItsParentGroupAndProgram) {
  const absl::Time before = absl::Now();
  const Child child;
  const absl::optional<ProcessInfo> info = FindProcess(child.pid());
  ASSERT_TRUE(info.has_value());
  EXPECT_EQ(info->pid, child.pid());
  EXPECT_EQ(info->parent, getpid());
  EXPECT_EQ(info->group, getpgrp());
  EXPECT_EQ(info->name, std::string("processes_test").substr(0, 15));
  EXPECT_EQ(info->state, ProcessState::kAlive);
  EXPECT_GT(info->started, before - absl::Milliseconds(50));
  EXPECT_LT(info->started, absl::Now() + absl::Milliseconds(50));
}

TEST(ProcessesTest, WhatIsStoppedOrHasEndedSaysSo) {
  const Child child;
  kill(child.pid(), SIGSTOP);
  waitpid(child.pid(), nullptr, WUNTRACED);
  EXPECT_EQ(child.state(), ProcessState::kStopped);
  kill(child.pid(), SIGKILL);
  siginfo_t ended;
  waitid(P_PID, static_cast<id_t>(child.pid()), &ended, WEXITED | WNOWAIT);
  EXPECT_EQ(child.state(), ProcessState::kEnded);
}

TEST(ProcessesTest, WhatIsNotThereIsNotFound) {
  EXPECT_FALSE(FindProcess(999999999).has_value());
  EXPECT_EQ(CommandLineOf(999999999), "");
}

TEST(ProcessesTest, AllHoldsEachOneOnce) {
  const Child child;
  const std::vector<ProcessInfo> all = AllProcesses();
  EXPECT_EQ(
      std::count_if(all.begin(), all.end(), [&](const ProcessInfo& one) { return one.pid == child.pid(); }),
      1);
  EXPECT_EQ(
      std::count_if(all.begin(), all.end(), [&](const ProcessInfo& one) { return one.pid == getpid(); }), 1);
}

TEST(ProcessesTest, ArgumentsEndWithAZeroByteEach) {
  const std::string line = CommandLineOf(getpid());
  ASSERT_FALSE(line.empty());
  EXPECT_EQ(line.back(), '\0');
  EXPECT_NE(line.find("processes_test"), std::string::npos);
}

}  // namespace
}  // namespace credential_provider
