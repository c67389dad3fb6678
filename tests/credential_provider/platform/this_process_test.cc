#include "credential_provider/platform/this_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "credential_provider/platform/signal_queue.h"
#include "gtest/gtest.h"

namespace credential_provider {
namespace {

TEST(ThisProcessTest, IsOfThisUserAndThisProgram) {
  EXPECT_EQ(ThisUser(), geteuid());
  EXPECT_STREQ(ProgramName(), "this_process_test");
  char* const file = realpath(ProgramFile().c_str(), nullptr);
  ASSERT_NE(file, nullptr);
  EXPECT_NE(std::string(file).find("this_process_test"), std::string::npos);
  std::free(file);
}

TEST(ThisProcessTest, APipeIsNotInherited) {
  int ends[2];
  ASSERT_TRUE(OpenPipe(ends));
  for (const int end : ends) {
    EXPECT_EQ(fcntl(end, F_GETFD), FD_CLOEXEC);
    close(end);
  }
}

TEST(ThisProcessTest, ClosesEveryDescriptorOrNone) {
  const pid_t child = fork();
  if (child == 0) _exit(CloseEveryDescriptor() == (fcntl(STDERR_FILENO, F_GETFD) < 0) ? 0 : 1);
  int status = -1;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
}

TEST(SignalQueueTest, HoldsWhatArrivesUntilItIsTaken) {
  sigset_t signals, before;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  const int queue = OpenSignalQueue(signals);
  ASSERT_GE(queue, 0);
  sigprocmask(SIG_BLOCK, &signals, &before);
  EXPECT_FALSE(TakeSignal(queue).has_value());
  kill(getpid(), SIGTERM);
  pollfd arrived = {queue, POLLIN, 0};
  EXPECT_EQ(poll(&arrived, 1, 10000), 1);
  const absl::optional<QueuedSignal> taken = TakeSignal(queue);
  ASSERT_TRUE(taken.has_value());
  EXPECT_EQ(taken->number, SIGTERM);
  EXPECT_FALSE(taken->from_kernel);
  EXPECT_FALSE(TakeSignal(queue).has_value());
  sigprocmask(SIG_SETMASK, &before, nullptr);
  close(queue);
}

}  // namespace
}  // namespace credential_provider
