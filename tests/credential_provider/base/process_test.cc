#include "credential_provider/base/process.h"

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

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

}  // namespace
}  // namespace credential_provider
