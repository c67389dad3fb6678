#include "credential_provider/kubernetes/exec_credential_parser.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"

namespace credential_provider {
namespace {

constexpr char kPemPair[] =
    R"("clientCertificateData":"-----BEGIN CERTIFICATE-----\n","clientKeyData":"-----BEGIN PRIVATE KEY-----\n")";

std::string Around(const std::string& status, const std::string& version = "v1") {
  return absl::StrCat(R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/)", version,
                      R"(","spec":{"any":1},"status":)", status, "}\n");
}

TEST(ExecAnswerTest, ATokenAndItsEndAreRead) {
  const auto credential =
      ParseExecCredential(Around(R"({"token":"t","expirationTimestamp":"2026-01-02T03:04:05Z","x":[1]})"));
  ASSERT_TRUE(credential.ok()) << credential.status();
  EXPECT_EQ(credential->token.Reveal(), "t");
  EXPECT_EQ(absl::ToUnixSeconds(credential->expires), 1767323045);
}

TEST(ExecAnswerTest, ACertificateAndItsKeyAreRead) {
  const auto credential = ParseExecCredential(Around(absl::StrCat("{", kPemPair, "}"), "v1beta1"));
  ASSERT_TRUE(credential.ok()) << credential.status();
  EXPECT_EQ(credential->certificate_pem, "-----BEGIN CERTIFICATE-----\n");
  EXPECT_EQ(credential->expires, absl::InfiniteFuture());
}

TEST(ExecAnswerTest, AByteOrderMarkBlankLinesAndCarriageReturnsDoNoHarmAsInKubectl) {
  EXPECT_TRUE(ParseExecCredential("\xEF\xBB\xBF" + Around(R"({"token":"t"})")).ok());
  EXPECT_TRUE(ParseExecCredential("\r\n\n" + Around("{\r\n\"token\":\"t\"}") + "\r\n\n").ok());
}

TEST(ExecAnswerTest, AWordIsNoTime) {
  for (const char* end : {"infinite-future", "infinite-past", "tomorrow"}) {
    EXPECT_FALSE(
        ParseExecCredential(Around(absl::StrCat(R"({"token":"t","expirationTimestamp":")", end, "\"}"))).ok())
        << end;
  }
}

TEST(ExecAnswerTest, TheZeroTimeAndNullAreNoEnd) {
  for (const char* end : {R"("0001-01-01T00:00:00Z")", "null"}) {
    const auto credential =
        ParseExecCredential(Around(absl::StrCat(R"({"token":"t","expirationTimestamp":)", end, "}")));
    ASSERT_TRUE(credential.ok()) << credential.status();
    EXPECT_EQ(credential->expires, absl::InfiniteFuture());
  }
}

TEST(ExecAnswerTest, WhatNoClientCouldUseIsRefusedWithoutAWordOfIt) {
  const std::string marked = "marked-secret";
  for (const std::string& text : {
           std::string(),
           marked,
           Around(R"({"token":"marked-secret"})", "v1alpha1"),
           absl::StrReplaceAll(Around(R"({"token":"marked-secret"})"), {{"ExecCredential", "Status"}}),
           Around("null"),
           Around("{}"),
           Around(R"({"token":""})"),
           Around(R"({"token":5})"),
           Around(R"({"token":"marked-secret\n"})"),
           Around(R"({"token":"marked secret"})"),
           Around(R"({"token":"t","clientKeyData":"marked-secret"})"),
           Around(R"({"clientCertificateData":"marked-secret","clientKeyData":"marked-secret"})"),
           Around(R"({"token":"t","expirationTimestamp":"marked-secret"})"),
           Around(R"({"token":"marked-secret"})") + "{}",
       }) {
    const auto credential = ParseExecCredential(text);
    EXPECT_FALSE(credential.ok()) << text;
    EXPECT_EQ(credential.status().ToString().find("marked"), std::string::npos) << credential.status();
  }
}

}  // namespace
}  // namespace credential_provider
