#include "credential_provider/identity/identity_words.h"

#include "absl/strings/str_cat.h"
#include "credential_provider/identity/identity_text.h"
#include "gtest/gtest.h"

namespace credential_provider {
namespace {

constexpr char kRole[] = "acs:ram::1000000000000001:role/ack-reader";

TEST(IdentityWordsTest, AnAccessKeyIsCalledSo) {
  EXPECT_EQ(IdentityInWords("access-key sandbox-alice"), "access key sandbox-alice");
  EXPECT_EQ(IdentityDetails("access-key sandbox-alice"), "");
}

TEST(IdentityWordsTest, ARoleIsNamedFirstAndThenWhoTakesItOn) {
  const std::string who = IdentityText("access-key sandbox-alice")
                              .Add("role", kRole)
                              .Add("session", "credential_provider")
                              .Add("seconds", "3600")
                              .Add("sts", "sts.cn-hangzhou.aliyuncs.com")
                              .text();
  EXPECT_EQ(IdentityInWords(who), "role ack-reader of 1000000000000001, by access key sandbox-alice");
  EXPECT_EQ(IdentityDetails(who), "");
}

TEST(IdentityWordsTest, ForAPromptThereIsANameAlone) {
  EXPECT_EQ(ShortIdentity(""), "");
  EXPECT_EQ(ShortIdentity("access-key sandbox-alice"), "sandbox-alice");
  EXPECT_EQ(ShortIdentity("caller acs:ram::1000000000000001:user/alice"), "alice");
  EXPECT_EQ(ShortIdentity("caller acs:ram::1000000000000001:root"), "root of 1000000000000001");
  EXPECT_EQ(ShortIdentity(absl::StrCat("access-key sandbox-alice role ", kRole, " session a seconds 900")),
            "ack-reader");
}

TEST(IdentityWordsTest, WhatIsNotAsUsualIsADetail) {
  const std::string who = IdentityText("access-key sandbox-alice")
                              .Add("role", kRole)
                              .Add("session", "laptop")
                              .Add("external-id", "a b")
                              .Add("policy", "{\"Statement\": [\"\\\"x\"]}")
                              .Add("seconds", "900")
                              .Add("sts", "127.0.0.1:1")
                              .text();
  EXPECT_EQ(IdentityDetails(who),
            "session laptop, external id a b, with a policy, role for 15m, STS at 127.0.0.1:1");
}

TEST(IdentityWordsTest, WhatIsAHashIsLeftOut) {
  IdentityText who;
  who.AddHidden("job", "a secret").Add("role", kRole);
  EXPECT_EQ(IdentityInWords(who.text()), "role ack-reader of 1000000000000001, by a job");
  EXPECT_EQ(IdentityInWords(who.text()).find('#'), std::string::npos);
}

TEST(IdentityWordsTest, OtherRootsAreToldAsTheyAreKnown) {
  EXPECT_EQ(IdentityInWords("caller acs:ram::1000000000000001:user/alice principal 2"),
            "user alice of 1000000000000001");
  EXPECT_EQ(IdentityInWords("caller acs:ram::1000000000000001:assumed-role/r/s principal 2"),
            "assumed role r/s of 1000000000000001");
  EXPECT_EQ(IdentityInWords("instance-role r instance i-1 account 1 at http://127.0.0.1"), "instance role r");
  EXPECT_EQ(IdentityInWords("aws"), "aws");
  EXPECT_EQ(IdentityInWords(""), "");
}

TEST(IdentityWordsTest, ATornTextIsNoHarm) {
  for (const char* who : {"a \"", "a \"\\", "role", "role ", " ", "access-key \"x", "role acs:ram"}) {
    IdentityInWords(who);
    IdentityDetails(who);
  }
}

}  // namespace
}  // namespace credential_provider
