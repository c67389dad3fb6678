#include "credential_provider/sources/roles/session_cache.h"

#include <map>

#include "gtest/gtest.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/fake_http_transport.h"

namespace credential_provider {
namespace {

class SessionCacheTest : public testing::Test {
 protected:
  // Returns the id of the session of `who`; the next new one lives for `lifetime`.
  std::string Session(const std::string& who, absl::Duration lifetime = absl::Hours(1), bool renew = false) {
    const SessionStore sessions = {[this](const CredentialKey& key) {
                                     const auto entry = store_.find(key.text());
                                     return entry == store_.end() ? absl::nullopt
                                                                  : absl::make_optional(entry->second);
                                   },
                                   [this](const CredentialKey& key, const Entry& entry) {
                                     if (full_) return absl::ResourceExhaustedError("disk full");
                                     store_[key.text()] = entry;
                                     return absl::OkStatus();
                                   }};
    const char* const none[] = {nullptr};
    const Environment environment(none);
    const NetworkContext fetch{
        transport_,  clock_,
        environment, absl::Seconds(15),
        sessions,    [this](const absl::Status& status) { warning_ = std::string(status.message()); },
        renew};
    const auto session = RememberedSession(who, fetch, [&]() -> absl::StatusOr<AccessKey> {
      if (fails_) return absl::UnavailableError("no answer");
      return AccessKey{"STS.fake-" + std::to_string(++made_), Secret("fake-secret"), Secret("fake-token"),
                       clock_.now + lifetime};
    });
    return session.ok() ? session->id : std::string(session.status().message());
  }

  FakeClock clock_;
  FakeHttpTransport transport_{{}};
  std::map<std::string, Entry> store_;
  int made_ = 0;
  bool full_ = false;
  bool fails_ = false;
  std::string warning_;
};

TEST_F(SessionCacheTest, ASessionIsMadeOnceAndUsedUntilThreeMinutesAreLeft) {
  EXPECT_EQ(Session("a"), "STS.fake-1");
  clock_.now += absl::Minutes(57);
  EXPECT_EQ(Session("a"), "STS.fake-1");
  clock_.now += absl::Seconds(1);
  EXPECT_EQ(Session("a"), "STS.fake-2");
}

TEST_F(SessionCacheTest, TheEntryEndsWithTheSession) {
  Session("a", absl::Minutes(15));
  EXPECT_EQ(store_.begin()->second.expiration, clock_.now + absl::Minutes(15));
}

TEST_F(SessionCacheTest, WhoDiffersSharesNothing) {
  EXPECT_EQ(Session("a"), "STS.fake-1");
  EXPECT_EQ(Session("b"), "STS.fake-2");
}

TEST_F(SessionCacheTest, ARefusedSessionIsReplacedWhenAsked) {
  Session("a");
  EXPECT_EQ(Session("a", absl::Hours(1), /*renew=*/true), "STS.fake-2");
  EXPECT_EQ(Session("a"), "STS.fake-2");
}

TEST_F(SessionCacheTest, WhatHasEndedOrNeverEndsIsNotRemembered) {
  Session("a", absl::Seconds(-1));
  Session("b", absl::InfiniteDuration());
  EXPECT_TRUE(store_.empty());
}

TEST_F(SessionCacheTest, TheEndIsThatOfThisMachinesClock) {
  clock_.CorrectBy(absl::Minutes(40));
  Session("a", absl::Hours(1));
  EXPECT_EQ(store_.begin()->second.expiration, clock_.now + absl::Minutes(20));
}

TEST_F(SessionCacheTest, ATornEntryIsAMiss) {
  Session("a");
  store_.begin()->second.payload = Secret("{\"AccessKeyId\":");
  EXPECT_EQ(Session("a"), "STS.fake-2");
}

TEST_F(SessionCacheTest, AStoreThatFailsIsAWarning) {
  full_ = true;
  EXPECT_EQ(Session("a"), "STS.fake-1");
  EXPECT_EQ(warning_, "the role session cannot be stored, so it will be asked for again: disk full");
}

TEST_F(SessionCacheTest, AFailureIsPassedOnAndNotRemembered) {
  fails_ = true;
  EXPECT_EQ(Session("a"), "no answer");
  EXPECT_TRUE(store_.empty());
}

}  // namespace
}  // namespace credential_provider
