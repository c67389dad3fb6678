#include "tests/sandbox/signing/acs3_verifier.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/sandbox/signing/digest.h"
#include "tests/sandbox/signing/signed_request.h"
#include "tests/sandbox/wire/rfc3339.h"

namespace sandbox {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1767323045);

class Acs3VerifierTest : public testing::Test {
 protected:
  HttpRequest Plain() { return UnsignedRequest("GET", "/clusters/c1", "b=2&a=1", "Test", kCsVersion, kNow); }

  // Returns the code of the refusal, or "".
  std::string Code(const HttpRequest& request, SigningRules rules = SigningRules::kOnce) {
    const Verdict verdict = verifier_.Verify(request, rules, kNow);
    EXPECT_EQ(verdict.caller.has_value(), verdict.error.code.empty());
    return verdict.error.code;
  }

  Signer Session(absl::Time expires) {
    const AccessKey& key = identities_.IssueSession(
        *identities_.FindRole("acs:ram::1000000000000001:role/ack-reader"), "test", expires);
    return {key.id, key.secret, key.security_token};
  }

  Identities identities_;
  Acs3Verifier verifier_{identities_};
};

TEST_F(Acs3VerifierTest, GoodRequestNamesItsCaller) {
  const Verdict verdict = verifier_.Verify(Sign(Plain()), SigningRules::kOnce, kNow);
  ASSERT_TRUE(verdict.caller);
  EXPECT_EQ(verdict.caller->principal.id, "200000000000000001");
}

TEST_F(Acs3VerifierTest, NonceWorksOnce) {
  const HttpRequest request = Sign(Plain());
  EXPECT_EQ(Code(request), "");
  EXPECT_EQ(Code(request), "SignatureNonceUsed");
}

TEST_F(Acs3VerifierTest, KeysMustBeKnownAndActive) {
  EXPECT_EQ(Code(Sign(Plain(), SignerFor("nobody"))), "InvalidAccessKeyId.NotFound");
  EXPECT_EQ(Code(Sign(Plain(), SignerFor("inactive"))), "InvalidAccessKeyId.Inactive");
  EXPECT_EQ(Code(Sign(Plain(), {"sandbox-alice", "wrong"})), "SignatureDoesNotMatch");
}

TEST_F(Acs3VerifierTest, DateMayDifferByFifteenMinutesEitherWay) {
  for (const auto& [minutes, code] : {std::pair<int, std::string>{15, ""},
                                      {-15, ""},
                                      {16, "InvalidTimeStamp.Expired"},
                                      {-16, "InvalidTimeStamp.Expired"}}) {
    HttpRequest request = Plain();
    SetHeader("x-acs-date", FormatRfc3339(kNow + absl::Minutes(minutes)), &request);
    EXPECT_EQ(Code(Sign(request)), code) << minutes;
  }
}

TEST_F(Acs3VerifierTest, DateMustHaveItsForm) {
  HttpRequest request = Plain();
  SetHeader("x-acs-date", "Fri, 02 Jan 2026 03:04:05 GMT", &request);
  EXPECT_EQ(Code(Sign(request)), "IncompleteSignature");
}

TEST_F(Acs3VerifierTest, EveryRequiredHeaderMustBeThere) {
  for (const char* name : {"host", "x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce",
                           "x-acs-content-sha256"}) {
    HttpRequest request = Plain();
    request.headers.erase(std::find_if(request.headers.begin(), request.headers.end(),
                                       [&](const auto& header) { return header.first == name; }));
    EXPECT_EQ(Code(Sign(request)), "IncompleteSignature") << name;
  }
}

TEST_F(Acs3VerifierTest, HeaderAddedAfterSigningIsRefused) {
  for (const char* name : {"x-acs-extra", "content-type", "x-acs-accesskey-id"}) {
    HttpRequest request = Sign(Plain());
    request.headers.emplace_back(name, "sandbox-alice");
    EXPECT_EQ(Code(request), "IncompleteSignature") << name;
  }
}

