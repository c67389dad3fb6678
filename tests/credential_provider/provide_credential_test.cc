#include "credential_provider/provide_credential.h"

#include <unistd.h>

#include <vector>

#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/testing/fake_clock.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr pid_t kSomeProcess = 999999998;  // there is none of this id

class ProvideCredentialTest : public testing::Test {
 protected:
  // Runs the use case as a process of its own would: with nothing in memory from the runs before.
  absl::StatusOr<Provided> Provide(pid_t starter = kSomeProcess, bool is_client = true) {
    CredentialStore store({StoreKind::kDisk, dir_.Path("store")}, Environment(environment_));
    KeyState state(store.state_folders(), key_);
    const ProvideRequest request{key_, state, {starter, is_client}};
    return ProvideCredential(
        request, store, clock_, [&] { return Issue(); },
        [&](const absl::Status& w) { warnings_.emplace_back(w.message()); });
  }

  // As kubectl would see it: the answer, and what is then done in the background.
  absl::StatusOr<Provided> RunKubectl() {
    ++issued_in_foreground_;
    const int before = issued_;
    absl::StatusOr<Provided> provided = Provide();
    if (issued_ == before) --issued_in_foreground_;
    if (provided.ok() && provided->renew_ahead) Renew();
    return provided;
  }

  void Renew() {
    CredentialStore store({StoreKind::kDisk, dir_.Path("store")}, Environment(environment_));
    KeyState state(store.state_folders(), key_);
    RenewAhead({key_, state, {kSomeProcess, true}}, store, clock_, [&] { return Issue(); });
  }

  absl::StatusOr<Credential> Issue() {
    ++issued_;
    if (!issuer_status_.ok()) return issuer_status_;
    return Credential{Secret(), "CERT " + std::to_string(issued_), Secret("KEY"), clock_.now + life_};
  }

  // Which of the certificates was given, by its number; 0 for an error.
  static int Number(const absl::StatusOr<Provided>& provided) {
    if (!provided.ok()) return 0;
    const auto status = nlohmann::json::parse(provided->status_json.Reveal());
    return std::stoi(status.at("clientCertificateData").get<std::string>().substr(5));
  }

  TempDir dir_;
  const std::string home_ = "HOME=" + dir_.path();
  const char* environment_[2] = {home_.c_str(), nullptr};
  const CredentialKey key_ = CredentialKey().Add("cluster", "c1");
  FakeClock clock_;
  absl::Duration life_ = absl::Hours(1);
  absl::Status issuer_status_;
  int issued_ = 0;
  int issued_in_foreground_ = 0;
  std::vector<std::string> warnings_;
};

TEST_F(ProvideCredentialTest, TheSecondRunIsAnsweredFromTheStore) {
  EXPECT_EQ(Number(Provide()), 1);
  clock_.now += absl::Minutes(30);
  EXPECT_EQ(Number(Provide()), 1);
  EXPECT_EQ(issued_, 1);
}

// What has less than two minutes left is replaced.
TEST_F(ProvideCredentialTest, WhatHasLessThanTwoMinutesLeftIsReplaced) {
  ASSERT_TRUE(Provide().ok());  // says that it ends at 59 minutes
  clock_.now += absl::Minutes(57);
  EXPECT_EQ(Number(Provide()), 1);
  clock_.now += absl::Seconds(1);
  EXPECT_EQ(Number(Provide()), 2);
}

TEST_F(ProvideCredentialTest, AFailedIssueIsAnErrorAndStoresNothing) {
  issuer_status_ = absl::PermissionDeniedError("no");
  EXPECT_EQ(Provide().status(), issuer_status_);
  issuer_status_ = absl::OkStatus();
  clock_.now += absl::Seconds(5);
  EXPECT_TRUE(Provide().ok());
  EXPECT_EQ(issued_, 2);
}

TEST_F(ProvideCredentialTest, AStoreThatFailsIsAWarningAndNotAnError) {
  Spill(dir_.Path("store"), "a file where the folder should be");
  EXPECT_TRUE(Provide().ok());
  EXPECT_THAT(warnings_, ElementsAre(HasSubstr("the credential cannot be stored")));
}

