#include "credential_provider/kubernetes/exec_credential.h"

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace credential_provider {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1767323045);  // 2026-01-02T03:04:05Z

// One JSON object, one newline, nothing else.
TEST(ExecCredentialTest, IsOneLineOfJson) {
  const std::string status = RenderStatus({Secret(), "CERT\n", Secret("KEY\n"), kNow}, kNow + absl::Hours(1));
  const std::string answer = RenderExecCredential(ExecApiVersion::kV1, status);
  EXPECT_EQ(
      answer,
      R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":{},"status":)"
      R"({"expirationTimestamp":"2026-01-02T04:04:05Z","clientCertificateData":"CERT\n","clientKeyData":"KEY\n"}})"
      "\n");
}

TEST(ExecCredentialTest, AnswersInTheOlderVersionToo) {
  const nlohmann::json answer = nlohmann::json::parse(RenderExecCredential(ExecApiVersion::kV1Beta1, "{}"));
  EXPECT_EQ(answer.at("apiVersion"), "client.authentication.k8s.io/v1beta1");
}

// A token or a certificate pair, never both.
TEST(ExecCredentialTest, ATokenStandsAlone) {
  const nlohmann::json status =
      nlohmann::json::parse(RenderStatus({Secret("t"), "", Secret(), kNow}, absl::nullopt));
  EXPECT_EQ(status, nlohmann::json({{"token", "t"}}));
}

// Never an expirationTimestamp that is not clearly ahead.
TEST(ExpirationToPrintTest, IsAMinuteBeforeTheEnd) {
  EXPECT_EQ(ExpirationToPrint(kNow + absl::Hours(1), kNow), kNow + absl::Minutes(59));
}

TEST(ExpirationToPrintTest, IsNeverLessThanAMinuteAhead) {
  EXPECT_EQ(ExpirationToPrint(kNow + absl::Seconds(120), kNow), kNow + absl::Seconds(60));
  EXPECT_EQ(ExpirationToPrint(kNow + absl::Seconds(119), kNow), absl::nullopt);
}

TEST(ExpirationToPrintTest, IsNeverATimeThatClientsCannotRead) {
  const absl::Time far =
      absl::FromCivil(absl::CivilYear(57000), absl::UTCTimeZone());  // milliseconds as seconds
  EXPECT_NE(RenderStatus({Secret("t"), "", Secret(), far}, ExpirationToPrint(far, kNow))
                .find(R"("expirationTimestamp":"9999-12-31T23:59:59Z")"),
            std::string::npos);
}

TEST(ExpirationToPrintTest, IsLeftOutWhenTheClockIsAheadOfTheIssuers) {
  EXPECT_EQ(ExpirationToPrint(kNow - absl::Minutes(5), kNow), absl::nullopt);
}

}  // namespace
}  // namespace credential_provider
