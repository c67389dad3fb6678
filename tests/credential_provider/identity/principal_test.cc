#include "credential_provider/identity/principal.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/fake_http_transport.h"

namespace credential_provider {
namespace {

// A place where `owner_` answers, with a new session each time it is asked.
class PrincipalTest : public testing::Test {
 protected:
  absl::StatusOr<Identity> Find(const Resolver& resolve) {
    Place place;
    place.shown = "sidecar";
    place.text = "http://127.0.0.1/?token=fake";
    return IdentityAt(
        "test", place,
        [this](const NetworkContext&) -> absl::StatusOr<SignIn> {
          if (!failure_.ok()) return failure_;
          ++asked_;
          AccessKey key{absl::StrCat("STS.", owner_, asked_), Secret("s"), Secret("t")};
          return SignIn{key, [owner = owner_](const NetworkContext&) { return Principal{owner}; }, moved_to_};
        },
        resolve);
  }
  Resolver Asking() {
    return [this](const Place& place) -> absl::StatusOr<absl::optional<std::string>> {
      key_ = KeyOfPlace(place);
      const absl::StatusOr<Principal> principal = place.ask(fetch_);
      if (!principal.ok()) return principal.status();
      return absl::optional<std::string>(principal->text);
    };
  }
  static Resolver Remembering(const std::string& principal) {
    return [principal](const Place&) { return absl::optional<std::string>(principal); };
  }

  const char* const none_[1] = {nullptr};
  const Environment environment_{none_};
  FakeHttpTransport transport_{{}};
  FakeClock clock_;
  std::map<std::string, Entry> store_;
  NetworkContext fetch_{transport_,
                        clock_,
                        environment_,
                        absl::Seconds(15),
                        {nullptr, [this](const CredentialKey& key, const Entry& entry) {
                           store_[key.text()] = entry;
                           return absl::OkStatus();
                         }}};
  std::string owner_ = "alice";
  std::string moved_to_;
  absl::Status failure_;
  int asked_ = 0;
  CredentialKey key_;
};

TEST_F(PrincipalTest, WhoItIsIsThePrincipalAndItsKeyIsTheOneThatItCameWith) {
  const auto identity = Find(Asking());
  ASSERT_TRUE(identity.ok());
  EXPECT_EQ(identity->who, "alice");
  EXPECT_TRUE(identity->resolved);
  EXPECT_EQ(identity->access_key(fetch_)->id, "STS.alice1");
  EXPECT_EQ(asked_, 1) << "one request for both";
}

TEST_F(PrincipalTest, ARefusedKeyIsReplaced) {
  const auto identity = Find(Asking());
  NetworkContext renewed = fetch_;
  renewed.renew = true;
  EXPECT_EQ(identity->access_key(renewed)->id, "STS.alice2");
}

TEST_F(PrincipalTest, NoKeyIsGivenThatBelongsToSomebodyElseByNow) {
  const auto identity = Find(Remembering("alice"));
  owner_ = "bob";
  const auto key = identity->access_key(fetch_);
  EXPECT_TRUE(PlaceHasChanged(WithContext(key.status(), "identity test")));
  EXPECT_EQ(key.status().message(), "sidecar: is somebody else by now");
}

TEST_F(PrincipalTest, WithoutAResolverTheKeyIsWhoevers) {
  for (const Resolver& resolve :
       {Resolver(), Resolver([](const Place&) { return absl::optional<std::string>(); })}) {
    const auto identity = Find(resolve);
    EXPECT_EQ(identity->who, "sidecar");
    EXPECT_FALSE(identity->resolved);
    EXPECT_TRUE(identity->access_key(fetch_).ok());
  }
}

TEST_F(PrincipalTest, APlaceThatDoesNotAnswerIsNotAnAbsentSource) {
  failure_ = WithHint(absl::NotFoundError("HTTP 404"), "start it");
  const auto identity = Find(Asking());
  EXPECT_EQ(identity.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(HintOf(identity.status()), "start it");
}

TEST_F(PrincipalTest, TheStoreKnowsAPlaceByAFingerprint) {
  ASSERT_TRUE(Find(Asking()).ok());
  EXPECT_TRUE(IsKeyOfPlace(key_));
  EXPECT_THAT(key_.text(), testing::Not(testing::HasSubstr("fake")));
}

TEST_F(PrincipalTest, ASignInThatMovesIsRememberedWhereItIsFromNowOn) {
  moved_to_ = "elsewhere";
  ASSERT_TRUE(Find(Asking()).ok());
  Place moved;
  moved.text = moved_to_;
  ASSERT_EQ(store_.count(KeyOfPlace(moved).text()), 1u);
  const Entry& entry = store_.at(KeyOfPlace(moved).text());
  EXPECT_EQ(PrincipalIn(entry.payload), "alice");
  EXPECT_EQ(EndOf(entry), clock_.Now() + kPlaceLife);
}

TEST_F(PrincipalTest, ASessionWhoseOwnerIsUnknownIsBelievedNoLongerThanAnAddress) {
  Place sign_in;
  sign_in.life = kSignInLife;
  EXPECT_EQ(LifeOf(sign_in, {"alice"}), kSignInLife);
  EXPECT_EQ(LifeOf(sign_in, {"access-key STS.x", /*certain=*/false}), kPlaceLife);
}

TEST_F(PrincipalTest, WhatIsNoPrincipalIsNone) {
  for (const char* stored : {"", "[]", "{}", "{\"token\":1}", "{\"token\":"})
    EXPECT_EQ(PrincipalIn(Secret(stored)), "") << stored;
}

}  // namespace
}  // namespace credential_provider