TEST_F(Acs3VerifierTest, DuplicateHeaderIsRefused) {
  for (const char* name : {"host", "x-acs-action", "authorization"}) {
    HttpRequest request = Sign(Plain());
    request.headers.emplace_back(name, request.Header(name));
    EXPECT_EQ(Code(request), "IncompleteSignature") << name;
  }
}

TEST_F(Acs3VerifierTest, SignedPartsMayNotChange) {
  HttpRequest request = Sign(Plain());
  request.method = "POST";
  EXPECT_EQ(Code(request), "SignatureDoesNotMatch");
  request = Sign(Plain());
  request.path = "/clusters/c2";
  EXPECT_EQ(Code(request), "SignatureDoesNotMatch");
  request = Sign(Plain());
  request.raw_query = "b=2&a=2";
  EXPECT_EQ(Code(request), "SignatureDoesNotMatch");
  request = Sign(Plain());
  request.body = "x";
  request.headers.emplace_back("content-type", "text/plain");
  EXPECT_EQ(Code(Sign(request)), "SignatureDoesNotMatch");
}

TEST_F(Acs3VerifierTest, OrderOfTheQueryOnTheWireDoesNotMatter) {
  HttpRequest request = Sign(Plain());
  request.raw_query = "a=1&b=2";
  EXPECT_EQ(Code(request), "");
}

TEST_F(Acs3VerifierTest, BodyNeedsItsHashAndASignedType) {
  HttpRequest request = Plain();
  request.method = "POST";
  request.body = "{}";
  SetHeader("x-acs-content-sha256", Sha256Hex("{}"), &request);
  EXPECT_EQ(Code(Sign(request)), "IncompleteSignature");
  SetHeader("content-type", "application/json; charset=utf-8", &request);
  EXPECT_EQ(Code(Sign(request)), "");
}

TEST_F(Acs3VerifierTest, UpperCaseSignatureIsRefused) {
  HttpRequest request = Sign(Plain());
  const std::string header = request.Header("authorization");
  const size_t start = header.rfind('=') + 1;
  SetHeader("authorization", header.substr(0, start) + absl::AsciiStrToUpper(header.substr(start)), &request);
  EXPECT_EQ(Code(request), "SignatureDoesNotMatch");
}

TEST_F(Acs3VerifierTest, SessionNeedsItsTokenAndEnds) {
  Signer session = Session(kNow + absl::Minutes(1));
  EXPECT_EQ(Code(Sign(Plain(), session)), "");
  const Signer other = Session(kNow + absl::Minutes(1));
  EXPECT_EQ(Code(Sign(Plain(), {session.access_key_id, session.secret})), "MissingSecurityToken");
  EXPECT_EQ(Code(Sign(Plain(), {session.access_key_id, session.secret, "junk"})),
            "InvalidSecurityToken.Malformed");
  EXPECT_EQ(Code(Sign(Plain(), {session.access_key_id, session.secret, other.security_token})),
            "InvalidSecurityToken.MismatchWithAccessKey");
  EXPECT_EQ(Code(Sign(Plain(), Session(kNow))), "InvalidSecurityToken.Expired");
}

TEST_F(Acs3VerifierTest, ReplayNeedsNeitherHostNorNonceAndMayRepeat) {
  HttpRequest request = Plain();
  SetHeader("x-acs-signature-nonce", "", &request);
  request.headers.erase(std::remove_if(request.headers.begin(), request.headers.end(),
                                       [](const auto& header) {
                                         return header.first == "host" ||
                                                header.first == "x-acs-signature-nonce";
                                       }),
                        request.headers.end());
  request = Sign(request);
  request.headers.emplace_back("host", "sts.example.com");
  EXPECT_EQ(Code(request, SigningRules::kOnce), "IncompleteSignature");
  EXPECT_EQ(Code(request, SigningRules::kReplay), "");
  EXPECT_EQ(Code(request, SigningRules::kReplay), "");
}

}  // namespace
}  // namespace sandbox
