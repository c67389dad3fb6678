#include "credential_provider/sign_in/redirect.h"

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

std::string CodeOf(const absl::StatusOr<Secret>& code) {
  return code.ok() ? code->Reveal() : std::string(code.status().message());
}

TEST(RedirectTest, HasTheCodeOfItsOwnSignIn) {
  EXPECT_EQ(CodeOf(CodeIn("/cli/callback?code=a%2Fb+c&state=s", "s")), "a/b c");
  EXPECT_EQ(CodeOf(CodeIn("/cli/callback?state=s&code=a#fragment", "s")), "a");
  EXPECT_EQ(CodeOf(CodeInPasted("  http://127.0.0.1:12345/cli/callback?code=a&state=s\r", "s")), "a");
  EXPECT_EQ(CodeOf(CodeInPasted("http://localhost:9/cli/callback?code=a&state=s", "s")), "a");
}

TEST(RedirectTest, OfAnotherSignInIsNotTaken) {
  for (const char* query :
       {"code=a&state=t", "code=a", "code=a&state=", "code=a&State=s", "", "code=a&state=s%00"}) {
    const absl::StatusOr<Secret> code = CodeIn(std::string("/cli/callback?") + query, "s");
    EXPECT_TRUE(absl::IsInvalidArgument(code.status())) << query;
  }
  EXPECT_TRUE(absl::IsInvalidArgument(CodeIn("/cli/callback?state=s", "s").status()));
  EXPECT_TRUE(absl::IsInvalidArgument(CodeIn("/cli/callback?state=s&code=", "s").status()));
}

TEST(RedirectTest, IsAtItsPathAndOnThisMachine) {
  for (const char* target :
       {"/", "/favicon.ico", "/cli/callback/x?code=a&state=s", "", "cli/callback?code=a&state=s"})
    EXPECT_TRUE(absl::IsNotFound(CodeIn(target, "s").status())) << target;
  for (const char* address :
       {"", "a", "code=a&state=s", "https://example.com/cli/callback?code=a&state=s",
        "http://example.com/cli/callback?code=a&state=s", "/cli/callback?code=a&state=s"})
    EXPECT_TRUE(absl::IsInvalidArgument(CodeInPasted(address, "s").status())) << address;
}

TEST(RedirectTest, SaysThatTheSiteRefused) {
  EXPECT_TRUE(absl::IsPermissionDenied(CodeIn("/cli/callback?error=access_denied&state=s", "s").status()));
  EXPECT_EQ(
      CodeOf(CodeIn("/cli/callback?error=server_error&error_description=try+%1B%5B2Jlater&state=s", "s")),
      "the sign-in site refused: server_error, try ?[2Jlater");
  // Who does not know the state may not end the sign-in.
  EXPECT_TRUE(absl::IsInvalidArgument(CodeIn("/cli/callback?error=access_denied&state=t", "s").status()));
}

}  // namespace
}  // namespace credential_provider
