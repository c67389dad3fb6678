#include "credential_provider/identity/identity_text.h"

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

TEST(WhoTest, PartsAreReadAsTheyAre) {
  EXPECT_EQ(Who("access-key a").Add("role", "acs:ram::1:role/r").Add("policy", "").text(),
            "access-key a role acs:ram::1:role/r");
}

TEST(WhoTest, NoTwoListsOfPartsGiveTheSameText) {
  EXPECT_NE(Who().Add("session", "a policy b").text(), Who().Add("session", "a").Add("policy", "b").text());
  EXPECT_EQ(Who().Add("session", "a\" b\n").text(), "session \"a\\\" b\\n\"");
}

TEST(WhoTest, AHiddenValueTellsApartAndIsNotShown) {
  const std::string who = Who("job a").AddHidden("line", "tool fake-secret").Add("role", "r").text();
  EXPECT_EQ(who.find("fake-secret"), std::string::npos);
  EXPECT_NE(who, Who("job a").AddHidden("line", "tool fake-secre7").Add("role", "r").text());
  EXPECT_EQ(ShownWho(who), "job a line (hidden) role r");
}

TEST(WhoTest, WhatIsNoHashIsShownAsItIs) {
  for (const char* who : {"access-key a", "", "uri http://a/#b", "session \"a #b\""})
    EXPECT_EQ(ShownWho(who), who);
}

}  // namespace
}  // namespace credential_provider
