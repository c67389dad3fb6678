#include "kubeconfig_writer/clusters/cluster_choice.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace kubeconfig_writer {
namespace {

using testing::ElementsAre;

TEST(ParsePicksTest, ReadsNumbersBetweenBlanksAndCommas) {
  EXPECT_THAT(*ParsePicks("3, 1", 3), ElementsAre(2, 0));
  EXPECT_THAT(*ParsePicks(" 2 2\r", 3), ElementsAre(1));
}

TEST(ParsePicksTest, RefusesTheWholeLineForOneThatIsNotThere) {
  for (const char* line : {"0", "4", "1 4", "-1", "one", "1-3", "99999999999999999999"})
    EXPECT_TRUE(absl::IsInvalidArgument(ParsePicks(line, 3).status())) << line;
}

TEST(ParsePicksTest, NothingIsADecisionToo) { EXPECT_TRUE(absl::IsCancelled(ParsePicks(" ", 3).status())); }

TEST(ClustersWithTest, FindsTheTextInNameIdAndRegionInWhateverCase) {
  std::vector<credential_provider::Cluster> clusters(3);
  clusters[0].name = "生产集群";
  clusters[0].region = "cn-hangzhou";
  clusters[1].name = "Prod-2";
  clusters[1].id = "c0ffee";
  clusters[2].region = "cn-beijing";
  EXPECT_THAT(ClustersWith("prod", clusters), ElementsAre(1));
  EXPECT_THAT(ClustersWith(" 生产 ", clusters), ElementsAre(0));
  EXPECT_THAT(ClustersWith("CN-", clusters), ElementsAre(0, 2));
  EXPECT_THAT(ClustersWith("0ff", clusters), ElementsAre(1));
  EXPECT_THAT(ClustersWith("test", clusters), ElementsAre());
}

}  // namespace
}  // namespace kubeconfig_writer
