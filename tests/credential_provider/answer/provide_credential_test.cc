#include "credential_provider/answer/provide_credential.h"

#include <unistd.h>

#include <functional>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "credential_provider/base/status_context.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/testing/fake_clock.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr pid_t kSomeProcess = 999999998;            // there is none of this id
constexpr ParentKind kByHand = ParentKind::kSilent;  // at a terminal

class ProvideCredentialTest : public testing::Test {
 protected:
  // Runs the use case as a process of its own would: with nothing in memory from the runs before.
  absl::StatusOr<Provided> Provide(pid_t starter = kSomeProcess, ParentKind kind = ParentKind::kClientGo) {
    CredentialStore store({StoreKind::kDisk, dir_.Path("store")}, Environment(environment_));
    RunState state(store.state_folders(), key_);
    ProvideRequest request{key_, state, {starter, kind, [] { return true; }}};
    request.proof = [this] { return proof_; };
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
    if (provided.ok() && provided->renew_ahead) Renew().IgnoreError();
    return provided;
  }

  absl::StatusOr<Renewal> Renew() {
    CredentialStore store({StoreKind::kDisk, dir_.Path("store")}, Environment(environment_));
    RunState state(store.state_folders(), key_);
    ProvideRequest request{key_, state, {kSomeProcess, ParentKind::kClientGo}};
    request.proof = [this] { return proof_; };
    return RenewAhead(
        request, store, clock_, [&] { return Issue(); },
        [&](const absl::Status& w) { warnings_.emplace_back(w.message()); });
  }

  absl::StatusOr<Credential> Issue() {
    ++issued_;
    if (while_issuing_) while_issuing_();
    clock_.now += issuing_takes_;
    if (!issuer_status_.ok()) return issuer_status_;
    return Credential{Secret(), "CERT " + std::to_string(issued_), Secret("KEY"), clock_.now + life_};
  }

  // Which of the certificates was given, by its number; 0 for an error.
  static int Number(const absl::StatusOr<Provided>& provided) {
    if (!provided.ok()) return 0;
    const auto status = nlohmann::json::parse(provided->payload.Reveal());
    return std::stoi(status.at("clientCertificateData").get<std::string>().substr(5));
  }

  TempDir dir_;
  const std::string home_ = "HOME=" + dir_.path();
  const char* environment_[2] = {home_.c_str(), nullptr};
  const CredentialKey key_ = CredentialKey().Add("cluster", "c1");
  FakeClock clock_;
  absl::Duration life_ = absl::Hours(1);
  absl::Status issuer_status_;
  absl::Duration issuing_takes_;
  std::function<void()> while_issuing_;
  std::string proof_ = "as it was";
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
  EXPECT_FALSE(nlohmann::json::parse(answer->payload.Reveal()).contains("expirationTimestamp"));
  EXPECT_THAT(warnings_,
              ElementsAre("the new credential expires too soon to be stored, by this machine's clock"));
  EXPECT_EQ(Number(Provide()), 2) << "it was not stored";
}

// Failures.

constexpr char kAskedAgain[] = "s, and at once by the same `credential_provider get` at a terminal";

TEST_F(ProvideCredentialTest, FurtherStartsByTheSameProcessFailAtOnceWithOneShortLine) {
  clock_.now = absl::Now();
  issuer_status_ = WithHint(absl::PermissionDeniedError("Describe: " + std::string(200, 'x')), "allow it");
  EXPECT_EQ(Provide(getpid()).status(), issuer_status_);
  clock_.now += absl::Seconds(4);
  EXPECT_EQ(Provide(getpid()).status(),
            absl::PermissionDeniedError(
                "failed 4s ago, not asked again yet: Describe: " + std::string(110, 'x') + "..."));
  EXPECT_EQ(issued_, 1);
  clock_.now += absl::Seconds(1);
  EXPECT_EQ(Provide(getpid()).status(), issuer_status_);
  EXPECT_EQ(issued_, 2);
}

