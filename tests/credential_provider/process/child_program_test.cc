#include "credential_provider/process/child_program.h"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "gtest/gtest.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

const char* const kEnvironment[] = {"PATH=/usr/bin:/bin", "NAME=value", nullptr};

absl::StatusOr<ChildResult> Result(std::vector<std::string> argv, absl::Duration limit = absl::Seconds(20)) {
  return RunChild({std::move(argv), kEnvironment, limit, 1000});
}

TEST(ProcessTest, BothStreamsAndTheStatusAreKept) {
  const auto result = Result({"sh", "-c", "echo \"out $NAME\"; echo err >&2; exit 3"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->status, 3);
  EXPECT_EQ(result->out.Reveal(), "out value\n");
  EXPECT_EQ(result->err.Reveal(), "err\n");
}

TEST(ProcessTest, ArgumentsReachItAsTheyAre) {
  EXPECT_EQ(Result({"printf", "%s|", "a b", "$(id)", ""})->out.Reveal(), "a b|$(id)||");
}

TEST(ProcessTest, StdinIsEmpty) { EXPECT_EQ(Result({"cat"})->out.Reveal(), ""); }

TEST(ProcessTest, ItReadsWhatItIsGivenAndNeedNot) {
  signal(SIGPIPE, SIG_IGN);
  const std::string input(1 << 20, 'x');  // more than a pipe holds
  ChildProgram count{{"wc", "-c"}, kEnvironment, absl::Seconds(20)};
  count.input = input;
  EXPECT_EQ(RunChild(count)->out.Reveal(), "1048576\n");
  ChildProgram echo{{"cat"}, kEnvironment, absl::Seconds(20), 2 << 20};
  echo.input = input;
  EXPECT_TRUE(RunChild(echo)->out.Reveal() == input);
  ChildProgram deaf{{"true"}, kEnvironment, absl::Seconds(20)};
  deaf.input = input;
  EXPECT_EQ(RunChild(deaf)->status, 0);
}

TEST(ProcessTest, NoOtherDescriptorReachesIt) {
  EXPECT_EQ(Result({"sh", "-c", "ls /proc/self/fd | wc -l"})->out.Reveal(), "4\n")
      << "three streams and the folder";
}

TEST(ProcessTest, ADeathBySignalIsAStatus) { EXPECT_EQ(Result({"sh", "-c", "kill -9 $$"})->status, 137); }

TEST(ProcessTest, WhatCannotBeStartedIsNamedWithoutItsArguments) {
  EXPECT_EQ(Result({"/no/such/program", "fake-secret"}).status().message(),
            "/no/such/program: No such file or directory");
}

TEST(ProcessTest, WhatIsNoProgramIsToldWithWhatItLacks) {
  const TempDir dir;
  const std::string path = dir.Path("plugin");
  Spill(path, "echo hello\n");
  ASSERT_EQ(chmod(path.c_str(), S_IRWXU), 0);
  const absl::Status status = Result({path}).status();
  EXPECT_EQ(status.message(), path + ": Exec format error");
  EXPECT_EQ(HintOf(status),
            "it is no program for this machine; a script needs a first line such as #!/bin/sh");
}

TEST(ProcessTest, WhatTakesTooLongIsKilled) {
  const absl::Time start = absl::Now();
  EXPECT_EQ(Result({"sleep", "30"}, absl::Milliseconds(200)).status().message(), "sleep: no end after 200ms");
  EXPECT_EQ(Result({"sh", "-c", "exec >&- 2>&-; exec sleep 30"}, absl::Milliseconds(200)).status().message(),
            "sh: no end after 200ms");
  EXPECT_LT(absl::Now() - start, absl::Seconds(10));
}

TEST(ProcessTest, WhatItHasStartedIsKilledWithIt) {
  // The pipe comes to its end when the last of them, who all hold the end to write to, has ended.
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const std::string hold = absl::StrCat("exec 9>/proc/", getpid(), "/fd/", ends[1], "; ");
  const std::string script = hold + "(sh -c 'sleep 30; :'; :) & echo started >&9; sleep 30; :";
  EXPECT_FALSE(Result({"sh", "-c", script}, absl::Milliseconds(500)).ok());
  close(ends[1]);
  std::string said;
  char buffer[100];
  pollfd more = {ends[0], POLLIN, 0};
  while (poll(&more, 1, 5000) > 0) {
    const ssize_t count = read(ends[0], buffer, sizeof(buffer));
    if (count <= 0) break;
    said.append(buffer, static_cast<size_t>(count));
  }
  EXPECT_EQ(said, "started\n");
  EXPECT_NE(more.revents & POLLHUP, 0) << "one of them lives on";
  close(ends[0]);
}

TEST(ProcessTest, WhatSaysTooMuchIsKilled) {
  EXPECT_EQ(Result({"yes"}).status().message(), "yes: said more than 1000 bytes");
}

// What ends this process: a child of the test's, whose end and whose program's end are seen.
class EndingTest : public testing::TestWithParam<int> {
 protected:
  // Runs `script` in another process, which the signal reaches once the script has said "started" to fd 9.
  // Returns how that process ended, after the last of the script's programs has: they all hold the pipe's
  // other end.
  int StatusAfter(int signal, const std::string& script) {
    int ends[2];
    if (pipe(ends) != 0) return -1;
    const pid_t runner = fork();
    if (runner == 0) {
      const std::string hold = absl::StrCat("exec 9>/proc/", getpid(), "/fd/", ends[1], "; ");
      Result({"sh", "-c", hold + script}).status().IgnoreError();
      _exit(0);
    }
    close(ends[1]);
    char byte;
    if (read(ends[0], &byte, 1) == 1) kill(runner, signal);
    int status = 0;
    waitpid(runner, &status, 0);
    pollfd more = {ends[0], POLLIN, 0};
    while (poll(&more, 1, 5000) > 0 && read(ends[0], &byte, 1) > 0) continue;
    EXPECT_NE(more.revents & POLLHUP, 0) << "one of them lives on";
    close(ends[0]);
    return status;
  }
};

TEST_P(EndingTest, TheProgramEndsWithUsAndThenWeDoByThatSignal) {
  const int status = StatusAfter(GetParam(), "sleep 30 & echo started >&9; wait");
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), GetParam());
}

