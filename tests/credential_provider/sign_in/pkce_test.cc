#include "credential_provider/sign_in/pkce.h"

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

TEST(PkceTest, TheChallengeIsThatOfTheStandardsExample) {
  EXPECT_EQ(CodeChallenge(Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

TEST(PkceTest, AVerifierIsLongEnoughAndNewEachTime) {
  const Secret one = NewCodeVerifier(), two = NewCodeVerifier();
  EXPECT_EQ(one.Reveal().size(), 43u);
  EXPECT_NE(one.Reveal(), two.Reveal());
  EXPECT_EQ(
      one.Reveal().find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"),
      std::string::npos);
}

}  // namespace
}  // namespace credential_provider
