#include "tests/sandbox/control/front_door.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/sandbox/control/control.h"

namespace sandbox {
namespace {

using nlohmann::json;
using testing::HasSubstr;

// Answers everything with "ok".
class Echo : public Service {
 public:
  Call Describe(const HttpRequest& request) const override { return {"cs", request.Header("x-acs-action")}; }
  HttpReply Handle(const HttpRequest&) override { return {200, "ok"}; }
  void Reset() override {}
};

class FrontDoorTest : public testing::Test {
 protected:
  Answer Take(const std::string& action) {
    HttpRequest request;
    request.listener = "cloud";
    request.method = "GET";
    request.path = "/";
    request.raw_query = "OIDCToken=fake-token&b=1";
    request.headers = {{"x-acs-action", action}};
    return door_.Take(request);
  }
  json Post(const std::string& path, const json& body) {
    HttpRequest request;
    request.method = "POST";
    request.path = path;
    request.body = body.dump();
    return json::parse(control_.Handle(request).body);
  }
  json Get(const std::string& path) {
    HttpRequest request;
    request.method = "GET";
    request.path = path;
    return json::parse(control_.Handle(request).body);
  }

  World world_;
  Echo echo_;
  FrontDoor door_{world_, {{"cloud", &echo_}}};
  Control control_{world_, door_, [] {}};
};

TEST_F(FrontDoorTest, RequestsAreNumberedDatedAndCounted) {
  Take("A");
  const Answer answer = Take("B");
  EXPECT_EQ(ValueOf(answer.reply.headers, "x-acs-request-id"), "00000000-0000-0000-0000-000000000002");
  EXPECT_THAT(ValueOf(answer.reply.headers, "Date"), HasSubstr(" GMT"));
  EXPECT_EQ(Get("/counts")["cs"], 2);
  EXPECT_EQ(Get("/counts")["by_action"], json({{"A", 1}, {"B", 1}}));
}

TEST_F(FrontDoorTest, LogHidesSecretsInQueries) {
  Take("A");
  EXPECT_EQ(Get("/requests")[0]["query"], "OIDCToken=REMOVED&b=1");
}

TEST_F(FrontDoorTest, FaultsMatchInOrderAndAreUsedUp) {
  Post("/fault", {{"match", {{"action", "B"}}}, {"error", "InternalError"}});
  Post("/fault", {{"error", "Throttling.User"}, {"retry_after_ms", 1500}, {"times", 2}});
  const Answer throttled = Take("A");
  EXPECT_EQ(throttled.reply.status, 429);
  EXPECT_EQ(ValueOf(throttled.reply.headers, "x-acs-retry-after"), "1500");
  EXPECT_EQ(Take("B").reply.status, 500);
  EXPECT_EQ(Take("B").reply.status, 429);
  EXPECT_EQ(Take("B").reply.status, 200);
}

TEST_F(FrontDoorTest, FaultWithTimesMinusOneStaysUntilReset) {
  Post("/fault", {{"error", "ServiceUnavailable"}, {"times", -1}});
  for (int i = 0; i < 5; ++i) EXPECT_EQ(Take("A").reply.status, 503);
  Post("/reset", json::object());
  EXPECT_EQ(Take("A").reply.status, 200);
  EXPECT_EQ(Get("/counts")["cs"], 1);
}

TEST_F(FrontDoorTest, EachWriterHasItsSpellingAndEachFormatItsBody) {
  Post("/fault", {{"error", "StatusForbidden"}});
  EXPECT_EQ(json::parse(Take("A").reply.body)["accessDeniedDetail"]["AuthAction"],
            "cs:DescribeClusterUserKubeconfig");
  Post("/fault", {{"error", "StatusForbidden"}, {"format", "gateway"}});
  EXPECT_EQ(json::parse(Take("A").reply.body)["Code"], "StatusForbidden");
  Post("/fault", {{"error", "Throttling"}, {"format", "cs"}});
  EXPECT_EQ(json::parse(Take("A").reply.body)["code"], "Throttling");
  Post("/fault", {{"error", "Throttling"}, {"format", "xml"}});
  EXPECT_THAT(Take("A").reply.body, HasSubstr("<Code>Throttling</Code>"));
  Post("/fault", {{"format", "html"}, {"status", 502}});
  const Answer html = Take("A");
  EXPECT_EQ(html.reply.status, 502);
  EXPECT_EQ(html.reply.content_type, "text/html");
  Post("/fault", {{"format", "empty"}});
  EXPECT_EQ(Take("A").reply.body, "");
}

TEST_F(FrontDoorTest, ReplyIsGivenAsWritten) {
  Post("/fault", {{"reply", {{"status", 418}, {"headers", {{"X-Test", "1"}}}, {"body", "tea"}}}});
  const Answer answer = Take("A");
  EXPECT_EQ(answer.reply.status, 418);
  EXPECT_EQ(answer.reply.body, "tea");
  EXPECT_EQ(ValueOf(answer.reply.headers, "X-Test"), "1");
}

TEST_F(FrontDoorTest, BadEndingsArePassedOnAndHangsCountAsUnanswered) {
  Post("/fault", {{"tear", true}});
  EXPECT_EQ(Take("A").ending, Ending::kTear);
  Post("/fault", {{"hang", true}});
  EXPECT_EQ(Take("A").ending, Ending::kHang);
  EXPECT_EQ(Get("/requests")[1]["status"], 0);
  Post("/fault", {{"reset", true}});
  EXPECT_EQ(Take("A").ending, Ending::kReset);
}

TEST_F(FrontDoorTest, UnknownNamesAndBadValuesAreRefused) {
  EXPECT_THAT(Post("/fault", {{"erorr", "Throttling"}})["error"], HasSubstr("erorr"));
  EXPECT_THAT(Post("/fault", {{"format", "pdf"}})["error"], HasSubstr("format"));
  EXPECT_THAT(Post("/config", {{"key_type", "dsa"}})["error"], HasSubstr("key_type"));
  EXPECT_THAT(Post("/config", {{"colour", 1}})["error"], HasSubstr("colour"));
  EXPECT_THAT(Post("/nowhere", json::object())["error"], HasSubstr("no such call"));
}

TEST_F(FrontDoorTest, TestsCanAddKeysUntilReset) {
  Post("/key", {{"access_key_id", "mine"}, {"secret", "fake-secret"}, {"security_token", "fake-token"}});
  ASSERT_NE(world_.identities.FindKey("mine"), nullptr);
  EXPECT_EQ(world_.identities.FindKey("mine")->principal.kind, PrincipalKind::kRole);
  Post("/reset", json::object());
  EXPECT_EQ(world_.identities.FindKey("mine"), nullptr);
}

TEST_F(FrontDoorTest, ClockMovesTheDateHeader) {
  Post("/clock", {{"skew_s", -3600 * 24 * 365}});
  absl::Time date;
  const std::string header = ValueOf(Take("A").reply.headers, "Date");
  ASSERT_TRUE(absl::ParseTime("%a, %d %b %Y %H:%M:%S GMT", header, &date, nullptr)) << header;
  EXPECT_LT(date, absl::Now() - absl::Hours(24 * 364));
}

}  // namespace
}  // namespace sandbox
