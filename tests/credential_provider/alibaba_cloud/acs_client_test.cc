#include "credential_provider/alibaba_cloud/acs_client.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/fake_http_transport.h"

namespace credential_provider {
namespace {

const AcsCall kCall{"DescribeClusterDetail", "2015-12-15", "GET", "/clusters/c1", {{"b", "x y"}, {"a", ""}}};
const AccessKey kKey{"sandbox-alice", Secret("fake-secret"), Secret("fake-token"), absl::InfiniteFuture()};

HttpResponse Reply(int status, std::string body, std::map<std::string, std::string> headers = {}) {
  return {status, std::move(headers), std::move(body)};
}
const char kThrottled[] = R"({"Code":"Throttling.User","Message":"slow down","RequestId":"R1"})";

class AcsClientTest : public testing::Test {
 protected:
  absl::StatusOr<std::string> Call(std::deque<absl::StatusOr<HttpResponse>> replies) {
    transport_ = FakeHttpTransport(std::move(replies));
    return AcsClient(*ParseServiceUrl("https://cs.aliyuncs.com"), transport_, clock_, absl::Seconds(15))
        .Call(kCall, kKey);
  }

  FakeClock clock_;
  FakeHttpTransport transport_{{}};
};

TEST_F(AcsClientTest, SendsTheCanonicalQueryAndAllSignedHeaders) {
  const auto body = Call({Reply(200, "body")});
  ASSERT_TRUE(body.ok()) << body.status();
  EXPECT_EQ(*body, "body");
  const HttpRequest& request = transport_.requests[0];
  EXPECT_EQ(request.url, "https://cs.aliyuncs.com/clusters/c1?a=&b=x%20y");
  EXPECT_EQ(request.headers.at("x-acs-date"), "2026-01-02T03:04:05Z");
  EXPECT_EQ(request.headers.at("x-acs-security-token"), "fake-token");
  EXPECT_THAT(
      request.headers.at("authorization"),
      testing::StartsWith("ACS3-HMAC-SHA256 Credential=sandbox-alice,SignedHeaders=host;x-acs-action;"
                          "x-acs-content-sha256;x-acs-date;x-acs-security-token;x-acs-signature-nonce;"
                          "x-acs-version,Signature="));
  EXPECT_EQ(request.connect_timeout, absl::Seconds(5));
  EXPECT_EQ(request.timeout, absl::Seconds(15));
}

TEST_F(AcsClientTest, WhatMayPassIsTriedAgainWithAnotherNonce) {
  const auto body =
      Call({Reply(400, kThrottled), absl::AbortedError("reset"), Reply(503, ""), Reply(200, "body")});
  ASSERT_TRUE(body.ok()) << body.status();
  EXPECT_EQ(*body, "body");
  ASSERT_EQ(transport_.requests.size(), 4u);
  EXPECT_NE(transport_.requests[0].headers.at("x-acs-signature-nonce"),
            transport_.requests[1].headers.at("x-acs-signature-nonce"));
  EXPECT_EQ(clock_.slept.size(), 3u);
}

TEST_F(AcsClientTest, GivesUpAfterFourAttempts) {
  const auto body = Call({Reply(503, ""), Reply(503, ""), Reply(503, ""), Reply(503, "")});
  EXPECT_EQ(body.status().message(),
            "DescribeClusterDetail: cs.aliyuncs.com: no error code in the answer (HTTP 503)");
  EXPECT_EQ(transport_.requests.size(), 4u);
}

TEST_F(AcsClientTest, WaitsAsLongAsTheServerAsks) {
  ASSERT_TRUE(Call({Reply(429, kThrottled, {{"x-acs-retry-after", "2500"}}), Reply(200, "")}).ok());
  EXPECT_GE(clock_.slept[0], absl::Milliseconds(2500));
  EXPECT_LT(clock_.slept[0], absl::Milliseconds(3000));
}

TEST_F(AcsClientTest, DoesNotWaitBeyondItsTimeLimit) {
  const auto body = Call({Reply(429, kThrottled, {{"x-acs-retry-after", "60000"}})});
  EXPECT_EQ(body.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_TRUE(clock_.slept.empty());
}

TEST_F(AcsClientTest, AnyErrorWithARetryAfterHeaderIsTriedAgain) {
  ASSERT_TRUE(Call({Reply(400, R"({"code":"Odd"})", {{"x-acs-retry-after", "10"}}), Reply(200, "")}).ok());
}

TEST_F(AcsClientTest, OtherErrorsComeBackAtOnce) {
  EXPECT_FALSE(Call({Reply(403, R"({"code":"StatusForbidden"})")}).ok());
  EXPECT_FALSE(Call({absl::UnavailableError("no such host")}).ok());
  EXPECT_FALSE(Call({absl::DeadlineExceededError("timeout")}).ok());
  EXPECT_TRUE(clock_.slept.empty());
}

TEST_F(AcsClientTest, ARedirectIsAnErrorAndNotFollowed) {
  EXPECT_EQ(Call({Reply(302, "", {{"location", "https://elsewhere.example"}})}).status().message(),
            "DescribeClusterDetail: cs.aliyuncs.com: no error code in the answer (HTTP 302)");
  EXPECT_EQ(transport_.requests.size(), 1u);
}

TEST_F(AcsClientTest, AnErrorThatEchoesTheRequestShowsNoSecret) {
  const auto body =
      Call({Reply(400, R"({"Code":"SignatureDoesNotMatch","Message":"got fake-secret and fake-token"})")});
  EXPECT_EQ(
      body.status().message(),
      "DescribeClusterDetail: cs.aliyuncs.com: SignatureDoesNotMatch: got <secret> and <secret> (HTTP 400)");
}

}  // namespace
}  // namespace credential_provider
