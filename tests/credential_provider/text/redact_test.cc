#include "credential_provider/text/redact.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace credential_provider {
namespace {

std::string Redacted(const std::string& text, const std::string& secret) {
  const Secret value(secret);
  const Secret* const secrets[] = {&value};
  return Redact(text, secrets);
}

TEST(RedactTest, TextWithoutSecretsIsKept) {
  EXPECT_EQ(Redacted("no such cluster", "0123456789"), "no such cluster");
}

TEST(RedactTest, SecretIsReplaced) {
  EXPECT_EQ(Redacted("key 0123456789 bad", "0123456789"), "key <secret> bad");
}

TEST(RedactTest, PartOfASecretIsReplaced) {
  EXPECT_EQ(Redacted("key 12345678... bad", "0123456789"), "key <secret>... bad");
}

TEST(RedactTest, PercentEncodedSecretIsReplaced) {
  EXPECT_EQ(Redacted("token=a%2Bb%2Fc%3D%3D&x", "a+b/c=="), "token=<secret>&x");
}

// Wherever the secret is in what was encoded, its neighbours share two characters at most.
TEST(RedactTest, SecretInBase64IsReplaced) {
  const std::string secret = "0123456789+abc/DEFG";
  for (const std::string before : {"", "x", "xy", "id: \xff\xfe"}) {
    for (const std::string behind : {"", "!", "\xff"}) {
      const std::string text = before + secret + behind;
      for (const std::string& encoded : {absl::Base64Escape(text), absl::WebSafeBase64Escape(text)}) {
        const std::string shown = Redacted("got " + encoded.substr(0, 44) + " here", secret);
        EXPECT_LE(shown.size(), std::string("got ").size() + before.size() * 2 + 8 + 8 + 5) << encoded;
        EXPECT_NE(shown.find("<secret>"), std::string::npos) << encoded;
      }
    }
  }
}

TEST(RedactTest, PartOfASecretInBase64IsReplaced) {
  EXPECT_EQ(Redacted("key " + absl::Base64Escape("0123456") + " bad", "the secret is 0123456789"),
            "key <secret>g== bad");
}

TEST(RedactTest, SecretInHexIsReplaced) {
  EXPECT_EQ(Redacted("key 30313233343536373839 bad", "0123456789"), "key <secret> bad");
  EXPECT_EQ(Redacted("key 6A:6B:6C:6D bad", "jklm"), "key <secret> bad");
}

TEST(RedactTest, SecretInOtherCaseIsReplaced) {
  EXPECT_EQ(Redacted("key FAKEMARKEDKEY bad", "FakeMarkedKey"), "key <secret> bad");
}

TEST(RedactTest, ReversedSecretIsReplaced) {
  EXPECT_EQ(Redacted("key jihgfedcba bad", "abcdefghij"), "key <secret> bad");
}

TEST(RedactTest, SplitSecretIsReplaced) {
  EXPECT_EQ(Redacted("key abc def\nghi\\njkl bad", "abcdefghijkl"), "key <secret> bad");
  EXPECT_EQ(Redacted("key 'abcd', 'efgh' bad", "abcdefgh"), "key '<secret>' bad");
}

TEST(RedactTest, EscapedSecretIsReplaced) {
  EXPECT_EQ(Redacted(R"(key abcd\u002bef\/gh\u0069 bad)", "abcd+ef/ghi"), "key <secret> bad");
  EXPECT_EQ(Redacted("key abcd&#43;ef&#x2f;gh&amp;ij bad", "abcd+ef/gh&ij"), "key <secret> bad");
  EXPECT_EQ(Redacted("key abcd%2bef%2Fgh bad", "abcd+ef/gh"), "key <secret> bad");
}

TEST(RedactTest, OrdinaryTextIsKeptWhateverItLooksLike) {
  const std::string text = R"(100% of it, C:\users\new & "a" &lt; \u12 %zz &#x; &#99999999999; \)";
  EXPECT_EQ(Redacted(text, "0123456789abcdefghij"), text);
}

TEST(RedactTest, WhatIsTooShortForASecretIsKept) {
  EXPECT_EQ(Redacted("it was an error 11", "1"), "it was an error 11");
  EXPECT_EQ(Redacted("it was Abc", "abc"), "it was Abc");
}

// As much as a child program may say, of both.
TEST(RedactTest, LargeTextsAndSecretsTakeNoLongTime) {
  std::string text, secret;
  for (int64_t i = 0; i < 20000; ++i) absl::StrAppend(&text, i * 7919, " ");
  for (int64_t i = 0; i < 150000; ++i) absl::StrAppend(&secret, i * 104729 % 9999991);
  EXPECT_FALSE(Redacted(text, secret).empty());
}

TEST(RedactTest, ShortSecretIsReplacedWhole) { EXPECT_EQ(Redacted("it was abc", "abc"), "it was <secret>"); }

TEST(RedactTest, LongWordsArePresumedSecret) {
  EXPECT_EQ(Redacted("got " + std::string(60, 'x') + " here", ""), "got <secret> here");
}

TEST(RedactTest, ChineseHasLongWordsThatAreNoSecrets) {
  std::string chinese;
  for (int i = 0; i < 4; ++i) chinese += "它输出的内容在上方";
  EXPECT_EQ(Redacted(chinese, "secret-of-mine"), chinese);
  EXPECT_EQ(Redacted(chinese + std::string(49, 'a') + chinese, "secret-of-mine"),
            chinese + "<secret>" + chinese);
  EXPECT_EQ(Redacted("a" + std::string(60, '\xe5'), "secret-of-mine"), "<secret>") << "no UTF-8";
}

TEST(RedactTest, PemIsNeverShown) {
  EXPECT_EQ(Redacted("-----BEGIN RSA PRIVATE KEY-----\nabc", ""), "<secret>");
}

TEST(RedactTest, ControlCharactersDoNotReachTheTerminal) {
  EXPECT_EQ(Redacted("a\x1b[31mb\nc", ""), "a?[31mb c");
}

}  // namespace
}  // namespace credential_provider
