#include "credential_provider/exec/exec_info.h"

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
    EXPECT_EQ(**version, name.rfind("v1beta1", 0) == 0 ? ExecApiVersion::kV1Beta1 : ExecApiVersion::kV1)
        << path;
    ++seen;
  }
  EXPECT_GE(seen, 30);
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
                    BadInfo{"NoKind", R"({"apiVersion":"client.authentication.k8s.io/v1"})",
                            "KUBERNETES_EXEC_INFO: field \"kind\" is missing or not a string"},
                    BadInfo{"OtherKind", R"({"kind":"Pod","apiVersion":"client.authentication.k8s.io/v1"})",
                            "KUBERNETES_EXEC_INFO: kind is not ExecCredential"},
                    BadInfo{
                        "OldVersion",
                        R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1alpha1"})",
                        "KUBERNETES_EXEC_INFO: apiVersion \"client.authentication.k8s.io/v1alpha1\": not "
                        "supported, only v1 "
                        "and v1beta1 are"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace credential_provider
