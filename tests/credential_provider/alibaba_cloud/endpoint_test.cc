#include "credential_provider/alibaba_cloud/endpoint.h"

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

TEST(CsEndpointTest, IsTheRegionsHost) {
  EXPECT_EQ(CsEndpoint("cn-hangzhou", "")->authority, "cs.cn-hangzhou.aliyuncs.com");
}

TEST(CsEndpointTest, IsTheCentralHostWithoutARegion) {
  EXPECT_EQ(CsEndpoint("", "")->authority, "cs.aliyuncs.com");
}

TEST(CsEndpointTest, IsTheOverrideWhenThereIsOne) {
  EXPECT_EQ(CsEndpoint("cn-hangzhou", "https://cs-anony-vpc.cn-hangzhou.aliyuncs.com")->authority,
            "cs-anony-vpc.cn-hangzhou.aliyuncs.com");
}

TEST(CsEndpointTest, ARegionThatWouldChangeTheHostIsRefused) {
  for (const char* region : {"evil.example/", "a.b", "cn hangzhou", "-x", "CN", "x#", "a@b"}) {
    EXPECT_FALSE(CsEndpoint(region, "").ok()) << region;
  }
}

TEST(EndpointTest, StsIsTheCentralOneTheRegionsOrTheOneGiven) {
  EXPECT_EQ(StsEndpoint({})->authority, "sts.aliyuncs.com");
  EXPECT_EQ(StsEndpoint({"", "cn-beijing", false})->authority, "sts.cn-beijing.aliyuncs.com");
  EXPECT_EQ(StsEndpoint({"", "cn-beijing", true})->authority, "sts-vpc.cn-beijing.aliyuncs.com");
  EXPECT_EQ(StsEndpoint({"", "cn-hangzhou-finance", false})->authority, "sts.cn-hangzhou.aliyuncs.com");
  EXPECT_EQ(StsEndpoint({"", "ap-south-1", true})->authority, "sts.aliyuncs.com");
  EXPECT_EQ(StsEndpoint({"https://sts.example.com/", "cn-beijing", true})->authority, "sts.example.com");
  EXPECT_FALSE(StsEndpoint({"", "a.example.com/", false}).ok());
  EXPECT_FALSE(StsEndpoint({"http://sts.example.com", "", false}).ok());
}

}  // namespace
}  // namespace credential_provider
