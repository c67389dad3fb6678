#include "credential_provider/provide_credential.h"

#include <vector>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1767323045);  // 2026-01-02T03:04:05Z

class ProvideCredentialTest : public testing::Test {
 protected:
  // Runs the use case at `now` with an issuer whose certificates live for `life`.
  absl::StatusOr<Secret> Provide(absl::Time now, absl::Duration life = absl::Hours(1)) {
    return ProvideCredential(
        key_, now, store_,
        [&]() -> absl::StatusOr<Credential> {
          ++issued_;
          if (!issuer_status_.ok()) return issuer_status_;
          return Credential{Secret(), "CERT", Secret("KEY"), now + life};
        },
        [&](const absl::Status& warning) { warnings_.push_back(std::string(warning.message())); });
  }

  TempDir dir_;
  DiskStore store_{dir_.Path("store")};
  CredentialKey key_;
  int issued_ = 0;
  absl::Status issuer_status_;
  std::vector<std::string> warnings_;
};

TEST_F(ProvideCredentialTest, TheSecondRunIsAnsweredFromTheStore) {
  const absl::StatusOr<Secret> first = Provide(kNow);
  const absl::StatusOr<Secret> second = Provide(kNow + absl::Minutes(30));
  EXPECT_EQ(first->Reveal(), second->Reveal());
  EXPECT_EQ(issued_, 1);
}

// exec_credential.md section 11: what has less than two minutes left is replaced.
TEST_F(ProvideCredentialTest, WhatHasLessThanTwoMinutesLeftIsReplaced) {
  ASSERT_TRUE(Provide(kNow).ok());  // says that it ends at 59 minutes
  ASSERT_TRUE(Provide(kNow + absl::Minutes(57)).ok());
  EXPECT_EQ(issued_, 1);
  ASSERT_TRUE(Provide(kNow + absl::Minutes(57) + absl::Seconds(1)).ok());
  EXPECT_EQ(issued_, 2);
}

TEST_F(ProvideCredentialTest, AFailedIssueIsAnErrorAndStoresNothing) {
  issuer_status_ = absl::PermissionDeniedError("no");
  EXPECT_EQ(Provide(kNow).status(), issuer_status_);
  issuer_status_ = absl::OkStatus();
  EXPECT_TRUE(Provide(kNow).ok());
  EXPECT_EQ(issued_, 2);
}

TEST_F(ProvideCredentialTest, AStoreThatFailsIsAWarningAndNotAnError) {
  Spill(dir_.Path("store"), "a file where the folder should be");
  EXPECT_TRUE(Provide(kNow).ok());
  ASSERT_EQ(warnings_.size(), 1u);
  EXPECT_EQ(warnings_[0].substr(0, 31), "the credential cannot be stored");
}

// exec_credential.md rule 4: with a clock that runs ahead, the timestamp is left out.
TEST_F(ProvideCredentialTest, ANewCredentialThatLooksEndedIsGivenOnceWithoutATimestamp) {
  const absl::StatusOr<Secret> answer = Provide(kNow, absl::Seconds(30));
  EXPECT_FALSE(nlohmann::json::parse(answer->Reveal()).contains("expirationTimestamp"));
  EXPECT_EQ(warnings_, std::vector<std::string>{"the new credential has ended by this machine's clock"});
  EXPECT_FALSE(store_.Find(key_).has_value());
}

}  // namespace
}  // namespace credential_provider
