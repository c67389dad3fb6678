#include "tests/sandbox/cloud/sts_service.h"

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/sandbox/cloud/ack_token.h"
#include "tests/sandbox/cloud/oidc_token.h"
#include "tests/sandbox/signing/signed_request.h"
#include "tests/sandbox/wire/percent_encoding.h"

namespace sandbox {
namespace {

using nlohmann::json;

constexpr char kReader[] = "acs:ram::1000000000000001:role/ack-reader";
constexpr char kCluster[] = "c00000000000000000000000000000001";

class StsServiceTest : public testing::Test {
 protected:
  json Call(const std::string& action, const NameValues& query, const Signer& signer = Signer()) {
    return json::parse(service_
                           .Handle(Sign(UnsignedRequest("POST", "/", CanonicalQuery(query), action,
                                                        kStsVersion, world_.Now()),
                                        signer))
                           .body);
  }
  json AssumeReader(const Signer& signer = Signer(), const NameValues& more = {}) {
    NameValues query = more;
    query.emplace_back("RoleArn", kReader);
    query.emplace_back("RoleSessionName", "alice");
    return Call("AssumeRole", query, signer);
  }
  json AssumeWithToken(const std::string& token) {
    HttpRequest request = UnsignedRequest("POST", "/", "", "AssumeRoleWithOIDC", kStsVersion, world_.Now());
    request.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
    request.body = CanonicalQuery({{"OIDCProviderArn", "acs:ram::1000000000000001:oidc-provider/ci"},
                                   {"RoleArn", kReader},
                                   {"RoleSessionName", "job"},
                                   {"OIDCToken", token}});
    return json::parse(service_.Handle(request).body);
  }

  World world_;
  StsService service_{world_};
};

TEST_F(StsServiceTest, CallersLearnWhoTheyAre) {
  EXPECT_EQ(Call("GetCallerIdentity", {})["Arn"], "acs:ram::1000000000000001:user/alice");
  EXPECT_EQ(Call("GetCallerIdentity", {}, SignerFor("root"))["IdentityType"], "Account");
}

TEST_F(StsServiceTest, AssumedRoleCanSign) {
  const json credentials = AssumeReader()["Credentials"];
  const Signer session{credentials["AccessKeyId"], credentials["AccessKeySecret"],
                       credentials["SecurityToken"]};
  const json identity = Call("GetCallerIdentity", {}, session);
  EXPECT_EQ(identity["Arn"], "acs:ram::1000000000000001:assumed-role/ack-reader/alice");
  EXPECT_EQ(identity["PrincipalId"], "300000000000000001:alice");
  EXPECT_EQ(identity["IdentityType"], "AssumedRoleUser");
}

TEST_F(StsServiceTest, RootAndThoseWithoutRightsCannotAssumeRoles) {
  EXPECT_EQ(AssumeReader(SignerFor("root"))["Code"], "NoPermission");
  EXPECT_EQ(AssumeReader(SignerFor("norights"))["Code"], "NoPermission");
}

TEST_F(StsServiceTest, ParametersAreChecked) {
  EXPECT_EQ(Call("AssumeRole", {{"RoleSessionName", "alice"}})["Code"], "MissingParameter.RoleArn");
  EXPECT_EQ(Call("AssumeRole", {{"RoleArn", kReader}, {"RoleSessionName", "a b"}})["Code"],
            "InvalidParameter.RoleSessionName");
  EXPECT_EQ(
      Call("AssumeRole", {{"RoleArn", std::string(kReader) + "x"}, {"RoleSessionName", "alice"}})["Code"],
      "EntityNotExist.Role");
  EXPECT_EQ(AssumeReader(Signer(), {{"DurationSeconds", "899"}})["Code"], "InvalidParameter.DurationSeconds");
  EXPECT_EQ(AssumeReader(Signer(), {{"Policy", "not JSON"}})["Code"], "InvalidParameter.PolicyGrammar");
}

TEST_F(StsServiceTest, IdentityTokenOpensASession) {
  const absl::Time now = world_.Now();
  const json answer = AssumeWithToken(MakeOidcToken("job", "sts.aliyuncs.com", now, now + absl::Minutes(5)));
  EXPECT_EQ(answer["OIDCTokenInfo"]["Subject"], "job");
  EXPECT_FALSE(answer["Credentials"]["SecurityToken"].get<std::string>().empty());
}

TEST_F(StsServiceTest, BadIdentityTokensHaveTheirCodes) {
  const absl::Time now = world_.Now();
  EXPECT_EQ(AssumeWithToken("a.b.c")["Code"], "AuthenticationFail.OIDCToken.Invalid");
  EXPECT_EQ(AssumeWithToken(MakeOidcToken("job", "sts.aliyuncs.com", now, now))["Code"],
            "AuthenticationFail.OIDCToken.Expired");
  EXPECT_EQ(AssumeWithToken(MakeOidcToken("job", "other", now, now + absl::Minutes(5)))["Code"],
            "AuthenticationFail.OIDCToken.AudienceNotMatch");
}

class AckTokenTest : public StsServiceTest {
 protected:
  // A token as a client makes it: neither host nor nonce.
  std::string Token() {
    HttpRequest request = UnsignedRequest("POST", "/", absl::StrCat("ACKClusterId=", kCluster),
                                          "GetCallerIdentity", kStsVersion, world_.Now());
    NameValues kept;
    for (const auto& header : request.headers) {
      if (header.first != "host" && header.first != "x-acs-signature-nonce") kept.push_back(header);
    }
    request.headers = kept;
    json headers = json::object();
    for (const auto& [name, value] : Sign(request).headers) headers[name] = value;
    headers["x-acs-unknown"] = "the webhook drops this";
    const json payload = {{"query", {{"ACKClusterId", kCluster}}}, {"headers", headers}};
    return absl::StrCat("k8s-ack-v2.", absl::Base64Escape(payload.dump()));
  }
};

TEST_F(AckTokenTest, ReplayedTokenNamesItsCallerEveryTime) {
  const absl::optional<ReplayedRequest> replayed = ParseAckToken(Token());
  ASSERT_TRUE(replayed);
  for (int i = 0; i < 2; ++i) {
    const Verdict verdict = service_.VerifyReplay(replayed->request, kCluster);
    ASSERT_TRUE(verdict.caller) << verdict.error.code;
    EXPECT_EQ(verdict.caller->principal.name, "alice");
  }
}

TEST_F(AckTokenTest, TokenIsForOneClusterAndFifteenMinutes) {
  const absl::optional<ReplayedRequest> replayed = ParseAckToken(Token());
  ASSERT_TRUE(replayed);
  EXPECT_FALSE(service_.VerifyReplay(replayed->request, "c00000000000000000000000000000002").caller);
  world_.skew = absl::Minutes(16);
  EXPECT_EQ(service_.VerifyReplay(replayed->request, kCluster).error.code, "InvalidTimeStamp.Expired");
}

TEST_F(AckTokenTest, WhatIsNotATokenIsRefused) {
  EXPECT_FALSE(ParseAckToken("k8s-ack-v1.e30="));
  EXPECT_FALSE(ParseAckToken("k8s-ack-v2.e30"));  // no padding
  EXPECT_FALSE(ParseAckToken("k8s-ack-v2.e30="));
  EXPECT_FALSE(ParseAckToken(absl::StrCat("k8s-ack-v2.", absl::Base64Escape(std::string(4096, ' ')))));
}

}  // namespace
}  // namespace sandbox
