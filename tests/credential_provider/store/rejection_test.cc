#include "credential_provider/store/rejection.h"

#include <unistd.h>

#include "absl/time/clock.h"
#include "gtest/gtest.h"

namespace credential_provider {
namespace {

// The process that asks is this one.
class RejectionTest : public testing::Test {
 protected:
  void ServedBefore(pid_t pid, absl::Time when) {
    servings_.Add({absl::ToUnixMicros(when), absl::ToUnixSeconds(issued_), pid, 0});
  }
  bool Looks() { return LooksRejected(servings_, issuance_, starter_, issued_, now_); }

  const absl::Time now_ = absl::Now() + absl::Seconds(1);
  absl::Time issued_ = now_ - absl::Minutes(20);
  Starter starter_{getpid(), true};
  Servings servings_ = {};
  Issuance issuance_ = {};
};

TEST_F(RejectionTest, TheFirstStartIsNoSign) {
  EXPECT_FALSE(Looks());
  ServedBefore(getpid() + 1, now_);
  EXPECT_FALSE(Looks());
}

TEST_F(RejectionTest, TheSameProcessAskingAgainIsASign) {
  ServedBefore(getpid(), now_);
  EXPECT_TRUE(Looks());
}

TEST_F(RejectionTest, AnEarlierProcessOfTheSameIdIsAnotherProcess) {
  ServedBefore(getpid(), now_ - absl::Hours(24 * 365));
  EXPECT_FALSE(Looks());
}

TEST_F(RejectionTest, WhatWasServedThenIsNotWhatIsStoredNow) {
  ServedBefore(getpid(), now_);
  issued_ += absl::Minutes(5);
  EXPECT_FALSE(Looks());
}

TEST_F(RejectionTest, ACredentialOfLessThanAMinuteIsNotReplaced) {
  issued_ = now_ - absl::Seconds(59);
  ServedBefore(getpid(), now_);
  EXPECT_FALSE(Looks());
}

TEST_F(RejectionTest, AnEntryIsReplacedOnceAWindow) {
  ServedBefore(getpid(), now_);
  issuance_.rejected_us = absl::ToUnixMicros(now_ - kRejectionWindow + absl::Seconds(1));
  EXPECT_FALSE(Looks());
  issuance_.rejected_us = absl::ToUnixMicros(now_ - kRejectionWindow);
  EXPECT_TRUE(Looks());
}

TEST_F(RejectionTest, WhoIsNotClientGoAsksAgainFreely) {
  ServedBefore(getpid(), now_);
  starter_.is_client = false;
  EXPECT_FALSE(Looks());
}

TEST_F(RejectionTest, AProcessThatCannotBeLookedAtIsNoSign) {
  starter_.pid = 999999999;
  ServedBefore(starter_.pid, now_);
  EXPECT_FALSE(Looks());
}

}  // namespace
}  // namespace credential_provider