TEST_F(ProvideCredentialTest, AnotherProcessIsToldTheWholeReasonAndItsAge) {
  issuer_status_ = WithHint(absl::PermissionDeniedError("denied"), "allow it");
  EXPECT_EQ(Provide(1).status(), issuer_status_);
  clock_.now += absl::Seconds(3);
  const absl::Status again = Provide(kSomeProcess).status();
  EXPECT_EQ(again.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(again.message(), "failed 3s ago, not asked again yet: denied");
  EXPECT_EQ(HintOf(again), std::string("allow it; it is asked again in 2") + kAskedAgain);
  EXPECT_EQ(issued_, 1);
}

TEST_F(ProvideCredentialTest, EachProcessIsToldTheWholeReasonOnce) {
  clock_.now = absl::Now() + absl::Seconds(1);
  issuer_status_ = absl::PermissionDeniedError("denied");
  EXPECT_FALSE(Provide(kSomeProcess).ok());
  EXPECT_NE(HintOf(Provide(getpid()).status()), "");
  for (int start = 2; start <= 5; ++start) EXPECT_EQ(HintOf(Provide(getpid()).status()), "") << start;
}

TEST_F(ProvideCredentialTest, AProcessThatHasTheIdOfAnEarlierOneIsToldTheWholeReason) {
  clock_.now = absl::Now() - absl::Hours(24 * 365);  // long before this process was started
  issuer_status_ = absl::PermissionDeniedError("denied");
  EXPECT_FALSE(Provide(getpid()).ok());
  EXPECT_NE(HintOf(Provide(getpid()).status()), "");
}

TEST_F(ProvideCredentialTest, AFailureThatWasMetWithAnotherSecretIsNotRemembered) {
  issuer_status_ = absl::UnauthenticatedError("SignatureDoesNotMatch");
  EXPECT_FALSE(Provide().ok());
  proof_ = "mended";
  issuer_status_ = absl::OkStatus();
  EXPECT_TRUE(Provide().ok());
}

TEST_F(ProvideCredentialTest, ThatAnotherSignedInMeanwhileIsNotRemembered) {
  issuer_status_ = absl::AbortedError("is somebody else by now");
  EXPECT_FALSE(Provide().ok());
  issuer_status_ = absl::OkStatus();
  EXPECT_EQ(Number(Provide()), 2);
}

TEST_F(ProvideCredentialTest, AFailureBelongsToTheSecretThatItBeganWith) {
  CredentialStore store({StoreKind::kDisk, dir_.Path("store")}, Environment(environment_));
  RunState state(store.state_folders(), key_);
  ProvideRequest request{key_, state, {kSomeProcess, ParentKind::kClientGo}};
  request.proof = [this] { return proof_; };
  const auto mended_meanwhile = [this]() -> absl::StatusOr<Credential> {
    proof_ = "mended";
    return absl::UnauthenticatedError("SignatureDoesNotMatch");
  };
  EXPECT_FALSE(ProvideCredential(request, store, clock_, mended_meanwhile, [](const absl::Status&) {}).ok());
  EXPECT_TRUE(Provide().ok());
}

TEST_F(ProvideCredentialTest, ABackoffEndsWhenTheSecretWasMended) {
  ASSERT_TRUE(RunKubectl().ok());
  clock_.now += absl::Minutes(50);
  issuer_status_ = absl::UnauthenticatedError("SignatureDoesNotMatch");
  ASSERT_TRUE(RunKubectl().ok());
  proof_ = "mended";
  issuer_status_ = absl::OkStatus();
  ASSERT_TRUE(RunKubectl().ok());
  EXPECT_EQ(issued_, 3);
  EXPECT_TRUE(warnings_.empty()) << "what has failed is no more";
}

TEST_F(ProvideCredentialTest, AProgramThatSendsNothingIsToldOfAnEarlierFailure) {
  CredentialStore store({StoreKind::kDisk, dir_.Path("store")}, Environment(environment_));
  issuer_status_ = absl::PermissionDeniedError("denied");
  EXPECT_FALSE(Provide().ok());
  RunState state(store.state_folders(), key_);
  ProvideRequest request{key_, state, {kSomeProcess, ParentKind::kSilent, [] { return false; }}};
  request.proof = [this] { return proof_; };
  EXPECT_FALSE(ProvideCredential(
                   request, store, clock_, [&] { return Issue(); }, [](const absl::Status&) {})
                   .ok());
  EXPECT_EQ(issued_, 1);
}

TEST_F(ProvideCredentialTest, WhoRunsItByHandIsNeverToldOfAnEarlierFailure) {
  issuer_status_ = absl::PermissionDeniedError("denied");
  EXPECT_FALSE(Provide().ok());
  issuer_status_ = absl::OkStatus();
  EXPECT_TRUE(Provide(getpid(), kByHand).ok());
}

TEST_F(ProvideCredentialTest, AFailureUnderAClockThatWasSetBackSinceHoldsNothingUp) {
  issuer_status_ = absl::UnavailableError("down");
  EXPECT_FALSE(Provide().ok());
  issuer_status_ = absl::OkStatus();
  clock_.now -= absl::Hours(2);
  EXPECT_EQ(Number(Provide()), 2);
}

// A clock on which another run notes a failure when it is first looked at.
class FailureClock : public FakeClock {
 public:
  explicit FailureClock(std::function<void(absl::Time)> note) : note_(std::move(note)) {}
  absl::Time Now() override {
    const absl::Time before = now;
    now += absl::Milliseconds(1);
    if (note_) std::exchange(note_, nullptr)(now);
    return before;
  }

 private:
  std::function<void(absl::Time)> note_;
};

TEST_F(ProvideCredentialTest, AFailureThatIsNotedWhileARunBeginsHoldsItUp) {
  CredentialStore store({StoreKind::kDisk, dir_.Path("store")}, Environment(environment_));
  FailureClock clock([&](absl::Time at) {
    RunState other(store.state_folders(), key_);
    other.issuance.Fail(absl::UnavailableError("down"), "", at);
    other.SaveIssuance();
  });
  RunState state(store.state_folders(), key_);
  const auto answer = ProvideCredential(
      {key_, state, {kSomeProcess, ParentKind::kClientGo}}, store, clock, [&] { return Issue(); },
      [](const absl::Status&) {});
  EXPECT_FALSE(answer.ok());
  EXPECT_EQ(issued_, 0);
}

TEST_F(ProvideCredentialTest, WhatWasIssuedUnderAClockThatWasSetBackSinceIsReplaced) {
  clock_.now += absl::Hours(10);
  ASSERT_EQ(Number(Provide()), 1);
  clock_.now -= absl::Hours(10);
  EXPECT_EQ(Number(Provide()), 2) << "it would seem good for ten hours after its end";
  issuer_status_ = absl::UnavailableError("down");
  clock_.now -= absl::Hours(1);
  EXPECT_EQ(Number(Provide()), 2) << "better than none";
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
      ElementsAre("the stored credential is used, which expires in 2m, because renewing it failed: down"));
  ASSERT_TRUE(Provide().ok());
  EXPECT_EQ(warnings_.size(), 1u) << "once a window";
}

