#include "kubeconfig_writer/migration/static_ack_user.h"

#include "gtest/gtest.h"

namespace kubeconfig_writer {
namespace {

constexpr char kId[] = "c0123456789abcdef0123456789abcde0";

TEST(FindClusterIdTest, TheIdIsAWordOfItsOwn) {
  EXPECT_EQ(FindClusterId(kId), kId);
  EXPECT_EQ(FindClusterId(std::string("200000000000000001-") + kId), kId);
  EXPECT_EQ(FindClusterId(std::string(kId) + "@dev"), kId);
}

TEST(FindClusterIdTest, PartsOfLongerWordsAndOtherLettersAreNone) {
  for (const std::string& text : {std::string(), std::string("dev"), kId + std::string("0"),
                                  "a" + std::string(kId), std::string(kId).substr(0, 32),
                                  "C" + std::string(kId).substr(1), std::string(kId).substr(0, 32) + "g"}) {
    EXPECT_EQ(FindClusterId(text), "") << text;
  }
}

TEST(IsSameAckUserTest, TheSecondOfIssueDoesNotCount) {
  EXPECT_TRUE(IsSameAckUser("200000000000000001-1700000000", "200000000000000001-1800000000"));
  EXPECT_TRUE(IsSameAckUser("kubernetes-admin", "kubernetes-admin"));
  EXPECT_TRUE(IsSameAckUser("200000000000000001", "200000000000000001-1800000000"));
}

TEST(IsSameAckUserTest, AnythingElseDoes) {
  EXPECT_FALSE(IsSameAckUser("200000000000000001-1700000000", "200000000000000002-1700000000"));
  EXPECT_FALSE(IsSameAckUser("kubernetes-admin", "kubernetes"));
  EXPECT_FALSE(IsSameAckUser("kubernetes-admin", "kubernetes-1700000000"));
}

TEST(ReadStaticAckUserTest, AUserWithoutCertificateIsNone) {
  const KubeconfigEntry user = {"a", {{"token", "fake"}}, "config"};
  EXPECT_TRUE(absl::IsNotFound(ReadStaticAckUser(user, kId, "").status()));
  EXPECT_TRUE(absl::IsNotFound(ReadStaticAckUser({"a", nullptr, "config"}, kId, "").status()));
}

}  // namespace
}  // namespace kubeconfig_writer