// With a clock that runs ahead, the timestamp is left out.
TEST_F(ProvideCredentialTest, ANewCredentialThatLooksEndedIsGivenOnceWithoutATimestamp) {
  life_ = absl::Seconds(30);
  const auto answer = Provide();
  EXPECT_FALSE(nlohmann::json::parse(answer->status_json.Reveal()).contains("expirationTimestamp"));
  EXPECT_THAT(warnings_, ElementsAre("the new credential ends too soon to be stored, by this machine's clock"));
  EXPECT_EQ(Number(Provide()), 2) << "it was not stored";
}

// Failures.

TEST_F(ProvideCredentialTest, FurtherStartsByTheSameProcessFailAtOnceWithOneShortLine) {
  clock_.now = absl::Now();
  issuer_status_ = absl::PermissionDeniedError("DescribeClusterUserKubeconfig: denied");
  EXPECT_EQ(Provide(getpid()).status(), issuer_status_);
  clock_.now += absl::Seconds(4);
  EXPECT_EQ(Provide(getpid()).status(),
            absl::PermissionDeniedError("not tried again so soon: DescribeClusterUserKubeconfig: denied"));
  EXPECT_EQ(issued_, 1);
  clock_.now += absl::Seconds(1);
  EXPECT_EQ(Provide(getpid()).status(), issuer_status_);
  EXPECT_EQ(issued_, 2);
}

TEST_F(ProvideCredentialTest, AnotherProcessIsToldTheWholeReasonWithoutAskingAgain) {
  issuer_status_ = absl::PermissionDeniedError("denied");
  EXPECT_EQ(Provide(1).status(), issuer_status_);
  EXPECT_EQ(Provide(kSomeProcess).status(), issuer_status_);
  EXPECT_EQ(issued_, 1);
}

TEST_F(ProvideCredentialTest, WhoRunsItByHandIsNeverToldOfAnEarlierFailure) {
  issuer_status_ = absl::PermissionDeniedError("denied");
  EXPECT_FALSE(Provide().ok());
  issuer_status_ = absl::OkStatus();
  EXPECT_TRUE(Provide(getpid(), /*is_client=*/false).ok());
}

TEST_F(ProvideCredentialTest, AFailureUnderAClockThatWasSetBackSinceHoldsNothingUp) {
  issuer_status_ = absl::UnavailableError("down");
  EXPECT_FALSE(Provide().ok());
  issuer_status_ = absl::OkStatus();
  clock_.now -= absl::Hours(2);
  EXPECT_EQ(Number(Provide()), 2);
}

TEST_F(ProvideCredentialTest, AnIssuerThatStaysDownIsAskedOnceAWindow) {
  issuer_status_ = absl::UnavailableError("down");
  for (int second = 0; second < 60; ++second) {
    EXPECT_FALSE(Provide().ok());
    clock_.now += absl::Seconds(1);
  }
  EXPECT_EQ(issued_, 12);
}

// An outage.

TEST_F(ProvideCredentialTest, AnIssuerThatIsDownForTheEndOfACertificatesLifeFailsNoKubectl) {
  ASSERT_TRUE(RunKubectl().ok());
  clock_.now += absl::Hours(1) * 0.81;
  issuer_status_ = absl::UnavailableError("down");
  while (issued_ < 100 && clock_.now < FakeClock().now + absl::Minutes(60)) {
    EXPECT_EQ(Number(RunKubectl()), 1);
    clock_.now += absl::Seconds(10);
  }
  EXPECT_LE(issued_, 1 + 8) << "the backoff's number of requests";
  EXPECT_LE(warnings_.size(), 8u) << "one for each of them";
  EXPECT_FALSE(RunKubectl().ok()) << "it has ended";
  issuer_status_ = absl::OkStatus();
  clock_.now += absl::Seconds(5);
  EXPECT_TRUE(RunKubectl().ok());
}

TEST_F(ProvideCredentialTest, TheWarningSaysHowLongTheStoredOneLastsAndWhatIsWrong) {
  ASSERT_TRUE(Provide().ok());
  clock_.now += absl::Minutes(58);
  issuer_status_ = absl::UnavailableError("down");
  ASSERT_TRUE(Provide().ok());
  EXPECT_THAT(
      warnings_,
      ElementsAre("the stored credential is used, which ends in 2m, because renewing it failed: down"));
  ASSERT_TRUE(Provide().ok());
  EXPECT_EQ(warnings_.size(), 1u) << "once a window";
}

