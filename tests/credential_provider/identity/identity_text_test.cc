#include "credential_provider/identity/identity_text.h"

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

TEST(WhoTest, PartsAreReadAsTheyAre) {
  EXPECT_EQ(IdentityText("access-key a").Add("role", "acs:ram::1:role/r").Add("policy", "").text(),
            "access-key a role acs:ram::1:role/r");
}

TEST(WhoTest, NoTwoListsOfPartsGiveTheSameText) {
  EXPECT_NE(IdentityText().Add("session", "a policy b").text(),
            IdentityText().Add("session", "a").Add("policy", "b").text());
  EXPECT_EQ(IdentityText().Add("session", "a\" b\n").text(), "session \"a\\\" b\\n\"");
}

TEST(WhoTest, AHiddenValueTellsApartAndIsNotShown) {
  const std::string who = IdentityText("job a").AddHidden("line", "tool fake-secret").Add("role", "r").text();
  EXPECT_EQ(who.find("fake-secret"), std::string::npos);
  EXPECT_NE(who, IdentityText("job a").AddHidden("line", "tool fake-secre7").Add("role", "r").text());
  EXPECT_EQ(ShownIdentity(who), "job a line (hidden) role r");
}

TEST(WhoTest, WhatIsNoHashIsShownAsItIs) {
  for (const char* who : {"access-key a", "", "uri http://a/#b", "session \"a #b\""})
    EXPECT_EQ(ShownIdentity(who), who);
}

}  // namespace
}  // namespace credential_provider
