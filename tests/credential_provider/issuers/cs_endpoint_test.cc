#include "credential_provider/issuers/cs_endpoint.h"

#include "credential_provider/issuers/ack_issuer.h"
#include "gtest/gtest.h"

namespace credential_provider {
namespace {

Identity With(const std::string& region, const std::string& vpc_from, const std::string& endpoint = "") {
  Identity identity;
  identity.who = "access-key sandbox-alice";
  identity.region = region;
  identity.vpc_from = vpc_from;
  if (!endpoint.empty()) identity.endpoint = {"ALIBABA_CLOUD_ENDPOINT", endpoint};
  return identity;
}

// "host (reason)", or the error.
std::string Cs(const CsEndpointOptions& place, const Identity& identity) {
  const absl::StatusOr<CsEndpointChoice> choice = FindCs(place, identity);
  return choice.ok() ? choice->url.authority + " (" + choice->reason + ")"
                     : std::string(choice.status().message());
}

std::string Key(const CsEndpointOptions& place, const Identity& identity) {
  AckOptions options;
  static_cast<CsEndpointOptions&>(options) = place;
  return AckCredentialKey(options, identity).text();
}

TEST(CsEndpointChoiceTest, IsThatOfTheRegionOrTheCentralOne) {
  EXPECT_EQ(Cs({"", ""}, With("cn-beijing", "")), "cs.aliyuncs.com (no --region)");
  EXPECT_EQ(Cs({"cn-hangzhou", ""}, With("cn-beijing", "")), "cs.cn-hangzhou.aliyuncs.com (--region)");
}

TEST(CsEndpointChoiceTest, InsideAVpcIsThatOfTheRegionThere) {
  EXPECT_EQ(Cs({"cn-hangzhou", ""}, With("cn-beijing", "T")),
            "cs-anony-vpc.cn-hangzhou.aliyuncs.com (T is vpc, region cn-hangzhou)");
  EXPECT_EQ(Cs({"", ""}, With("cn-beijing", "T")),
            "cs-anony-vpc.cn-beijing.aliyuncs.com (T is vpc, region cn-beijing)");
  EXPECT_EQ(Cs({"", ""}, With("", "T")), "cs.aliyuncs.com (no --region)");
  EXPECT_EQ(Cs({"", ""}, With("a/b", "T")),
            "the region beside the AccessKey: not a region id such as cn-hangzhou");
}

TEST(CsEndpointChoiceTest, AnEndpointBesideTheKeyWinsUnlessItIsOfAnotherProduct) {
  EXPECT_EQ(Cs({"cn-hangzhou", ""}, With("", "T", "cs.example.com")),
            "cs.example.com (ALIBABA_CLOUD_ENDPOINT)");
  EXPECT_EQ(Cs({"", ""}, With("", "", "cs-anony-vpc.cn-hangzhou.aliyuncs.com")),
            "cs-anony-vpc.cn-hangzhou.aliyuncs.com (ALIBABA_CLOUD_ENDPOINT)");
  EXPECT_EQ(Cs({"cn-hangzhou", ""}, With("", "", "ecs.cn-hangzhou.aliyuncs.com")),
            "cs.cn-hangzhou.aliyuncs.com (--region)");
  EXPECT_EQ(Cs({"", ""}, With("", "", "http://cs.example.com")),
            "ALIBABA_CLOUD_ENDPOINT: plain http is only for loopback addresses; use https");
}

TEST(CsEndpointChoiceTest, TheFlagWins) {
  EXPECT_EQ(Cs({"cn-hangzhou", "https://cs.example.org"}, With("cn-beijing", "T", "cs.example.com")),
            "cs.example.org (--cs-endpoint)");
}

TEST(CsEndpointChoiceTest, WhatDecidesWhoAnswersIsInTheKeyOfTheStore) {
  const CsEndpointOptions place = {"cn-hangzhou", ""};
  const std::string plain = Key(place, With("", ""));
  EXPECT_EQ(Key(place, With("cn-beijing", "")), plain) << "a region alone changes nothing";
  EXPECT_NE(Key(place, With("", "T")), plain);
  EXPECT_NE(Key(place, With("", "", "cs.example.com")), plain);
  EXPECT_NE(Key(place, With("", "", "cs.example.com")), Key(place, With("", "", "cs.example.org")));
  const CsEndpointOptions flag = {"cn-hangzhou", "https://cs.example.org"};
  EXPECT_EQ(Key(flag, With("", "T", "cs.example.com")), Key(flag, With("", "")));
}

}  // namespace
}  // namespace credential_provider
