#include "credential_provider/base/process.h"

#include "gtest/gtest.h"

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

TEST(ProcessTest, WhatTakesTooLongIsKilled) {
  const absl::Time start = absl::Now();
  EXPECT_EQ(Result({"sleep", "30"}, absl::Milliseconds(200)).status().message(), "sleep: no end after 200ms");
  EXPECT_EQ(Result({"sh", "-c", "exec >&- 2>&-; exec sleep 30"}, absl::Milliseconds(200)).status().message(),
            "sh: no end after 200ms");
  EXPECT_LT(absl::Now() - start, absl::Seconds(10));
}

TEST(ProcessTest, WhatSaysTooMuchIsKilled) {
  EXPECT_EQ(Result({"yes"}).status().message(), "yes: said more than 1000 bytes");
}

}  // namespace
}  // namespace credential_provider
