#include "credential_provider/alibaba_cloud/clusters.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/fake_http_transport.h"

namespace credential_provider {
namespace {

using nlohmann::json;

json Item(const std::string& id, const std::string& name = "dev", const std::string& region = "cn-hangzhou") {
  return {{"cluster_id", id},
          {"name", name},
          {"region_id", region},
          {"cluster_type", "ManagedKubernetes"},
          {"profile", "Default"},
          {"state", "running"},
          {"current_version", "1.32.1-aliyun.1"},
          {"master_url", R"({"api_server_endpoint":"https://203.0.113.7:6443",)"
                         R"("intranet_api_server_endpoint":"https://192.0.2.10:6443"})"}};
}

HttpResponse Page(const json& items, int total) {
  return {200, {}, json({{"clusters", items}, {"page_info", {{"total_count", total}}}}).dump()};
}

class DescribeClustersTest : public testing::Test {
 protected:
  absl::StatusOr<std::vector<Cluster>> Describe(std::deque<absl::StatusOr<HttpResponse>> replies,
                                                const ClusterFilter& filter = {}) {
    transport_ = FakeHttpTransport(std::move(replies));
    AcsClient client(*ParseServiceUrl("https://cs.aliyuncs.com"), transport_, clock_, absl::Seconds(15));
    return DescribeClusters(client, {"sandbox-alice", Secret("fake-secret"), Secret()}, filter);
  }
  std::vector<std::string> Ids(const absl::StatusOr<std::vector<Cluster>>& clusters) {
    std::vector<std::string> ids;
    for (const Cluster& cluster : *clusters) ids.push_back(cluster.id);
    return ids;
  }

  FakeClock clock_;
  FakeHttpTransport transport_{{}};
};

TEST(ParseClusterTest, ReadsTheFieldsThatAckReturns) {
  const auto cluster = ParseCluster(Item("c1"));
  ASSERT_TRUE(cluster.ok()) << cluster.status();
  EXPECT_EQ(cluster->id, "c1");
  EXPECT_EQ(cluster->name, "dev");
  EXPECT_EQ(cluster->region, "cn-hangzhou");
  EXPECT_EQ(cluster->type, "managed");
  EXPECT_EQ(cluster->state, "running");
  EXPECT_EQ(cluster->version, "1.32.1-aliyun.1");
  EXPECT_EQ(cluster->public_endpoint, "https://203.0.113.7:6443");
  EXPECT_EQ(cluster->private_endpoint, "https://192.0.2.10:6443");
}

TEST(ParseClusterTest, NamesTheTypes) {
  const struct {
    const char *type, *profile, *expected;
  } kCases[] = {{"ManagedKubernetes", "Default", "managed"},       {"ManagedKubernetes", "", "managed"},
                {"ManagedKubernetes", "Serverless", "serverless"}, {"ManagedKubernetes", "Edge", "edge"},
                {"ManagedKubernetes", "LingJun", "lingjun"},       {"Kubernetes", "Default", "dedicated"},
                {"ExternalKubernetes", "Default", "registered"},   {"Other", "Default", "Other"}};
  for (const auto& c : kCases) {
    json item = Item("c1");
    item["cluster_type"] = c.type;
    item["profile"] = c.profile;
    EXPECT_EQ(ParseCluster(item)->type, c.expected);
  }
}

TEST(ParseClusterTest, AMasterUrlOfAnotherFormNamesNoEndpoints) {
  for (const json& url :
       {json(""), json("https://old.example.com"), json("[1]"), json("{}"), json(nullptr)}) {
    json item = Item("c1");
    item["master_url"] = url;
    const auto cluster = ParseCluster(item);
    ASSERT_TRUE(cluster.ok()) << url;
    EXPECT_EQ(cluster->public_endpoint + cluster->private_endpoint, "");
  }
}

TEST(ParseClusterTest, RefusesWhatIsNoCluster) {
  for (const char* text : {"1", "{}", R"({"cluster_id":""})", R"({"cluster_id":7})",
                           R"({"cluster_id":"../x"})", R"({"cluster_id":"c1","name":[]})"})
    EXPECT_FALSE(ParseCluster(json::parse(text)).ok()) << text;
}

TEST_F(DescribeClustersTest, ReadsPageAfterPageAndSorts) {
  json first = json::array();
  for (int i = 0; i < 50; ++i) first.push_back(Item("c" + std::to_string(100 + i)));
  const auto clusters = Describe({Page(first, 51), Page(json::array({Item("c050", "a", "ap-south-1")}), 51)});
  ASSERT_TRUE(clusters.ok()) << clusters.status();
  EXPECT_EQ(clusters->size(), 51u);
  EXPECT_EQ(clusters->front().id, "c050");
  EXPECT_THAT(transport_.requests[0].url, testing::HasSubstr("page_number=1&page_size=50"));
  EXPECT_THAT(transport_.requests[1].url, testing::HasSubstr("page_number=2&page_size=50"));
}

TEST_F(DescribeClustersTest, AnEmptyPageIsTheEndWhateverTheTotal) {
  EXPECT_EQ(Describe({Page(json::array(), 100)})->size(), 0u);
}

TEST_F(DescribeClustersTest, OneThatIsListedTwiceIsThereOnce) {
  EXPECT_THAT(Ids(Describe({Page({Item("c1"), Item("c1")}, 2)})), testing::ElementsAre("c1"));
}

TEST_F(DescribeClustersTest, ANameIsMeantWhole) {
  EXPECT_THAT(Ids(Describe({Page({Item("c1", "dev"), Item("c2", "dev2")}, 2)}, {"", "dev", "cn-hangzhou"})),
              testing::ElementsAre("c1"));
  EXPECT_THAT(transport_.requests[0].url,
              testing::HasSubstr("name=dev&page_number=1&page_size=50&region_id=cn-hangzhou"));
}

TEST_F(DescribeClustersTest, SwarmIsNoKubernetes) {
  json swarm = Item("c2");
  swarm["cluster_type"] = "aliyun";
  EXPECT_THAT(Ids(Describe({Page({Item("c1"), swarm}, 2)})), testing::ElementsAre("c1"));
}

TEST_F(DescribeClustersTest, AnAnswerOfAnotherFormIsAnError) {
  for (const char* body :
       {"", "<html>", "[]", "{}", R"({"clusters":[]})", R"({"page_info":{"total_count":1}})",
        R"({"clusters":{},"page_info":{"total_count":1}})",
        R"({"clusters":[],"page_info":{"total_count":"1"}})"})
    EXPECT_TRUE(absl::IsInvalidArgument(Describe({HttpResponse{200, {}, body}}).status())) << body;
}

TEST(WhyNotUsableTest, AStateThatIsNotKnownIsNoReason) {
  Cluster cluster;
  for (const char* state : {"running", "updating", "upgrading", "scaling", "", "new_in_2030"}) {
    cluster.state = state;
    EXPECT_EQ(WhyNotUsable(cluster), "") << state;
  }
  cluster.state = "initial";
  EXPECT_EQ(WhyNotUsable(cluster), "is not running: its state is initial");
}

}  // namespace
}  // namespace credential_provider
