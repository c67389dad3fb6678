#include "credential_provider/runs/backoff.h"

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

const absl::Time kFailed = absl::FromUnixSeconds(1767323045);

IssueRecord Failed(int times) {
  IssueRecord issuance = {};
  for (int i = 0; i < times; ++i) issuance.Fail(absl::UnavailableError("down"), "", kFailed);
  return issuance;
}

TEST(BackoffTest, WithoutAFailureThereIsNone) { EXPECT_FALSE(IsBackingOff(IssueRecord(), true, kFailed)); }

TEST(BackoffTest, WithNothingToServeItIsTheSameShortWindowEachTime) {
  for (const int times : {1, 10}) {
    EXPECT_TRUE(IsBackingOff(Failed(times), false, kFailed + absl::Seconds(4)));
    EXPECT_FALSE(IsBackingOff(Failed(times), false, kFailed + absl::Seconds(5)));
  }
}

TEST(BackoffTest, WithSomethingToServeItDoublesUpToItsLimit) {
  struct Case {
    int times;
    absl::Duration wait;
  };
  for (const Case& test : {Case{1, absl::Seconds(15)}, Case{2, absl::Seconds(30)}, Case{4, absl::Minutes(2)},
                           Case{6, absl::Minutes(5)}, Case{1000, absl::Minutes(5)}}) {
    EXPECT_TRUE(IsBackingOff(Failed(test.times), true, kFailed + test.wait - absl::Seconds(1))) << test.times;
    EXPECT_FALSE(IsBackingOff(Failed(test.times), true, kFailed + test.wait)) << test.times;
  }
}

TEST(BackoffTest, AFailureInTheFutureIsAClockThatWasSetBackAndHoldsNothingUp) {
  EXPECT_FALSE(IsBackingOff(Failed(1), true, kFailed - absl::Seconds(1)));
}

}  // namespace
}  // namespace credential_provider
