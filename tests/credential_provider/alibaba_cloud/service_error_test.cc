#include "credential_provider/alibaba_cloud/service_error.h"

#include "credential_provider/base/status_context.h"
#include "gtest/gtest.h"

namespace credential_provider {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1767323045);  // Fri, 02 Jan 2026 03:04:05 GMT
const AccessKey kKey{"sandbox-alice", Secret("fake-secret"), Secret(), absl::InfiniteFuture()};

absl::Status Shown(const HttpResponse& response) {
  return ToStatus(response, ParseServiceError(response), kKey, kNow);
}

TEST(ServiceErrorTest, TheSpellingOfContainerServiceIsRead) {
  const ServiceError error = ParseServiceError(
      {403,
       {},
       R"({"code":"StatusForbidden","message":"m","requestId":"R","accessDeniedDetail":{"AuthAction":"cs:X"}})"});
  EXPECT_EQ(error.code, "StatusForbidden");
  EXPECT_EQ(error.message, "m");
  EXPECT_EQ(error.request_id, "R");
  EXPECT_EQ(error.ram_action, "cs:X");
}

TEST(ServiceErrorTest, TheSpellingOfTheGatewayIsRead) {
  EXPECT_EQ(
      Shown({404, {}, R"({"RequestId":"R","HostId":"h","Code":"InvalidAccessKeyId.NotFound","Message":"m"})"})
          .message(),
      "InvalidAccessKeyId.NotFound: m (HTTP 404, request id R)");
}

TEST(ServiceErrorTest, XmlIsRead) {
  EXPECT_EQ(Shown({400,
                   {},
                   "<?xml version='1.0'?><Error><RequestId>R</RequestId><Code>IncompleteSignature</Code>"
                   "<Message>m</Message></Error>"})
                .message(),
            "IncompleteSignature: m (HTTP 400, request id R)");
}

TEST(ServiceErrorTest, OtherBodiesAreNotShown) {
  for (const char* body :
       {"", "<html><body>Proxy says no</body></html>", "[]", "\"text\"", "{", "null", "{\"code\":5}"}) {
    EXPECT_EQ(Shown({502, {}, body}).message(), "no error code in the answer (HTTP 502)") << body;
  }
}

TEST(ServiceErrorTest, TheRequestIdMayBeInAHeader) {
  EXPECT_EQ(Shown({502, {{"x-acs-request-id", "R"}}, ""}).message(),
            "no error code in the answer (HTTP 502, request id R)");
}

TEST(ServiceErrorTest, WhatIsNoCodeIsNotShownAsOne) {
  EXPECT_EQ(Shown({400, {}, R"({"Code":"two words","RequestId":"<b>"})"}).message(),
            "no error code in the answer (HTTP 400)");
}

TEST(ServiceErrorTest, AWrongClockIsMeasured) {
  const char kBody[] = R"({"Code":"InvalidTimeStamp.Expired"})";
  EXPECT_EQ(HintOf(Shown({400, {{"date", "Fri, 02 Jan 2026 03:44:35 GMT"}}, kBody})),
            "set this machine's clock: it is 40m behind the server's");
  EXPECT_EQ(HintOf(Shown({400, {{"date", "Fri, 02 Jan 2026 00:00:05 GMT"}}, kBody})),
            "set this machine's clock: it is 3h4m ahead of the server's");
  EXPECT_EQ(HintOf(Shown({400, {}, kBody})), "set this machine's clock: it is more than 15 minutes off");
}

TEST(ServiceErrorTest, RetryAfterIsInMilliseconds) {
  EXPECT_EQ(RetryAfter({429, {{"x-acs-retry-after", "1500"}}, ""}), absl::Milliseconds(1500));
  for (const char* value : {"", "x", "0", "-5"}) {
    EXPECT_EQ(RetryAfter({429, {{"x-acs-retry-after", value}}, ""}), absl::ZeroDuration()) << value;
  }
}

}  // namespace
}  // namespace credential_provider
