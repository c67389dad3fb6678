#include "kubeconfig_writer/clusters/context_name_template.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::Cluster;
using testing::ElementsAre;

Cluster Named(const std::string& id, const std::string& name, const std::string& region = "cn-hangzhou") {
  Cluster cluster;
  cluster.id = id;
  cluster.name = name;
  cluster.region = region;
  return cluster;
}

TEST(NamesForTest, FillsInWhatStandsInBraces) {
  EXPECT_THAT(*NamesFor("{issuer}/{name}.{region}/{id}", "ack", {Named("c1", "dev")}),
              ElementsAre("ack/dev.cn-hangzhou/c1"));
}

TEST(NamesForTest, WhatAClusterIsCalledIsNoTemplate) {
  EXPECT_THAT(*NamesFor("{name}", "ack", {Named("c1", "{id}")}), ElementsAre("{id}"));
}

TEST(NamesForTest, NamesakesGetTheBeginningOfTheirIds) {
  EXPECT_THAT(
      *NamesFor("{name}", "ack",
                {Named("c0123456aaaa", "dev"), Named("c0aaaaaaaaaa", "prod"), Named("c9999999bbbb", "dev")}),
      ElementsAre("dev-c0123456", "prod", "dev-c9999999"));
}

TEST(NamesForTest, NamesakesWhoseIdsBeginAlikeGetAsMuchAsTellsThemApart) {
  EXPECT_THAT(*NamesFor("{name}", "ack", {Named("c012345678a1", "dev"), Named("c012345678b1", "dev")}),
              ElementsAre("dev-c012345678a", "dev-c012345678b"));
}

TEST(NamesForTest, TheOrderOfTheListDoesNotMatter) {
  const Cluster one = Named("c0123456aaaa", "dev"), other = Named("c9999999bbbb", "dev");
  const auto names = *NamesFor("{name}", "ack", {one, other});
  EXPECT_THAT(*NamesFor("{name}", "ack", {other, one}), ElementsAre(names[1], names[0]));
}

TEST(NamesForTest, RefusesWhatCannotBeToldApart) {
  EXPECT_FALSE(NamesFor("work", "ack", {Named("c1", "dev"), Named("c2", "prod")}).ok());
  EXPECT_FALSE(
      NamesFor("{name}", "ack",
               {Named("c0123456aaaa", "dev"), Named("c9999999bbbb", "dev"), Named("c1", "dev-c0123456")})
          .ok());
}

TEST(NamesForTest, OneClusterMayHaveAnyName) {
  EXPECT_THAT(*NamesFor("work", "ack", {Named("c1", "dev")}), ElementsAre("work"));
}

TEST(NamesForTest, RefusesNamesThatNobodyCouldType) {
  EXPECT_FALSE(NamesFor("{name}", "ack", {Named("c1", "")}).ok());
  EXPECT_FALSE(NamesFor("{name}", "ack", {Named("c1", "a\nb")}).ok());
}

TEST(CheckNameTemplateTest, KnowsFourWords) {
  EXPECT_TRUE(CheckNameTemplate("{name}{id}{region}{issuer}").ok());
  for (const char* bad : {"{cluster}", "{name", "name}", "{}", "{{name}}"})
    EXPECT_FALSE(CheckNameTemplate(bad).ok());
}

}  // namespace
}  // namespace kubeconfig_writer