TEST_F(ProvideCredentialTest, AnAnswerThatIsAboutToEndHasNoTimestamp) {
  ASSERT_TRUE(Provide().ok());
  clock_.now += absl::Minutes(58) + absl::Seconds(30);
  issuer_status_ = absl::UnavailableError("down");
  const auto answer = Provide();
  ASSERT_TRUE(answer.ok());
  EXPECT_FALSE(nlohmann::json::parse(answer->status_json.Reveal()).contains("expirationTimestamp"));
}

// Renewing ahead.

TEST_F(ProvideCredentialTest, TheLastFifthOfALifeIsServedAndRenewedInTheBackground) {
  ASSERT_TRUE(Provide().ok());
  clock_.now += absl::Minutes(59) * 0.8;
  EXPECT_FALSE(Provide()->renew_ahead);
  clock_.now += absl::Seconds(1);
  const auto answer = Provide();
  EXPECT_EQ(Number(answer), 1);
  EXPECT_TRUE(answer->renew_ahead);
  EXPECT_EQ(issued_, 1);
  Renew();
  Renew();
  EXPECT_EQ(issued_, 2) << "the second finds it done";
  EXPECT_EQ(Number(Provide()), 2);
}

TEST_F(ProvideCredentialTest, ABackgroundRenewalThatFailsIsWarnedOfOnceAndBacksOff) {
  ASSERT_TRUE(RunKubectl().ok());
  clock_.now += absl::Minutes(50);
  issuer_status_ = absl::UnavailableError("down");
  ASSERT_TRUE(RunKubectl().ok());
  EXPECT_TRUE(warnings_.empty()) << "it had been answered by then";
  ASSERT_TRUE(RunKubectl().ok());
  EXPECT_THAT(warnings_, ElementsAre(HasSubstr("because renewing it failed: down")));
  ASSERT_TRUE(RunKubectl().ok());
  EXPECT_EQ(warnings_.size(), 1u);
  EXPECT_EQ(issued_, 2);
}

TEST_F(ProvideCredentialTest, OnADayOfAKubectlAMinuteOneOfThemWaits) {
  for (int minute = 0; minute < 24 * 60; ++minute) {
    const auto answer = RunKubectl();
    ASSERT_TRUE(answer.ok());
    absl::Time expiration;
    ASSERT_TRUE(absl::ParseTime(
        absl::RFC3339_full,
        nlohmann::json::parse(answer->status_json.Reveal()).at("expirationTimestamp").get<std::string>(),
        &expiration, nullptr));
    ASSERT_GT(expiration, clock_.now + absl::Minutes(2));
    clock_.now += absl::Minutes(1);
  }
  EXPECT_EQ(issued_in_foreground_, 1);
  EXPECT_EQ(issued_, 30) << "each lives for 48 of its 59 minutes";
}

// Rejected means gone. The process that asks is this one.

class RejectedTest : public ProvideCredentialTest {
 protected:
  void SetUp() override {
    clock_.now = absl::Now();
    ASSERT_EQ(Number(Provide()), 1);
    clock_.now += absl::Minutes(10);
  }
};

TEST_F(RejectedTest, ASecondStartByTheSameProcessGetsANewOne) {
  EXPECT_EQ(Number(Provide(getpid())), 1);
  EXPECT_EQ(Number(Provide(getpid())), 2);
  EXPECT_EQ(Number(Provide()), 2) << "and so does everybody else";
  EXPECT_EQ(Number(Provide(getpid())), 2) << "a young one is not replaced";
  EXPECT_EQ(issued_, 2);
}

TEST_F(RejectedTest, ALoopOfRejectionsIssuesOncePerWindow) {
  for (int second = 0; second < 600; second += 2) {
    ASSERT_TRUE(Provide(getpid()).ok());
    clock_.now += absl::Seconds(2);
  }
  EXPECT_EQ(issued_, 1 + 2);
}

