#include "credential_provider/runs/rejection.h"

#include <unistd.h>

#include "absl/time/clock.h"
#include "gtest/gtest.h"

namespace credential_provider {
namespace {

// The process that asks is this one, and it seems to run since long.
class RejectionTest : public testing::Test {
 protected:
  void ServedBefore(pid_t pid, absl::Time when) {
    servings_.Add({absl::ToUnixMicros(when), absl::ToUnixSeconds(issued_), pid, 0});
  }
  Rejection Judge() { return JudgeRejection(servings_, issuance_, starter_, issued_, now_); }

  const absl::Time begin_ = absl::Now() + absl::Seconds(1);
  absl::Time now_ = begin_;
  absl::Time issued_ = now_ - absl::Minutes(20);
  ParentProcess starter_{getpid(), ParentKind::kClientGo};
  AnswerLog servings_ = {};
  IssueRecord issuance_ = {};
};

TEST_F(RejectionTest, TheFirstStartIsNoSign) {
  EXPECT_EQ(Judge(), Rejection::kNone);
  ServedBefore(getpid() + 1, now_);
  EXPECT_EQ(Judge(), Rejection::kNone);
}

TEST_F(RejectionTest, TheSameProcessAskingAgainIsASign) {
  ServedBefore(getpid(), now_);
  EXPECT_EQ(Judge(), Rejection::kReplace);
}

TEST_F(RejectionTest, AnEarlierProcessOfTheSameIdIsAnotherProcess) {
  ServedBefore(getpid(), now_ - absl::Hours(24 * 365));
  EXPECT_EQ(Judge(), Rejection::kNone);
}

TEST_F(RejectionTest, WhatWasServedThenIsNotWhatIsStoredNow) {
  ServedBefore(getpid(), now_);
  issued_ += absl::Minutes(5);
  EXPECT_EQ(Judge(), Rejection::kNone);
}

TEST_F(RejectionTest, ACredentialOfLessThanAMinuteIsNotReplaced) {
  issued_ = now_ - absl::Seconds(59);
  ServedBefore(getpid(), now_);
  EXPECT_EQ(Judge(), Rejection::kFutile);
}

TEST_F(RejectionTest, AnEntryIsReplacedOnceAWindow) {
  ServedBefore(getpid(), now_);
  issuance_.rejected_us = absl::ToUnixMicros(now_ - kRejectionWindow + absl::Seconds(1));
  EXPECT_EQ(Judge(), Rejection::kNone) << "the replacement failed";
  issuance_.rejected_us = absl::ToUnixMicros(now_ - kRejectionWindow);
  EXPECT_EQ(Judge(), Rejection::kReplace);
}

TEST_F(RejectionTest, AReplacementIsNotReplacedInTheWindowItself) {
  issued_ = now_ - absl::Minutes(3);
  ServedBefore(getpid(), now_);
  issuance_.rejected_us = absl::ToUnixMicros(issued_);
  EXPECT_EQ(Judge(), Rejection::kFutile);
}

TEST_F(RejectionTest, AReplacementUnderAClockThatWasSetBackSinceHoldsNothingUp) {
  ServedBefore(getpid(), now_);
  issuance_.rejected_us = absl::ToUnixMicros(now_ + absl::Hours(1));
  EXPECT_EQ(Judge(), Rejection::kReplace);
}

TEST_F(RejectionTest, AProcessThatCannotBeLookedAtIsNoSign) {
  starter_.pid = 999999999;
  ServedBefore(starter_.pid, now_);
  EXPECT_EQ(Judge(), Rejection::kNone);
}

// Clients that never say why they ask.
class OtherClientTest : public RejectionTest, public testing::WithParamInterface<ParentKind> {
 protected:
  OtherClientTest() {
    starter_.kind = GetParam();
    starter_.answers_at_terminal = [] { return false; };
    starter_.reads_both_streams = [] { return false; };
  }
  void TimePasses(absl::Duration time) { now_ += time; }
};

TEST_P(OtherClientTest, TheQuestionAfterThoseOfTheBeginningIsASign) {
  for (int start = 0; start < 3; ++start) {  // kube-rs, to make one client
    EXPECT_EQ(Judge(), Rejection::kNone);
    ServedBefore(getpid(), now_);
    TimePasses(absl::Milliseconds(100));
  }
  TimePasses(kBeginning);
  EXPECT_EQ(Judge(), Rejection::kReplace);
}

TEST_P(OtherClientTest, WhoAsksForEachRequestIsNotTakenForRefusedForGood) {
  int replaced = 0;
  for (; now_ < begin_ + absl::Hours(24); TimePasses(absl::Seconds(10))) {
    if (now_ - issued_ > absl::Minutes(48)) issued_ = now_;
    if (Judge() == Rejection::kReplace) {
      ++replaced;
      issued_ = now_;
      issuance_.rejected_us = absl::ToUnixMicros(now_);
    }
    ServedBefore(getpid(), now_);
  }
  EXPECT_EQ(replaced, 1) << "at the beginning, when nothing is known of it";
}

TEST_P(OtherClientTest, WhoAsksNowAndThenCostsOneAnHour) {
  int replaced = 0;
  for (; now_ < begin_ + absl::Hours(24); TimePasses(absl::Minutes(2))) {
    if (now_ - issued_ > absl::Minutes(48)) issued_ = now_;
    if (Judge() == Rejection::kReplace) {
      ++replaced;
      issued_ = now_;
      issuance_.rejected_us = absl::ToUnixMicros(now_);
    }
    ServedBefore(getpid(), now_);
  }
  EXPECT_LE(replaced, 24);
  EXPECT_GE(replaced, 12);
}

TEST_P(OtherClientTest, AYoungOneIsNeitherReplacedNorComplainedOf) {
  issued_ = now_ - absl::Seconds(30);
  ServedBefore(getpid(), now_);
  TimePasses(absl::Seconds(10));
  EXPECT_EQ(Judge(), Rejection::kNone);
}

INSTANTIATE_TEST_SUITE_P(Kinds, OtherClientTest,
                         testing::Values(ParentKind::kOtherClient, ParentKind::kSilent),
                         [](const auto& test) {
                           return test.param == ParentKind::kSilent ? "Silent" : "Other";
                         });

TEST_F(RejectionTest, WhoReadsBothStreamsAsOneAsksOnceToMakeAClient) {
  starter_.kind = ParentKind::kSilent;
  starter_.answers_at_terminal = [] { return false; };
  starter_.reads_both_streams = [] { return true; };
  ServedBefore(getpid(), now_);
  EXPECT_EQ(Judge(), Rejection::kReplace);
  starter_.reads_both_streams = [] { return false; };
  EXPECT_EQ(Judge(), Rejection::kNone) << "a question of its beginning";
}

TEST_F(RejectionTest, WhoReadsTheAnswerAtATerminalAsksAgainFreely) {
  starter_.kind = ParentKind::kSilent;
  starter_.answers_at_terminal = [] { return true; };
  ServedBefore(getpid(), now_);
  now_ += absl::Seconds(10);
  EXPECT_EQ(Judge(), Rejection::kNone);
}

}  // namespace
}  // namespace credential_provider
