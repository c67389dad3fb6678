#include "credential_provider/alibaba_cloud/sts_role.h"

#include "credential_provider/base/status_context.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/fake_http_transport.h"

namespace credential_provider {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr char kReply[] =
    R"({"Credentials":{"AccessKeyId":"STS.fake","AccessKeySecret":"fake-s","SecurityToken":"fake-t","Expiration":"2026-01-02T04:04:05Z"}})";

class StsRoleTest : public testing::Test {
 protected:
  AcsClient Client(std::deque<absl::StatusOr<HttpResponse>> replies) {
    transport_ = FakeHttpTransport(std::move(replies));
    return AcsClient(*ParseServiceUrl("https://sts.aliyuncs.com"), transport_, clock_, absl::Seconds(15),
                     [this](const absl::Status& warning) { warnings_.push_back(warning); });
  }

  const AccessKey key_{"sandbox-alice", Secret("fake-secret"), Secret(), absl::InfiniteFuture()};
  const RoleRequest role_{"acs:ram::1:role/r", "alice", absl::Minutes(30), "{}", "ext"};
  FakeClock clock_;
  FakeHttpTransport transport_{{}};
  std::vector<absl::Status> warnings_;
};

TEST_F(StsRoleTest, TheFormIsSignedWithItsTypeAndHash) {
  AcsClient client = Client({HttpResponse{200, {}, kReply}});
  const auto session = AssumeRole(client, key_, role_);
  ASSERT_TRUE(session.ok()) << session.status();
  EXPECT_EQ(session->id, "STS.fake");
  EXPECT_EQ(session->expires, clock_.now + absl::Hours(1));
  const HttpRequest& request = transport_.requests[0];
  EXPECT_EQ(request.url, "https://sts.aliyuncs.com/");
  EXPECT_EQ(request.body,
            "DurationSeconds=1800&ExternalId=ext&Policy=%7B%7D&RoleArn=acs%3Aram%3A%3A1%3Arole%2Fr&"
            "RoleSessionName=alice");
  EXPECT_THAT(request.headers.at("authorization"),
              HasSubstr("SignedHeaders=content-type;host;x-acs-action;"));
  EXPECT_THAT(request.headers.at("x-acs-content-sha256"), Not(testing::StartsWith("e3b0c442")));
}

TEST_F(StsRoleTest, AnOidcTokenTravelsInTheBodyAndNowhereElse) {
  AcsClient client = Client({HttpResponse{200, {}, kReply}});
  ASSERT_TRUE(
      AssumeRoleWithOidc(client, "acs:ram::1:oidc-provider/p", Secret("fake-oidc-token"), role_).ok());
  const HttpRequest& request = transport_.requests[0];
  EXPECT_THAT(request.url, Not(HasSubstr("fake-oidc-token")));
  EXPECT_THAT(request.url, HasSubstr("?Action=AssumeRoleWithOIDC&Format=JSON&SignatureNonce="));
  EXPECT_THAT(request.body, HasSubstr("OIDCToken=fake-oidc-token"));
  EXPECT_EQ(request.headers.count("authorization"), 0u);
}

TEST_F(StsRoleTest, ADenialSaysWhatTheRoleNeeds) {
  AcsClient client = Client({HttpResponse{403, {}, R"({"Code":"NoPermission","RequestId":"R"})"}});
  const absl::Status denied = AssumeRole(client, key_, role_).status();
  EXPECT_EQ(denied.message(),
            "role acs:ram::1:role/r: AssumeRole: sts.aliyuncs.com: NoPermission (HTTP 403, request id R)");
  EXPECT_THAT(HintOf(denied), HasSubstr("sts:AssumeRole"));
}

TEST_F(StsRoleTest, AWrongClockIsCorrectedOnceFromTheDateHeader) {
  const HttpResponse expired{
      400, {{"date", "Fri, 02 Jan 2026 05:04:05 GMT"}}, R"({"Code":"InvalidTimeStamp.Expired"})"};
  AcsClient client = Client({expired, HttpResponse{200, {}, kReply}});
  ASSERT_TRUE(AssumeRole(client, key_, role_).ok());
  EXPECT_THAT(transport_.requests[1].headers.at("x-acs-date"), testing::StartsWith("2026-01-02T05:04:0"));
  ASSERT_EQ(warnings_.size(), 1u);
  EXPECT_EQ(warnings_[0].message(),
            "this machine's clock is 2h behind the server's; requests are dated by the server's");

  AcsClient again = Client({expired});
  EXPECT_THAT(std::string(AssumeRole(again, key_, role_).status().message()),
              HasSubstr("InvalidTimeStamp.Expired"));
  EXPECT_EQ(transport_.requests.size(), 1u) << "the clock they share is corrected already";
  EXPECT_EQ(warnings_.size(), 1u);
}

TEST_F(StsRoleTest, AReplyWithoutAKeyIsAnErrorThatShowsNothingOfIt) {
  AcsClient client = Client({HttpResponse{200, {}, R"({"Credentials":{"AccessKeyId":"fake-id"}})"}});
  EXPECT_EQ(AssumeRole(client, key_, role_).status().message(),
            "AssumeRole reply: Credentials: field \"AccessKeySecret\" is missing or empty");
}

}  // namespace
}  // namespace credential_provider
