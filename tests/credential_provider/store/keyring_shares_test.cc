#include "credential_provider/store/keyring_shares.h"

#include <linux/keyctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "credential_provider/platform/kernel_keyring.h"
#include "credential_provider/store/entry.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/own_keyring.h"

namespace credential_provider {
namespace {

using testing::HasSubstr;

constexpr char kName[] = "0123456789abcdef";
const absl::Time kNow = absl::FromUnixSeconds(1767323045);
const absl::Time kEnd = kNow + absl::Hours(1);

// Runs `code` in a process that may change what cannot be changed back. Returns its exit status.
template <typename Code>
int ExitStatusOf(Code code) {
  const pid_t child = fork();
  if (child == 0) _exit(code());
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// As a user that is not root: its quota is 20,000 bytes. Before the tests that take a keyring of their own,
// where there is no other user.
class KeyringQuotaTest : public testing::Test {
 protected:
  // Runs `code` as a user who has no keys yet.
  template <typename Code>
  int AsPlainUser(Code code) {
    return ExitStatusOf([&] {
      constexpr uid_t kUser = 61234;
      if (setresgid(kUser, kUser, kUser) != 0 || setresuid(kUser, kUser, kUser) != 0) return 77;
      return code();
    });
  }
};

TEST_F(KeyringQuotaTest, AtMostHalfOfWhatTheUserMayHaveIsTaken) {
  if (geteuid() != 0) GTEST_SKIP() << "only root can become a user who has no keys";
  const int status = AsPlainUser([&] {
    KeyringShares shares;
    const std::string share(2950, 'x');
    ShareId last = 0;
    int stored = 0;
    for (; stored < 10; ++stored) {
      const auto id = shares.Put(kName, share, kEnd, kNow, 0);
      if (absl::IsPermissionDenied(id.status())) return 77;
      if (!id.ok()) break;
      last = *id;
    }
    const bool replaced = shares.Put(kName, share, kEnd, kNow, last).ok();
    const bool room_for_others =
        PutUserKey("another program's", std::string(6000, 'x'), absl::Minutes(1)).ok();
    for (const UserKey& key : ListUserKeys()) RemoveUserKey(key.serial).IgnoreError();
    return (stored == 3 ? 0 : 1) + (replaced ? 0 : 2) + (room_for_others ? 0 : 4);
  });
  if (status == 77) GTEST_SKIP() << "no keyrings, or no other users, here";
  EXPECT_EQ(status, 0);
}

class KeyringSharesTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!HasOwnKeyring()) GTEST_SKIP() << "no user namespaces or no keyrings here";
  }
  void TearDown() override {
    if (HasOwnKeyring()) RemoveAllKeys();
  }
  std::string Get(ShareId id, size_t size) {
    std::string share(size, '\0');
    return shares_.Get(kName, id, &share) ? share : "(none)";
  }

  KeyringShares shares_;
};

TEST_F(KeyringSharesTest, EachShareIsFoundByItsOwnId) {
  const auto first = shares_.Put(kName, "one", kEnd, kNow, 0);
  const auto second = shares_.Put(kName, "two", kEnd, kNow, 0);
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(Get(*first, 3), "one");
  EXPECT_EQ(Get(*second, 3), "two");
  EXPECT_EQ(Get(*first, 2), "(none)") << "of another size";
  shares_.Remove(kName, *first);
  EXPECT_EQ(ListUserKeys().size(), 1u);
}

TEST_F(KeyringSharesTest, OnlyItsUserMayLookAtAKeyAndOnlyItsHolderMayChangeIt) {
  const auto id = shares_.Put(kName, "one", kEnd, kNow, 0);
  ASSERT_TRUE(id.ok());
  char text[200] = "";
  ASSERT_GT(syscall(SYS_keyctl, KEYCTL_DESCRIBE, *id, text, sizeof(text)), 0);
  // Bytes for the holder, the user, the group and others; 3f is everything, 0b is view, read and search.
  EXPECT_THAT(text, HasSubstr(";3f0b0000;credential_provider:" + std::string(kName) + ":"));
}

TEST_F(KeyringSharesTest, TheKernelForgetsAShareAtItsEnd) {
  const auto id = shares_.Put(kName, "one", kNow + absl::Milliseconds(500), kNow, 0);
  ASSERT_TRUE(id.ok());
  usleep(1200 * 1000);
  EXPECT_EQ(Get(*id, 3), "(none)");
}

TEST_F(KeyringSharesTest, ASessionWithoutALinkToTheKeyringFindsTheShare) {
  const auto id = shares_.Put(kName, "one", kEnd, kNow, 0);
  ASSERT_TRUE(id.ok());
  EXPECT_EQ(ExitStatusOf([&] {
              if (syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, nullptr) <= 0) return 2;
              return Get(*id, 3) == "one" ? 0 : 1;
            }),
            0);
}

TEST_F(KeyringSharesTest, AKeyOfSomebodyElseIsNeitherRemovedNorCounted) {
  const auto other = PutUserKey("somebody else's", "x", absl::Minutes(1));
  ASSERT_TRUE(other.ok());
  shares_.Remove(kName, static_cast<ShareId>(*other));
  EXPECT_EQ(RemoveAllKeys(), 0);
  ASSERT_EQ(ListUserKeys().size(), 1u);
  EXPECT_TRUE(RemoveUserKey(*other).ok());
}

TEST_F(KeyringSharesTest, WhatVersion010HasLeftIsRemovedWithAllElse) {
  const std::string old = FormatEntry("cluster 2 c1\n", {kNow, kEnd, Secret("{}")});
  ASSERT_TRUE(PutUserKey("credential_provider:" + std::string(kName), old, absl::Minutes(1)).ok());
  ASSERT_TRUE(shares_.Put(kName, "one", kEnd, kNow, 0).ok());
  EXPECT_EQ(RemoveAllKeys(), 1);
  EXPECT_TRUE(ListUserKeys().empty());
}

}  // namespace
}  // namespace credential_provider
