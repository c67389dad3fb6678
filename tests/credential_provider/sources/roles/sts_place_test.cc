#include "credential_provider/sources/roles/sts_place.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace credential_provider {
namespace {

// The host of STS, or the error.
std::string Sts(const std::vector<const char*>& variables, const StsWish& wish = {}) {
  std::vector<const char*> entries = variables;
  entries.push_back(nullptr);
  const absl::StatusOr<ServiceUrl> sts = FindSts(Environment(entries.data()), wish);
  return sts.ok() ? sts->authority : std::string(sts.status().message());
}

TEST(StsPlaceTest, IsTheCentralOneWhenNothingIsSaid) {
  EXPECT_EQ(Sts({}), "sts.aliyuncs.com");
  EXPECT_EQ(Sts({"ALIBABA_CLOUD_REGION_ID=cn-beijing"}), "sts.aliyuncs.com");
}

TEST(StsPlaceTest, IsThatOfTheRegionOfTheFlag) {
  EXPECT_EQ(Sts({}, {{}, "cn-beijing"}), "sts.cn-beijing.aliyuncs.com");
  EXPECT_EQ(Sts({"ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED=true"}, {{}, "cn-beijing"}),
            "sts-vpc.cn-beijing.aliyuncs.com");
  EXPECT_EQ(Sts({"ALIBABA_CLOUD_ENDPOINT_TYPE=VPC"}, {{}, "cn-beijing"}), "sts-vpc.cn-beijing.aliyuncs.com");
  EXPECT_EQ(Sts({}, {{}, "us-southeast-1"}), "sts.aliyuncs.com") << "which has no STS of its own";
}

TEST(StsPlaceTest, VariablesAndFilesWinOverTheFlag) {
  EXPECT_EQ(Sts({"ALIBABA_CLOUD_STS_REGION=cn-shanghai\n"}, {{}, "cn-beijing"}),
            "sts.cn-shanghai.aliyuncs.com");
  EXPECT_EQ(Sts({"ALIBABA_CLOUD_STS_ENDPOINT=sts.example.com"}, {{}, "cn-beijing"}), "sts.example.com");
  EXPECT_EQ(Sts({"ALIBABA_CLOUD_STS_ENDPOINT=sts.example.com"}, {{"", "cn-shenzhen", false}, "cn-beijing"}),
            "sts.example.com")
      << "as the aliyun CLI does";
  EXPECT_EQ(Sts({"ALIBABA_CLOUD_STS_REGION=cn-shanghai"}, {{"", "cn-shenzhen", false}, "cn-beijing"}),
            "sts.cn-shenzhen.aliyuncs.com");
  EXPECT_EQ(Sts({"ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED=true"}, {{"", "cn-shenzhen", false}}),
            "sts-vpc.cn-shenzhen.aliyuncs.com");
  EXPECT_EQ(Sts({"ALIBABA_CLOUD_STS_ENDPOINT=sts.example.com"}, {{"https://sts.example.org", "", false}}),
            "sts.example.org");
}

TEST(StsPlaceTest, InsideAVpcTheRegionBesideTheKeyCounts) {
  const StsWish inside = {{"", "", true}, "", "cn-beijing"};
  EXPECT_EQ(Sts({}, inside), "sts-vpc.cn-beijing.aliyuncs.com");
  EXPECT_EQ(Sts({"ALICLOUD_ENDPOINT_TYPE=vpc", "ALICLOUD_REGION_ID=cn-shanghai"}),
            "sts-vpc.cn-shanghai.aliyuncs.com");
  EXPECT_EQ(Sts({"ALICLOUD_ENDPOINT_TYPE=public", "ALICLOUD_REGION_ID=cn-shanghai"}), "sts.aliyuncs.com");
  EXPECT_EQ(Sts({}, {{}, "", "cn-beijing"}), "sts.aliyuncs.com");
}

TEST(StsPlaceTest, ErrorsNameWhatWasSaid) {
  EXPECT_THAT(Sts({"ALIBABA_CLOUD_STS_REGION=a/b"}), testing::StartsWith("ALIBABA_CLOUD_STS_REGION: "));
  EXPECT_THAT(Sts({"ALIBABA_CLOUD_STS_ENDPOINT=http://sts.example.com"}),
              testing::StartsWith("ALIBABA_CLOUD_STS_ENDPOINT: "));
  EXPECT_THAT(Sts({"ALIBABA_CLOUD_ENDPOINT_TYPE=vpc", "REGION=a\r\nb"}), testing::StartsWith("REGION: "));
}

}  // namespace
}  // namespace credential_provider
