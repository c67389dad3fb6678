#include "credential_provider/base/redact.h"

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

TEST(RedactTest, ShortSecretIsReplacedWhole) { EXPECT_EQ(Redacted("it was abc", "abc"), "it was <secret>"); }

TEST(RedactTest, LongWordsArePresumedSecret) {
  EXPECT_EQ(Redacted("got " + std::string(60, 'x') + " here", ""), "got <secret> here");
}

TEST(RedactTest, PemIsNeverShown) {
  EXPECT_EQ(Redacted("-----BEGIN RSA PRIVATE KEY-----\nabc", ""), "<secret>");
}

TEST(RedactTest, ControlCharactersDoNotReachTheTerminal) {
  EXPECT_EQ(Redacted("a\x1b[31mb\nc", ""), "a?[31mb c");
}

}  // namespace
}  // namespace credential_provider