TEST_F(ProvideCredentialTest, AnAnswerThatIsAboutToEndHasNoTimestamp) {
  ASSERT_TRUE(Provide().ok());
  clock_.now += absl::Minutes(58) + absl::Seconds(30);
  issuer_status_ = absl::UnavailableError("down");
  const auto answer = Provide();
  ASSERT_TRUE(answer.ok());
  EXPECT_FALSE(nlohmann::json::parse(answer->payload.Reveal()).contains("expirationTimestamp"));
}

TEST_F(ProvideCredentialTest, WhatHasExpiredWhileIssuingFailedIsNotServed) {
  ASSERT_TRUE(Provide().ok());
  clock_.now += absl::Minutes(59) + absl::Seconds(50);
  issuer_status_ = absl::UnavailableError("down");
  issuing_takes_ = absl::Seconds(15);
  EXPECT_EQ(Provide().status(), issuer_status_);
  EXPECT_TRUE(warnings_.empty());
}

TEST_F(ProvideCredentialTest, ASuccessEndsWhatIsRememberedOfFailures) {
  issuer_status_ = absl::UnavailableError("down");
  EXPECT_FALSE(Provide().ok());
  issuer_status_ = absl::OkStatus();
  clock_.now += absl::Seconds(5);
  ASSERT_TRUE(Provide().ok());
  clock_.now += absl::Minutes(50);
  EXPECT_TRUE(Provide()->renew_ahead);
  EXPECT_TRUE(warnings_.empty());
}

