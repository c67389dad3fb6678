#include "credential_provider/alibaba_cloud/endpoint.h"

#include "credential_provider/base/status_context.h"
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

TEST(KnownRegionTest, ARegionThatIsNotKnownIsSaidWithTheOneThatIsNear) {
  EXPECT_TRUE(CheckRegionIsKnown("cn-hangzhou").ok());
  EXPECT_TRUE(CheckRegionIsKnown("").ok());
  const absl::Status unknown = CheckRegionIsKnown("cn-hangzou");
  EXPECT_EQ(unknown.message(), "region cn-hangzou: not one that this version knows");
  EXPECT_EQ(HintOf(unknown), "did you mean cn-hangzhou?");
  EXPECT_EQ(HintOf(CheckRegionIsKnown("mars-1")), "");
}

TEST(KnownRegionTest, WhatNoRegionIsCalledFindsTheRegion) {
  EXPECT_EQ(HintOf(CheckRegion("CN_Shanghai")), "did you mean cn-shanghai?");
  EXPECT_EQ(HintOf(CheckRegion("ap-south east-1")), "did you mean ap-southeast-1?");
  EXPECT_EQ(HintOf(CheckRegion("a.b")), "");
}

}  // namespace
}  // namespace credential_provider
