#include "kubeconfig_writer/clusters/context_name_template.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::Cluster;
using testing::ElementsAre;
using testing::StartsWith;

Cluster Named(const std::string& id, const std::string& name, const std::string& region = "cn-hangzhou") {
  Cluster cluster;
  cluster.id = id;
  cluster.name = name;
  cluster.region = region;
  return cluster;
}

TEST(NamesForTest, FillsInWhatStandsInBraces) {
  EXPECT_THAT(*NamesFor("{issuer}/{name}.{region}/{id}", {{"issuer", "ack"}}, {Named("c1", "dev")}),
              ElementsAre("ack/dev.cn-hangzhou/c1"));
}

TEST(NamesForTest, SaysWhoCalls) {
  const NameValues values = {
      {"profile", "prod"}, {"role", "reader"}, {"account", "10001"}, {"alias", "{id}"}};
  EXPECT_THAT(*NamesFor("{name}-{profile}.{role}@{account}/{alias}", values, {Named("c1", "dev")}),
              ElementsAre("dev-prod.reader@10001/{id}"));
}

TEST(NamesForTest, WhatAClusterIsCalledIsNoTemplate) {
  EXPECT_THAT(*NamesFor("{name}", {{"issuer", "ack"}}, {Named("c1", "{id}")}), ElementsAre("{id}"));
}

TEST(NamesForTest, NamesakesGetTheBeginningOfTheirIds) {
  EXPECT_THAT(
      *NamesFor("{name}", {{"issuer", "ack"}},
                {Named("c0123456aaaa", "dev"), Named("c0aaaaaaaaaa", "prod"), Named("c9999999bbbb", "dev")}),
      ElementsAre("dev-c0123456", "prod", "dev-c9999999"));
}

TEST(NamesForTest, NamesakesWhoseIdsBeginAlikeGetAsMuchAsTellsThemApart) {
  EXPECT_THAT(
      *NamesFor("{name}", {{"issuer", "ack"}}, {Named("c012345678a1", "dev"), Named("c012345678b1", "dev")}),
      ElementsAre("dev-c012345678a", "dev-c012345678b"));
}

TEST(NamesForTest, TheOrderOfTheListDoesNotMatter) {
  const Cluster one = Named("c0123456aaaa", "dev"), other = Named("c9999999bbbb", "dev");
  const auto names = *NamesFor("{name}", {{"issuer", "ack"}}, {one, other});
  EXPECT_THAT(*NamesFor("{name}", {{"issuer", "ack"}}, {other, one}), ElementsAre(names[1], names[0]));
}

TEST(NamesForTest, OneClusterMayHaveAnyName) {
  EXPECT_THAT(*NamesFor("work", {{"issuer", "ack"}}, {Named("c1", "dev")}), ElementsAre("work"));
}

// What kubectl could not tell apart, or nobody could type, is wrong usage: the message names the flag.
TEST(NamesForTest, RefusesAsWrongUsage) {
  const Cluster dev = Named("c0123456aaaa", "dev"), namesake = Named("c9999999bbbb", "dev");
  const struct {
    const char* what;
    const char* name_template;
    std::vector<Cluster> clusters;
    const char* message;
  } rows[] = {
      {"one name for several", "work", {dev, Named("c1", "prod")}, "--context-name: gives every cluster"},
      {"only the issuer", "{issuer}", {dev, Named("c1", "prod")}, "--context-name: gives every cluster"},
      {"a name like one that was made longer",
       "{name}",
       {dev, namesake, Named("c1", "dev-c0123456")},
       "--context-name: gives several clusters the name dev-c0123456"},
      {"an empty name", "{name}", {Named("c1", "")}, "--context-name: gives an empty name"},
      {"an empty template", "", {dev}, "--context-name: gives an empty name"},
      {"a line break", "{name}", {Named("c1", "a\nb")}, "--context-name: a b has control characters"},
      {"an escape", "{name}", {Named("c1", "a\x1b[2J")}, "--context-name: a?[2J has control characters"},
  };
  for (const auto& row : rows) {
    const absl::Status status = NamesFor(row.name_template, {{"issuer", "ack"}}, row.clusters).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << row.what;
    EXPECT_THAT(std::string(status.message()), StartsWith(row.message)) << row.what;
  }
}

TEST(NamesForTest, OfNoClustersAreNone) {
  EXPECT_THAT(*NamesFor("work", {{"issuer", "ack"}}, {}), ElementsAre());
}

TEST(CheckNameTemplateTest, KnowsItsWords) {
  for (const char* good :
       {"{name}{id}{region}{issuer}{profile}{role}{account}{alias}", "work", "", kDefaultNameTemplate})
    EXPECT_EQ(CheckNameTemplate(good), absl::OkStatus()) << good;
  for (const char* bad :
       {"{cluster}", "{Name}", "{name", "name}", "{}", "{{name}}", "{ id }", "{na{id}me}"}) {
    const absl::Status status = CheckNameTemplate(bad);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << bad;
    EXPECT_THAT(std::string(status.message()), StartsWith("--context-name: ")) << bad;
  }
}

// Each answer about a cluster costs a call.
TEST(NeedsDetailsTest, ForWhatTheIdDoesNotTell) {
  EXPECT_FALSE(NeedsDetails(kDefaultNameTemplate));
  EXPECT_FALSE(NeedsDetails("work"));
  EXPECT_TRUE(NeedsDetails("{name}"));
  EXPECT_TRUE(NeedsDetails("{region}-{id}"));
}

}  // namespace
}  // namespace kubeconfig_writer