// Renewing ahead.

TEST_F(ProvideCredentialTest, TheBackgroundRenewalWaitsAfterAFailure) {
  ASSERT_TRUE(Provide().ok());
  clock_.now += absl::Minutes(50);
  issuer_status_ = absl::UnavailableError("down");
  EXPECT_EQ(Renew().status().message(), "down");
  EXPECT_EQ(issued_, 2);
  clock_.now += absl::Seconds(1);
  EXPECT_EQ(Renew().status().message(), "down") << "as it is remembered";
  EXPECT_EQ(issued_, 2);
}

TEST_F(ProvideCredentialTest, TheLastFifthOfALifeIsServedAndRenewedInTheBackground) {
  ASSERT_TRUE(Provide().ok());
  clock_.now += absl::Minutes(59) * 0.8;
  EXPECT_FALSE(Provide()->renew_ahead);
  clock_.now += absl::Seconds(1);
  const auto answer = Provide();
  EXPECT_EQ(Number(answer), 1);
  EXPECT_TRUE(answer->renew_ahead);
  EXPECT_EQ(issued_, 1);
  EXPECT_EQ(*Renew(), Renewal::kRenewed);
  EXPECT_EQ(*Renew(), Renewal::kNotDue);
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
        nlohmann::json::parse(answer->payload.Reveal()).at("expirationTimestamp").get<std::string>(),
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
    clock_.now = absl::FromUnixSeconds(absl::ToUnixSeconds(absl::Now()));  // as entries keep it
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

TEST_F(RejectedTest, ThatTheClusterRefusesNewOnesTooIsSaidOnceAWindow) {
  EXPECT_EQ(Number(Provide(getpid())), 1);
  EXPECT_EQ(Number(Provide(getpid())), 2);
  EXPECT_TRUE(warnings_.empty());
  clock_.now += absl::Seconds(3);
  for (int again = 0; again < 10; ++again) EXPECT_EQ(Number(Provide(getpid())), 2);
  EXPECT_THAT(warnings_,
              ElementsAre("the cluster seems to refuse this credential, which was issued 3s ago: the same "
                          "process has asked again"));
  clock_.now += absl::Minutes(5);
  EXPECT_EQ(Number(Provide(getpid())), 3);
  EXPECT_EQ(Number(Provide(getpid())), 3);
  EXPECT_EQ(warnings_.size(), 2u);
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

TEST_F(RejectedTest, ARunThatIsKilledWhileItReplacesLeavesNoWordOfIt) {
  const CredentialStore store({StoreKind::kDisk, dir_.Path("store")}, Environment(environment_));
  int64_t rejected_us = -1;
  while_issuing_ = [&] {
    RunState state(store.state_folders(), key_);
    state.Load();
    rejected_us = state.issuance.rejected_us;
  };
  EXPECT_EQ(Number(Provide(getpid())), 1);
  EXPECT_EQ(Number(Provide(getpid())), 2);
  EXPECT_EQ(rejected_us, 0) << "no other run would replace it for five minutes";
}

TEST_F(RejectedTest, RunsByHandRepeatFreely) {
  EXPECT_EQ(Number(Provide(getpid(), kByHand)), 1);
  EXPECT_EQ(Number(Provide(getpid(), kByHand)), 1);
}

// Single issuance.

class HeldUpTest : public ProvideCredentialTest {
 protected:
  HeldUpTest()
      : store_({StoreKind::kDisk, dir_.Path("store")}, Environment(environment_)),
        holder_(store_.state_folders(), key_) {
    clock_.now = absl::Now();
    EXPECT_TRUE(*holder_.TryLock());
  }

  // As a run does before it asks for a credential.
  void IsHeldBy(pid_t pid) {
    holder_.issuance.holder = pid;
    holder_.issuance.held_us = absl::ToUnixMicros(clock_.now);
    holder_.SaveIssuance();
  }

  CredentialStore store_;
  RunState holder_;
};

TEST_F(HeldUpTest, WaitingEndsWithWhoHoldsItUpAndWhatToDo) {
  IsHeldBy(getpid());
  const std::string pid = std::to_string(getpid());
  const absl::Status failure = Provide().status();
  EXPECT_EQ(failure.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(failure.message(),
            "another run, process " + pid + ", is still asking for this credential, after 20s");
  EXPECT_EQ(HintOf(failure), "`ps -fp " + pid + "` shows what it is, `kill " + pid + "` ends it");
  EXPECT_EQ(issued_, 0);
}

TEST_F(HeldUpTest, ANumberThatIsNotTheHoldersHereIsNotNamed) {
  for (const pid_t pid : {0, 1, static_cast<int>(kSomeProcess)}) {
    IsHeldBy(pid);
    const absl::Status failure = Provide().status();
    EXPECT_EQ(failure.message(), "another run is still asking for this credential, after 20s");
    EXPECT_EQ(HintOf(failure),
              "it is not among the processes here; with --store none a run waits for no other");
    clock_.now += absl::Seconds(5);
  }
}

// A clock that is set while somebody waits: by an hour, back or forth.
class SetClock : public FakeClock {
 public:
  void Sleep(absl::Duration duration) override {
    FakeClock::Sleep(duration);
    if (slept.size() == 3) now += set_by;
  }
  absl::Duration set_by;
};

TEST_F(HeldUpTest, AClockThatIsSetMakesTheWaitNeitherLongerNorShort) {
  for (const absl::Duration set_by : {-absl::Hours(1), absl::Hours(1)}) {
    IsHeldBy(getpid());
    SetClock clock;
    clock.now = clock_.now;
    clock.set_by = set_by;
    RunState state(store_.state_folders(), key_);
    ProvideRequest request{key_, state, {kSomeProcess, ParentKind::kSilent, [] { return true; }}};
    EXPECT_FALSE(ProvideCredential(
                     request, store_, clock, [&] { return Issue(); }, [](const absl::Status&) {})
                     .ok());
    EXPECT_GE(clock.slept.size(), 1800u);
    EXPECT_LE(clock.slept.size(), 2000u);
  }
}

TEST_F(HeldUpTest, WhoComesNextDoesNotWaitAgain) {
  IsHeldBy(getpid());
  ASSERT_FALSE(Provide(getpid()).ok());
  const absl::Time waited = clock_.now;
  for (int start = 2; start <= 6; ++start) {
    const absl::Status failure = Provide(getpid()).status();
    EXPECT_EQ(failure.message(),
              "another run, process " + std::to_string(getpid()) +
                  ", is still asking for this credential, and is not waited for again yet");
    EXPECT_EQ(HintOf(failure), "");
  }
  EXPECT_NE(HintOf(Provide(kSomeProcess).status()), "");
  EXPECT_EQ(clock_.now, waited);
  EXPECT_FALSE(Provide(getpid(), kByHand).ok());
  EXPECT_EQ(clock_.now, waited + absl::Seconds(20)) << "a person has said so";
}

TEST_F(HeldUpTest, AnotherHolderIsWaitedFor) {
  IsHeldBy(getpid());
  ASSERT_FALSE(Provide().ok());
  IsHeldBy(1);
  const absl::Time before = clock_.now;
  ASSERT_FALSE(Provide().ok());
  EXPECT_EQ(clock_.now, before + absl::Seconds(20));
}

TEST_F(HeldUpTest, WhatIsStoredIsServedWhileItLives) {
  const Entry entry{clock_.now, clock_.now + absl::Minutes(1), Secret("{}")};
  ASSERT_TRUE(store_.Remember(key_, entry, clock_.now).ok());
  EXPECT_TRUE(Provide().ok());
  EXPECT_EQ(warnings_.size(), 1u);
}

TEST_F(ProvideCredentialTest, WhoIsIssuingIsKnownToThoseWhoWait) {
  CredentialStore store({StoreKind::kDisk, dir_.Path("store")}, Environment(environment_));
  RunState state(store.state_folders(), key_);
  const auto issue = [&]() -> absl::StatusOr<Credential> {
    RunState other(store.state_folders(), key_);
    other.Load();
    EXPECT_EQ(other.issuance.holder, getpid());
    EXPECT_EQ(other.issuance.held_us, absl::ToUnixMicros(clock_.now));
    return Issue();
  };
  ASSERT_TRUE(ProvideCredential({key_, state}, store, clock_, issue, [](const absl::Status&) {}).ok());
  RunState after(store.state_folders(), key_);
  after.Load();
  EXPECT_EQ(after.issuance.holder, 0);
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
  absl::StatusOr<Provided> ProvideWhile(const std::function<void(RunState&)>& other) {
    RunState holder(store_.state_folders(), key_);
    EXPECT_TRUE(*holder.TryLock());
    BusyClock clock([&] {
      other(holder);
      holder.Unlock();
    });
    RunState state(store_.state_folders(), key_);
    return ProvideCredential(
        {key_, state, {kSomeProcess, ParentKind::kClientGo}}, store_, clock, [&] { return Issue(); },
        [](const absl::Status&) {});
  }

  CredentialStore store_;
};

TEST_F(WaitingTest, WhoWaitsTakesWhatTheOtherIssued) {
  const auto answer = ProvideWhile([&](RunState&) {
    const Entry entry{clock_.now, clock_.now + absl::Hours(1), Secret("{}")};
    ASSERT_TRUE(store_.Remember(key_, entry, clock_.now).ok());
  });
  EXPECT_EQ(answer->payload.Reveal(), "{}");
  EXPECT_EQ(issued_, 0);
}

TEST_F(WaitingTest, WhoWaitsSharesTheOthersFailure) {
  const auto answer = ProvideWhile([&](RunState& holder) {
    holder.issuance.Fail(absl::PermissionDeniedError("denied"), "", clock_.now + absl::Seconds(1));
    holder.SaveIssuance();
  });
  EXPECT_EQ(answer.status(), absl::PermissionDeniedError("denied"));
  EXPECT_EQ(issued_, 0);
}

TEST_F(WaitingTest, WhoWaitsWithAnotherSecretTriesItItself) {
  const auto answer = ProvideWhile([&](RunState& holder) {
    holder.issuance.Fail(absl::PermissionDeniedError("denied"), "another", clock_.now + absl::Seconds(1));
    holder.SaveIssuance();
  });
  EXPECT_TRUE(answer.ok());
  EXPECT_EQ(issued_, 1);
}

TEST_F(WaitingTest, WhenTheOtherWasKilledTheNextOneIssues) {
  EXPECT_EQ(Number(ProvideWhile([](RunState&) {})), 1);
  EXPECT_EQ(issued_, 1);
}

TEST_F(ProvideCredentialTest, WithoutAStoreEachRunIssuesAndNothingIsKept) {
  CredentialStore store({StoreKind::kNone, ""}, Environment(environment_));
  for (const int number : {1, 2}) {
    RunState state(store.state_folders(), key_);
    EXPECT_EQ(
        Number(ProvideCredential(
            {key_, state, {kSomeProcess, ParentKind::kClientGo}}, store, clock_, [&] { return Issue(); },
            [&](const absl::Status& w) { warnings_.emplace_back(w.message()); })),
        number);
  }
  EXPECT_TRUE(std::filesystem::is_empty(dir_.path()));
  EXPECT_TRUE(warnings_.empty());
}

}  // namespace
}  // namespace credential_provider
