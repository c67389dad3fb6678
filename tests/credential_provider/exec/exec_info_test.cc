#include "credential_provider/exec/exec_info.h"

#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/testing/runfiles.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

// The apiVersion is the one that KUBERNETES_EXEC_INFO has.
TEST(ExecInfoTest, EveryValueThatKubectlSendsGivesItsVersion) {
  int seen = 0;
  for (const std::string& path : FilesIn("testdata/exec_info")) {
    const std::string name = TestName(path);
    if (name == "manifest") continue;
    const auto version = RequestedApiVersion(Slurp(path));
    ASSERT_TRUE(version.ok()) << path << ": " << version.status();
    ASSERT_TRUE(version->has_value()) << path;
    EXPECT_TRUE(IsOfClientGo(Slurp(path))) << path;
    EXPECT_EQ(**version, name.rfind("v1beta1", 0) == 0 ? ExecApiVersion::kV1Beta1 : ExecApiVersion::kV1)
        << path;
    ++seen;
  }
  EXPECT_GE(seen, 30);
}

// What each client sends, by its source, for a stanza of either version.
TEST(ExecInfoTest, EveryClientIsAnsweredInTheVersionThatItAsksFor) {
  const auto clients = nlohmann::json::parse(Slurp(Runfile("testdata/clients/clients.json")));
  ASSERT_GE(clients.size(), 15u);
  for (const auto& client : clients) {
    const auto& sent = client.at("exec_info");
    const std::string of_v1 = sent.is_null() ? "" : sent.get<std::string>();
    for (const ExecApiVersion asked : {ExecApiVersion::kV1, ExecApiVersion::kV1Beta1}) {
      const std::string info = absl::StrReplaceAll(of_v1, {{FullName(ExecApiVersion::kV1), FullName(asked)}});
      const auto version = RequestedApiVersion(info);
      ASSERT_TRUE(version.ok()) << client << version.status();
      EXPECT_EQ(*version, sent.is_null() ? absl::nullopt : absl::make_optional(asked)) << client;
      const std::string name = client.at("client");
      EXPECT_EQ(IsOfClientGo(info), name == "kubectl" || name == "client-go") << client;
    }
  }
}

TEST(ExecInfoTest, BesideTheVersionNothingMatters) {
  for (const char* rest :
       {R"("kind":null,)", R"("kind":5,)", R"("kind":"execcredential",)", R"("kind":"Pod","spec":null,)",
        R"("spec":{},)", R"("spec":[],)", R"("spec":{"interactive":"no"},"status":{},"more":[{}],)", ""}) {
    for (const char* end : {"", "\n", "\r\n \n"}) {
      const std::string info =
          std::string("{") + rest + R"("apiVersion":"client.authentication.k8s.io/v1beta1"})" + end;
      const auto version = RequestedApiVersion(info);
      ASSERT_TRUE(version.ok()) << info << version.status();
      EXPECT_EQ(*version, absl::make_optional(ExecApiVersion::kV1Beta1)) << info;
    }
  }
}

TEST(ExecInfoTest, WhoNamesNoVersionLeavesItToTheFlag) {
  for (const char* info : {"{}", R"({"apiVersion":null})", R"({"apiVersion":"","kind":"ExecCredential"})"}) {
    const auto version = RequestedApiVersion(info);
    ASSERT_TRUE(version.ok()) << info << version.status();
    EXPECT_FALSE(version->has_value()) << info;
  }
}

// The variable may be missing.
TEST(ExecInfoTest, AnEmptyValueAsksForNoVersion) {
  const auto version = RequestedApiVersion("");
  ASSERT_TRUE(version.ok());
  EXPECT_FALSE(version->has_value());
}

struct BadInfo {
  const char* name;
  const char* value;
  const char* error;
};

class BadExecInfoTest : public testing::TestWithParam<BadInfo> {};

TEST_P(BadExecInfoTest, IsRefusedWithItsReason) {
  EXPECT_EQ(RequestedApiVersion(GetParam().value).status().message(), GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    Values, BadExecInfoTest,
    testing::Values(BadInfo{"Garbage", "{", "KUBERNETES_EXEC_INFO: not JSON"},
                    BadInfo{"NoObject", "[1]", "KUBERNETES_EXEC_INFO: JSON, but not an object"},
                    BadInfo{"VersionThatIsNoText", R"({"kind":"ExecCredential","apiVersion":1})",
                            "KUBERNETES_EXEC_INFO: field \"apiVersion\" is missing or not a string"},
                    BadInfo{
                        "OldVersion",
                        R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1alpha1"})",
                        "KUBERNETES_EXEC_INFO: apiVersion \"client.authentication.k8s.io/v1alpha1\": not "
                        "supported, only v1 "
                        "and v1beta1 are"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace credential_provider
