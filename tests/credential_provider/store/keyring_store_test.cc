#include "credential_provider/store/keyring_store.h"

#include <unistd.h>

#include "credential_provider/store/kernel_keyring.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/own_keyring.h"

namespace credential_provider {
namespace {

class KeyringStoreTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!HasOwnKeyring()) GTEST_SKIP() << "no user namespaces or no keyrings here";
  }
  void TearDown() override {
    if (HasOwnKeyring()) store_.Forget(key_).IgnoreError();
  }
  std::string Description() const { return "credential_provider:" + key_.FileName(); }

  const absl::Time now_ = absl::FromUnixSeconds(1767323045);
  const Entry entry_{now_, now_ + absl::Hours(1), Secret(R"({"token":"fake-token"})")};
  const CredentialKey key_ = CredentialKey().Add("cluster", "c1");
  KeyringStore store_;
};

TEST_F(KeyringStoreTest, WhatIsRememberedIsFound) {
  ASSERT_TRUE(store_.Remember(key_, entry_, now_).ok());
  ASSERT_TRUE(store_.Find(key_).has_value());
  EXPECT_EQ(store_.Find(key_)->expiration, entry_.expiration);
  EXPECT_EQ(store_.Find(key_)->status_json.Reveal(), entry_.status_json.Reveal());
}

TEST_F(KeyringStoreTest, ANewEntryTakesThePlaceOfTheOld) {
  ASSERT_TRUE(store_.Remember(key_, entry_, now_).ok());
  const Entry next{now_ + absl::Minutes(1), entry_.expiration, Secret("{}")};
  ASSERT_TRUE(store_.Remember(key_, next, now_).ok());
  EXPECT_EQ(store_.Find(key_)->issued, next.issued);
  EXPECT_EQ(ListUserKeys().size(), 1u);
}

TEST_F(KeyringStoreTest, TheKernelForgetsAnEntryWhenItHasEnded) {
  ASSERT_TRUE(store_.Remember(key_, entry_, EndOf(entry_) - absl::Milliseconds(500)).ok());
  usleep(1200 * 1000);
  EXPECT_FALSE(store_.Find(key_).has_value());
}

TEST_F(KeyringStoreTest, AForgottenEntryIsGone) {
  ASSERT_TRUE(store_.Remember(key_, entry_, now_).ok());
  EXPECT_TRUE(*store_.Forget(key_));
  EXPECT_FALSE(store_.Find(key_).has_value());
  EXPECT_FALSE(*store_.Forget(key_));
}

TEST_F(KeyringStoreTest, AKeyThatIsNoEntryIsAMissAndNotForgotten) {
  ASSERT_TRUE(PutUserKey(Description(), Secret("foreign"), absl::Minutes(1)).ok());
  EXPECT_FALSE(store_.Find(key_).has_value());
  EXPECT_FALSE(*store_.Forget(key_));
  EXPECT_TRUE(store_.List().empty());
  EXPECT_TRUE(RemoveUserKey(*FindUserKey(Description())).ok());
}

TEST_F(KeyringStoreTest, TheListHoldsTheKeysOfItsEntries) {
  ASSERT_TRUE(store_.Remember(key_, entry_, now_).ok());
  ASSERT_TRUE(PutUserKey("somebody else's", Secret("x"), absl::Minutes(1)).ok());
  ASSERT_EQ(store_.List().size(), 1u);
  EXPECT_EQ(store_.List()[0].text(), key_.text());
}

TEST_F(KeyringStoreTest, ASessionWithoutALinkToTheKeyringFindsTheEntry) {
  ASSERT_TRUE(store_.Remember(key_, entry_, now_).ok());
  ASSERT_GT(syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, nullptr), 0);
  EXPECT_TRUE(store_.Find(key_).has_value());
}

TEST_F(KeyringStoreTest, WhatIsTooLargeForAKeyIsRefused) {
  const Entry large{now_, entry_.expiration, Secret(std::string(40000, 'x'))};
  EXPECT_EQ(store_.Remember(key_, large, now_).message(), "keyring: larger than a key may be");
  EXPECT_FALSE(store_.Find(key_).has_value());
}

}  // namespace
}  // namespace credential_provider
