#include "tests/sandbox/cloud/sign_in_flows.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/sandbox/cloud/sign_in_service.h"

namespace sandbox {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::StartsWith;

// The example of RFC 7636, appendix B.
constexpr char kVerifier[] = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
constexpr char kChallenge[] = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
constexpr char kRedirect[] = "http://127.0.0.1:12345/cli/callback";

class SignInFlowsTest : public testing::Test {
 protected:
  SignInFlowsTest() { world_.addresses.cloud = "http://127.0.0.1:1"; }

  HttpReply Get(const std::string& path, const std::string& query) {
    HttpRequest request;
    request.method = "GET";
    request.path = path;
    request.raw_query = query;
    return service_.Handle(request);
  }
  HttpReply Post(const std::string& path, const std::string& body, const char* type = "application/json") {
    HttpRequest request;
    request.method = "POST";
    request.path = path;
    request.body = body;
    request.headers = {{"content-type", type}};
    return service_.Handle(request);
  }
  void Authorize() {
    const json body = {{"PortalUrl", "http://127.0.0.1:1/login"},
                       {"ClientId", "app"},
                       {"CodeChallenge", kChallenge},
                       {"CodeChallengeMethod", "S256"}};
    code_ = json::parse(Post("/device-authorization", body.dump()).body).at("DeviceCode");
  }
  HttpReply Poll(const std::string& verifier) {
    const json body = {{"GrantType", "urn:ietf:params:oauth:grant-type:device_code"},
                       {"DeviceCode", code_},
                       {"ClientId", "app"},
                       {"CodeVerifier", verifier}};
    world_.skew += absl::Seconds(1);
    return Post("/token", body.dump());
  }
  // Signs in at the OAuth site and returns the code.
  std::string OAuthCode() {
    const HttpReply page = Get(
        "/oauth2/v1/auth",
        absl::StrCat("response_type=code&client_id=app&state=s&code_challenge_method=S256&code_challenge=",
                     kChallenge, "&redirect_uri=http%3A%2F%2F127.0.0.1%3A12345%2Fcli%2Fcallback"));
    EXPECT_EQ(page.status, 302);
    const std::string location = ValueOf(page.headers, "Location");
    EXPECT_THAT(location, StartsWith(absl::StrCat(kRedirect, "?code=")));
    const size_t begin = location.find("code=") + 5;
    return location.substr(begin, location.find('&') - begin);
  }
  HttpReply Redeem(const std::string& code, const std::string& verifier) {
    return Post("/v1/token",
                absl::StrCat("grant_type=authorization_code&client_id=app&code=", code,
                             "&code_verifier=", verifier, "&redirect_uri=", kRedirect),
                "application/x-www-form-urlencoded");
  }

  World world_;
  SignInService service_{world_};
  std::string code_;
};

TEST_F(SignInFlowsTest, ADeviceGetsItsTokenWithTheVerifierAlone) {
  Authorize();
  EXPECT_THAT(Poll(kVerifier).body, HasSubstr("AuthorizationPending"));
  Get("/device", "user_code=SAND-0001");
  EXPECT_THAT(Poll("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXX").body, HasSubstr("InvalidCodeVerifier"));
  EXPECT_THAT(Poll(kChallenge).body, HasSubstr("InvalidCodeVerifier"));
  EXPECT_THAT(Poll(kVerifier).body, HasSubstr("sandbox-cloudsso-token-"));
  EXPECT_THAT(Poll(kVerifier).body, HasSubstr("InvalidDeviceCodeError"));
}

TEST_F(SignInFlowsTest, ADeviceThatAsksTooOftenIsToldSo) {
  Authorize();
  Poll(kVerifier);
  world_.skew -= absl::Seconds(1);
  EXPECT_THAT(Poll(kVerifier).body, HasSubstr("SlowDown"));
  EXPECT_THAT(Poll(kVerifier).body, HasSubstr("AuthorizationPending"));
}

TEST_F(SignInFlowsTest, ADeviceCodeIsRefusedAndExpires) {
  Authorize();
  Get("/device", "user_code=SAND-0001&answer=deny");
  EXPECT_THAT(Poll(kVerifier).body, HasSubstr("AccessDenied"));
  world_.skew += absl::Minutes(10);
  EXPECT_THAT(Poll(kVerifier).body, HasSubstr("InvalidDeviceCodeError"));
}

TEST_F(SignInFlowsTest, AnOAuthCodeIsGoodOnceAndWithTheVerifierAlone) {
  EXPECT_THAT(Redeem(OAuthCode(), kChallenge).body, HasSubstr("invalid_grant"));
  const std::string code = OAuthCode();
  EXPECT_THAT(Redeem(code, kVerifier).body, HasSubstr("sandbox-refresh-token-of-"));
  EXPECT_THAT(Redeem(code, kVerifier).body, HasSubstr("invalid_grant"));
}

TEST_F(SignInFlowsTest, TheOAuthSiteSendsNobodyElsewhere) {
  for (const char* redirect :
       {"http%3A%2F%2Fexample.com%2Fcli%2Fcallback", "http%3A%2F%2F127.0.0.1%3A80%2F"}) {
    EXPECT_EQ(Get("/oauth2/v1/auth",
                  absl::StrCat("response_type=code&client_id=app&state=s&code_challenge_method=S256",
                               "&code_challenge=", kChallenge, "&redirect_uri=", redirect))
                  .status,
              400);
  }
}

}  // namespace
}  // namespace sandbox
