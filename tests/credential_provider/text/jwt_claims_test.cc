#include "credential_provider/text/jwt_claims.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace credential_provider {
namespace {

JwtClaims Read(const std::string& payload) {
  return ReadJwtClaims(absl::StrCat("e30.", absl::WebSafeBase64Escape(payload), ".c2ln"));
}

TEST(JwtClaimsTest, AnEndMayBeAnyNumber) {
  constexpr int64_t kEnd = 1764190000;
  EXPECT_EQ(Read(R"({"exp":1764190000})").expires, absl::FromUnixSeconds(kEnd));
  EXPECT_EQ(Read(R"({"exp":1764190000.5})").expires, absl::FromUnixSeconds(kEnd) + absl::Milliseconds(500));
  EXPECT_EQ(Read(R"({"exp":1.76419e9})").expires, absl::FromUnixSeconds(kEnd));
  EXPECT_EQ(Read(R"({"exp":1e300})").expires, absl::InfiniteFuture());
}

TEST(JwtClaimsTest, AClaimThatCannotBeReadHidesNoOther) {
  for (const char* payload : {R"({"iss":"i","sub":"s","exp":"soon"})", R"({"iss":"i","sub":"s","exp":null})",
                              R"({"iss":"i","sub":"s","exp":{}})", R"({"iss":"i","sub":"s"})"}) {
    EXPECT_EQ(Read(payload).issuer, "i") << payload;
    EXPECT_EQ(Read(payload).subject, "s") << payload;
    EXPECT_EQ(Read(payload).expires, absl::InfiniteFuture()) << payload;
  }
  EXPECT_EQ(Read(R"({"iss":["i"],"sub":"s"})").issuer, "");
  EXPECT_EQ(Read(R"({"iss":["i"],"sub":"s"})").subject, "s");
}

TEST(JwtClaimsTest, WhatIsNoTokenClaimsNothing) {
  for (const char* token : {"", "a", "a.b", "a.!.c", "e30.W10.c", "e30.bm8.c"}) {
    EXPECT_EQ(ReadJwtClaims(token).subject, "") << token;
    EXPECT_EQ(ReadJwtClaims(token).expires, absl::InfiniteFuture()) << token;
  }
}

}  // namespace
}  // namespace credential_provider