TEST_F(RejectedTest, WhenNoNewOneCanBeHadTheOldOneIsServed) {
  issuer_status_ = absl::UnavailableError("down");
  EXPECT_EQ(Number(Provide(getpid())), 1);
  EXPECT_EQ(Number(Provide(getpid())), 1);
  EXPECT_EQ(Number(Provide(getpid())), 1);
  EXPECT_EQ(issued_, 2);
  EXPECT_EQ(warnings_.size(), 1u);
}

TEST_F(RejectedTest, RunsByHandRepeatFreely) {
  EXPECT_EQ(Number(Provide(getpid(), false)), 1);
  EXPECT_EQ(Number(Provide(getpid(), false)), 1);
}

// Single issuance.

TEST_F(ProvideCredentialTest, WaitingEndsWithAClearMessage) {
  CredentialStore store({StoreKind::kDisk, dir_.Path("store")}, Environment(environment_));
  KeyState holder(store.state_folders(), key_);
  ASSERT_TRUE(*holder.TryLock());
  EXPECT_EQ(Provide().status(),
            absl::DeadlineExceededError("another run is still asking for this credential, after 20s"));
  EXPECT_EQ(issued_, 0);
}

// A clock on which the other process finishes while this one waits.
class BusyClock : public FakeClock {
 public:
  explicit BusyClock(std::function<void()> other) : other_(std::move(other)) {}
  void Sleep(absl::Duration duration) override {
    FakeClock::Sleep(duration);
    if (slept.size() == 3) other_();
  }

 private:
  std::function<void()> other_;
};

class WaitingTest : public ProvideCredentialTest {
 protected:
  WaitingTest() : store_({StoreKind::kDisk, dir_.Path("store")}, Environment(environment_)) {}

  // Waits while another process holds the lock, which does `other` after a while and then frees it.
  absl::StatusOr<Provided> ProvideWhile(const std::function<void(KeyState&)>& other) {
    KeyState holder(store_.state_folders(), key_);
    EXPECT_TRUE(*holder.TryLock());
    BusyClock clock([&] {
      other(holder);
      holder.Unlock();
    });
    KeyState state(store_.state_folders(), key_);
    return ProvideCredential(
        {key_, state, {kSomeProcess, true}}, store_, clock, [&] { return Issue(); },
        [](const absl::Status&) {});
  }

  CredentialStore store_;
};

TEST_F(WaitingTest, WhoWaitsTakesWhatTheOtherIssued) {
  const auto answer = ProvideWhile([&](KeyState&) {
    const Entry entry{clock_.now, clock_.now + absl::Hours(1), Secret("{}")};
    ASSERT_TRUE(store_.Remember(key_, entry, clock_.now).ok());
  });
  EXPECT_EQ(answer->status_json.Reveal(), "{}");
  EXPECT_EQ(issued_, 0);
}

TEST_F(WaitingTest, WhoWaitsSharesTheOthersFailure) {
  const auto answer = ProvideWhile([&](KeyState& holder) {
    holder.issuance.Fail(absl::PermissionDeniedError("denied"), 1, clock_.now + absl::Seconds(1));
    holder.SaveIssuance();
  });
  EXPECT_EQ(answer.status(), absl::PermissionDeniedError("denied"));
  EXPECT_EQ(issued_, 0);
}

TEST_F(WaitingTest, WhenTheOtherWasKilledTheNextOneIssues) {
  EXPECT_EQ(Number(ProvideWhile([](KeyState&) {})), 1);
  EXPECT_EQ(issued_, 1);
}

TEST_F(ProvideCredentialTest, WithoutAStoreEachRunIssuesAndNothingIsKept) {
  CredentialStore store({StoreKind::kNone, ""}, Environment(environment_));
  for (const int number : {1, 2}) {
    KeyState state(store.state_folders(), key_);
    EXPECT_EQ(Number(ProvideCredential(
                  {key_, state, {kSomeProcess, true}}, store, clock_, [&] { return Issue(); },
                  [&](const absl::Status& w) { warnings_.emplace_back(w.message()); })),
              number);
  }
  EXPECT_TRUE(std::filesystem::is_empty(dir_.path()));
  EXPECT_TRUE(warnings_.empty());
}

}  // namespace
}  // namespace credential_provider
