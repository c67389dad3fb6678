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

}  // namespace
}  // namespace credential_provider
