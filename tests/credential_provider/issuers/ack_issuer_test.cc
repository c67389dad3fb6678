// By which clock a certificate is judged, and when a session is asked for again. How a reply is read is
// user_kubeconfig_test's.
#include "credential_provider/issuers/ack_issuer.h"

#include <deque>
#include <ostream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/sandbox/certificates/certificate_authority.h"
#include "tests/sandbox/certificates/certificate_builder.h"
#include "tests/sandbox/certificates/private_keys.h"
#include "tests/sandbox/cloud/kubeconfig_text.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/fake_http_transport.h"

namespace credential_provider {
namespace {

using testing::HasSubstr;
using testing::Values;

const absl::Time kNow = FakeClock().now;

// What ACK answers with: a certificate with these dates, and its own word on when that expires.
UserKubeconfig Answered(absl::Duration begin, absl::Duration end,
                        absl::Time expiration = absl::InfiniteFuture()) {
  static const sandbox::KeyPtr& key = *new sandbox::KeyPtr(sandbox::MakeEcKey());
  sandbox::CertificateFields fields;
  fields.subject = {{"CN", "jane"}};
  fields.not_before = kNow + begin;
  fields.not_after = kNow + end;
  UserKubeconfig kubeconfig;
  kubeconfig.client_certificate_pem =
      sandbox::PemOf(sandbox::BuildCertificate(fields, key, nullptr, key).get());
  kubeconfig.client_key_pem = Secret(sandbox::PemOf(key, "ec-pkcs8"));
  kubeconfig.expiration = expiration;
  return kubeconfig;
}

struct Row {
  const char* name;
  int begin_minutes;    // of the certificate, from now
  int end_minutes;      //
  int server_ahead_s;   // by which the server's clock is ahead of this machine's
  bool is_corrected;    // and whether the server has said so by refusing this machine's
  const char* refusal;  // words of it; "" when the certificate is taken
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

class CheckedCredentialTest : public testing::TestWithParam<Row> {};

TEST_P(CheckedCredentialTest, IsJudgedByTheClockThatCounts) {
  const Row& row = GetParam();
  FakeClock clock;
  clock.NoteServerTime(kNow + absl::Seconds(row.server_ahead_s));
  if (row.is_corrected) clock.CorrectBy(absl::Seconds(row.server_ahead_s));
  const auto credential =
      CheckedCredential(Answered(absl::Minutes(row.begin_minutes), absl::Minutes(row.end_minutes)), clock);
  if (*row.refusal == '\0') {
    ASSERT_TRUE(credential.ok()) << credential.status();
    EXPECT_EQ(credential->expires, kNow + absl::Minutes(row.end_minutes));
  } else {
    EXPECT_EQ(credential.status().code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(std::string(credential.status().message()), HasSubstr(row.refusal));
    EXPECT_NE(HintOf(credential.status()), "");
  }
}

// ACK lets clocks differ by 15 minutes.
INSTANTIATE_TEST_SUITE_P(
    Dates, CheckedCredentialTest,
    Values(Row{"Now", -5, 60, 0, false, ""}, Row{"NotYetByAClockThatIsBehind", 15, 75, 0, false, ""},
           Row{"NotYet", 16, 76, 0, false, "not valid before 2026-01-02T03:20:05Z"},
           Row{"NotYetHereButForTheServerThatCorrectedUs", 60, 120, 3600, true, ""},
           Row{"ExpiredByTheServersOwnClock", -60, 0, 0, false, "by the server's own clock"},
           Row{"ExpiredHereButNotForTheServer", -60, -1, -120, false, ""},
           Row{"ExpiredHereByMoreThanClocksDiffer", -60, -16, -3600, false, "2026-01-02T02:48:05Z"}),
    [](const auto& test) { return test.param.name; });

TEST(CheckedCredentialTest, ExpiresWithTheCertificateOrTheAnswerWhicheverIsEarlier) {
  FakeClock clock;
  const absl::Duration hour = absl::Hours(1);
  EXPECT_EQ(CheckedCredential(Answered(-hour, hour, kNow + hour / 2), clock)->expires, kNow + hour / 2);
  EXPECT_EQ(CheckedCredential(Answered(-hour, hour, kNow + 2 * hour), clock)->expires, kNow + hour);
}

TEST(CheckedCredentialTest, IsRefusedWithTheKeyOfAnother) {
  FakeClock clock;
  UserKubeconfig kubeconfig = Answered(-absl::Hours(1), absl::Hours(1));
  kubeconfig.client_key_pem = Secret(sandbox::PemOf(sandbox::MakeEcKey(), "ec-pkcs8"));
  const absl::Status status = CheckedCredential(std::move(kubeconfig), clock).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
}

// A caller with a session, which was asked for anew `renewals` times.
class AckSessionTest : public testing::Test {
 protected:
  static HttpResponse Good() {
    const UserKubeconfig made = Answered(-absl::Minutes(5), absl::Hours(1));
    const std::string config =
        sandbox::KubeconfigText({"https://192.0.2.10:6443", made.client_certificate_pem, "200000000000000001",
                                 "c1", made.client_certificate_pem, made.client_key_pem.Reveal()});
    return {200, {}, nlohmann::json({{"config", config}}).dump()};
  }
  static HttpResponse Refused(int status, const char* code) {
    return {status, {}, absl::StrCat(R"({"code": ")", code, R"(", "message": "no", "requestId": "R1"})")};
  }

  absl::StatusOr<Credential> Issue(std::deque<absl::StatusOr<HttpResponse>> replies,
                                   const std::string& token) {
    Identity identity;
    identity.source = "environment";
    identity.access_key = [this, token](const NetworkContext& fetch) -> absl::StatusOr<AccessKey> {
      renewals += fetch.renew ? 1 : 0;
      return AccessKey{"sandbox-alice", Secret("fake-secret"), Secret(token)};
    };
    FakeHttpTransport transport(std::move(replies));
    FakeClock clock;
    const char* const none[] = {nullptr};
    const NetworkContext fetch{transport, clock, Environment(none), absl::Seconds(15)};
    AcsClient client(*ParseServiceUrl("https://cs.aliyuncs.com"), transport, clock, absl::Seconds(15));
    AckOptions options;
    options.cluster_id = "c1";
    absl::StatusOr<Credential> issued = IssueAckCredential(options, identity, fetch, client);
    requests = transport.requests.size();
    return issued;
  }

  int renewals = 0;
  size_t requests = 0;
};

TEST_F(AckSessionTest, ThatWasRefusedIsRenewedOnce) {
  const auto issued = Issue({Refused(400, "InvalidSecurityToken.Expired"), Good()}, "fake-token");
  EXPECT_TRUE(issued.ok()) << issued.status();
  EXPECT_EQ(renewals, 1);
  EXPECT_EQ(requests, 2u);
}

TEST_F(AckSessionTest, ThatIsRefusedAgainIsTheFailure) {
  const auto issued =
      Issue({Refused(400, "InvalidSecurityToken.Expired"), Refused(400, "InvalidSecurityToken.Expired")},
            "fake-token");
  EXPECT_EQ(issued.status().code(), absl::StatusCode::kUnauthenticated) << issued.status();
  EXPECT_EQ(renewals, 1);
  EXPECT_EQ(requests, 2u);
}

TEST_F(AckSessionTest, ALastingKeyHasNothingToRenew) {
  EXPECT_FALSE(Issue({Refused(404, "InvalidAccessKeyId.NotFound")}, "").ok());
  EXPECT_EQ(renewals, 0);
  EXPECT_EQ(requests, 1u);
}

TEST_F(AckSessionTest, WhoMayNotIsNotAskedForAnotherSession) {
  EXPECT_EQ(Issue({Refused(403, "StatusForbidden")}, "fake-token").status().code(),
            absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(renewals, 0);
  EXPECT_EQ(requests, 1u);
}

}  // namespace
}  // namespace credential_provider