TEST_P(EndingTest, TheProgramIsToldByThatSignalAndMayTidyUp) {
  const TempDir dir;
  const std::string said = dir.Path("said");
  StatusAfter(GetParam(),
              absl::StrCat("trap 'echo told >", said, "; exit' HUP INT QUIT TERM ALRM; echo started >&9; ",
                           "for i in $(seq 1000); do sleep 0.01; done"));
  EXPECT_EQ(Slurp(said), "told\n");
}

TEST_P(EndingTest, WhatIsIgnoredEndsNobody) {
  signal(GetParam(), SIG_IGN);
  const int status = StatusAfter(GetParam(), "echo started >&9; exec sleep 0.2");
  signal(GetParam(), SIG_DFL);
  EXPECT_TRUE(WIFEXITED(status));
}

INSTANTIATE_TEST_SUITE_P(All, EndingTest, testing::Values(SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGALRM),
                         [](const auto& test) { return absl::StrCat("Signal", test.param); });

TEST(ProcessTest, KilledOutrightWeTakeTheProgramAlong) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t runner = fork();
  if (runner == 0) {
    const std::string hold = absl::StrCat("exec 9>/proc/", getpid(), "/fd/", ends[1], "; ");
    Result({"sh", "-c", hold + "echo started >&9; exec sleep 30"}).status().IgnoreError();
    _exit(0);
  }
  close(ends[1]);
  char byte;
  ASSERT_EQ(read(ends[0], &byte, 1), 1);
  kill(runner, SIGKILL);
  waitpid(runner, nullptr, 0);
  pollfd more = {ends[0], POLLIN, 0};
  while (poll(&more, 1, 5000) > 0 && read(ends[0], &byte, 1) > 0) continue;
  EXPECT_NE(more.revents & POLLHUP, 0) << "it lives on";
  close(ends[0]);
}

TEST(ProcessTest, ItsStatusIsKnownWhoeverIgnoresSIGCHLD) {
  signal(SIGCHLD, SIG_IGN);
  EXPECT_EQ(Result({"sh", "-c", "exit 3"})->status, 3);
}

TEST(ProcessTest, SignalsAreLeftAsTheyWere) {
  sigset_t blocked, after;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGUSR1);
  sigprocmask(SIG_SETMASK, &blocked, nullptr);
  Result({"true"}).status().IgnoreError();
  sigprocmask(SIG_SETMASK, nullptr, &after);
  for (const int number : {SIGHUP, SIGINT, SIGTERM, SIGCHLD})
    EXPECT_EQ(sigismember(&after, number), 0) << number;
  EXPECT_EQ(sigismember(&after, SIGUSR1), 1);
}

TEST(ProcessTest, WhoStillHoldsItsStdoutIsNotWaitedFor) {
  const auto result = Result({"sh", "-c", "sleep 30 & echo $!"});
  ASSERT_TRUE(result.ok()) << result.status();
  const pid_t holder = std::stoi(result->out.Reveal());
  EXPECT_EQ(kill(holder, SIGKILL), 0) << "it has been waited for";
}

TEST(ProcessTest, WhatComesThroughAnotherIsHeard) {
  EXPECT_EQ(Result({"sh", "-c", "{ sleep 0.5; echo late; } &"})->out.Reveal(), "late\n");
}

TEST(ProcessTest, ANameIsLookedForInAbsoluteFoldersOnly) {
  const TempDir dir;
  Spill(dir.Path("tool"), "#!/bin/sh\necho wrong\n");
  ASSERT_EQ(chmod(dir.Path("tool").c_str(), S_IRWXU), 0);
  const std::string path = "PATH=.::" + std::filesystem::relative(dir.path()).string();
  const char* const environment[] = {path.c_str(), nullptr};
  EXPECT_EQ(RunChild({{"tool"}, environment, absl::Seconds(20)}).status().message(),
            "tool: No such file or directory");
}

}  // namespace
}  // namespace credential_provider
