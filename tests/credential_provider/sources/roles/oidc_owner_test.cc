// Whom a token of a CI system or a pod stands for: two subjects never share a session.
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/identity/identity_text.h"
#include "credential_provider/sources/roles/oidc_token.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

std::string Token(const std::string& payload) {
  return absl::StrCat("e30.", absl::WebSafeBase64Escape(payload), ".c2ln");
}

// Who it is by a token in a file and in a variable; both must say the same.
std::string OwnerOf(const std::string& token) {
  TempDir dir;
  Spill(dir.Path("token"), token);
  IdentityText in_file;
  AddTokenOwner(*TokenInFile(dir.Path("token")), &in_file);
  const std::string variable = absl::StrCat("T=", token);
  const char* const entries[] = {variable.c_str(), nullptr};
  IdentityText in_variable;
  AddTokenOwner(*TokenInVariable("T", Environment(entries)), &in_variable);
  EXPECT_EQ(in_file.text(), in_variable.text());
  return in_file.text();
}

TEST(OidcOwnerTest, IsIssuerAndSubjectWhateverElseTheTokenSays) {
  EXPECT_EQ(OwnerOf(Token(R"({"iss":"https://i","sub":"s","exp":1764190000.5})")),
            "issuer https://i subject s");
  EXPECT_EQ(OwnerOf(Token(R"({"iss":"https://i","sub":"s","exp":"later","jti":"1"})")),
            "issuer https://i subject s");
}

// Each pair differs in what should name the subject, and in nothing that can be read.
TEST(OidcOwnerTest, IsTheWholeTokenWhereThatCannotBeRead) {
  const std::pair<std::string, std::string> pairs[] = {
      {Token(R"({"iss":"https://i","sub":["a"]})"), Token(R"({"iss":"https://i","sub":["b"]})")},
      {Token(R"({"iss":"https://i","sub":1})"), Token(R"({"iss":"https://i","sub":2})")},
      {Token(R"({"iss":{"a":1},"sub":"s"})"), Token(R"({"iss":{"a":2},"sub":"s"})")},
      {Token(R"({"iss":"https://i","uid":"a"})"), Token(R"({"iss":"https://i","uid":"b"})")},
      {Token(R"({"sub":"","iss":"https://i","a":1})"), Token(R"({"sub":"","iss":"https://i","a":2})")},
      {"opaque-token-of-alice", "opaque-token-of-bob"},
      {Token("[1]"), Token("[2]")},
  };
  for (const auto& [one, other] : pairs) {
    EXPECT_NE(OwnerOf(one), OwnerOf(other)) << one;
    EXPECT_THAT(ShownIdentity(OwnerOf(one)), testing::HasSubstr("token (hidden)"));
    EXPECT_THAT(OwnerOf(one), testing::Not(testing::HasSubstr(one)));
  }
}

TEST(OidcOwnerTest, IsTheJobOnGitHubByItsUrlAndWhatItAsksFor) {
  const auto owner = [](const std::string& url, const std::string& asks_for) {
    const std::string variables[] = {absl::StrCat("ACTIONS_ID_TOKEN_REQUEST_URL=", url),
                                     absl::StrCat("ACTIONS_ID_TOKEN_REQUEST_TOKEN=", asks_for)};
    const char* const entries[] = {variables[0].c_str(), variables[1].c_str(), nullptr};
    IdentityText who;
    AddTokenOwner(*TokenFromGitHubActions(Environment(entries)), &who);
    return who.text();
  };
  EXPECT_EQ(owner("https://a/1", "x"), owner("https://a/1", "x"));
  EXPECT_NE(owner("https://a/1", "x"), owner("https://a/2", "x"));
  EXPECT_NE(owner("https://a/1", "x"), owner("https://a/1", "y"));
  EXPECT_EQ(ShownIdentity(owner("https://a/1", "x")), "job (hidden)");
}

}  // namespace
}  // namespace credential_provider
