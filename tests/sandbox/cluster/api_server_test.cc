#include "tests/sandbox/cluster/api_server.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace sandbox {
namespace {

using nlohmann::json;
using testing::HasSubstr;

constexpr char kTable[] = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
constexpr char kReviews[] = "/apis/authentication.k8s.io/v1/selfsubjectreviews";

class ApiServerTest : public testing::Test {
 protected:
  ApiServerTest() { world_.tokens["fake-token"] = "carol"; }

  HttpReply Send(const std::string& method, const std::string& path, const std::string& body = "",
                 const std::string& accept = "application/json", const std::string& token = "fake-token") {
    HttpRequest request;
    request.listener = "api_server";
    request.method = method;
    request.path = path.substr(0, path.find('?'));
    if (request.path != path) request.raw_query = path.substr(request.path.size() + 1);
    request.headers = {{"accept", accept}};
    if (!token.empty()) request.headers.emplace_back("authorization", "Bearer " + token);
    request.body = body;
    return server_.Handle(request);
  }
  json Get(const std::string& path, const std::string& accept = "application/json") {
    return json::parse(Send("GET", path, "", accept).body);
  }

  World world_;
  ApiServer server_{world_};
};

TEST_F(ApiServerTest, UnknownCallersGet401) {
  EXPECT_EQ(Send("GET", "/api", "", "", "").status, 401);
  const HttpReply reply = Send("GET", "/api/v1/namespaces", "", "", "other");
  EXPECT_EQ(reply.status, 401);
  EXPECT_EQ(json::parse(reply.body)["reason"], "Unauthorized");
}

TEST_F(ApiServerTest, ForbiddenUsersGet403ButMayAskWhoTheyAre) {
  world_.forbidden.insert("carol");
  const HttpReply reply = Send("GET", "/api/v1/namespaces");
  EXPECT_EQ(reply.status, 403);
  EXPECT_THAT(reply.body, HasSubstr("User \\\"carol\\\" cannot list resource \\\"namespaces\\\""));
  EXPECT_EQ(json::parse(Send("POST", kReviews).body)["status"]["userInfo"]["username"], "carol");
  EXPECT_EQ(Send("GET", "/api").status, 200);
}

TEST_F(ApiServerTest, CertificateUsersAreForbiddenByTheirId) {
  world_.tokens["fake-token"] = "200000000000000001-1767323045";
  world_.forbidden.insert("200000000000000001");
  EXPECT_EQ(Send("GET", "/api/v1/namespaces").status, 403);
}

TEST_F(ApiServerTest, ThereAreFourNamespacesAsListAndAsTable) {
  const json list = Get("/api/v1/namespaces");
  EXPECT_EQ(list["kind"], "NamespaceList");
  EXPECT_EQ(list["items"].size(), 4u);
  const json table = Get("/api/v1/namespaces", kTable);
  EXPECT_EQ(table["kind"], "Table");
  EXPECT_EQ(table["rows"][3]["cells"][0], "kube-system");
  EXPECT_EQ(Get("/api/v1/namespaces/default")["kind"], "Namespace");
  EXPECT_EQ(Send("GET", "/api/v1/namespaces/none").status, 404);
}

TEST_F(ApiServerTest, DiscoveryIsPlainOrAggregatedAsAsked) {
  EXPECT_EQ(Get("/api")["kind"], "APIVersions");
  EXPECT_EQ(Get("/apis")["kind"], "APIGroupList");
  EXPECT_EQ(Get("/apis/authentication.k8s.io/v1")["resources"][0]["kind"], "SelfSubjectReview");
  const json aggregated = Get(
      "/apis", "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json");
  EXPECT_EQ(aggregated["apiVersion"], "apidiscovery.k8s.io/v2beta1");
  EXPECT_EQ(aggregated["items"][0]["metadata"]["name"], "authentication.k8s.io");
  EXPECT_EQ(Send("GET", "/apis/unknown.k8s.io/v1").status, 404);
  EXPECT_EQ(Send("GET", "/openapi/v3").status, 404);
}

TEST_F(ApiServerTest, WatchStaysOpenUntilItsTimeout) {
  const HttpReply reply = Send("GET", "/api/v1/pods?watch=true&timeoutSeconds=7&resourceVersion=1");
  EXPECT_EQ(reply.stay_open, absl::Seconds(7));
  EXPECT_EQ(reply.body, "");
  EXPECT_THAT(Send("GET", "/api/v1/namespaces?watch=1").body, HasSubstr("\"type\":\"ADDED\""));
}

TEST_F(ApiServerTest, ConfigMapsAreKeptChangedAndRemoved) {
  const std::string maps = "/api/v1/namespaces/default/configmaps";
  EXPECT_EQ(Send("POST", maps, R"({"metadata":{"name":"m"},"data":{"a":"1"}})").status, 201);
  EXPECT_EQ(Send("POST", maps, R"({"metadata":{"name":"m"}})").status, 409);
  EXPECT_EQ(Send("PATCH", maps + "/m", R"({"data":{"b":"2"}})").status, 200);
  EXPECT_EQ(Get(maps + "/m")["data"], json({{"a", "1"}, {"b", "2"}}));
  EXPECT_EQ(Get("/api/v1/configmaps")["items"].size(), 1u);
  EXPECT_EQ(Get("/api/v1/namespaces/kube-system/configmaps")["items"].size(), 0u);
  EXPECT_EQ(Send("DELETE", maps + "/m").status, 200);
  EXPECT_EQ(Send("DELETE", maps + "/m").status, 404);
  EXPECT_EQ(Send("PATCH", maps + "/m", "{}").status, 404);
}

}  // namespace
}  // namespace sandbox
