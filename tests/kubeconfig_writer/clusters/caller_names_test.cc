#include "kubeconfig_writer/clusters/caller_names.h"

#include "gtest/gtest.h"

namespace kubeconfig_writer {
namespace {

credential_provider::IdentityOptions WithRoles(const std::string& arns) {
  credential_provider::IdentityOptions options;
  options.role_arn = arns;
  return options;
}

TEST(CallerNamesTest, TheLastRoleOfAChainIsWhoCalls) {
  const auto chain =
      WithRoles("acs:ram::1000000000000001:role/first,acs:ram::1000000000000002:role/path/last");
  EXPECT_EQ(RoleNameIn(chain), "last");
  EXPECT_EQ(AccountIn(chain), "1000000000000002");
}

TEST(CallerNamesTest, WithoutARoleNeitherIsKnown) {
  EXPECT_EQ(RoleNameIn(WithRoles("")), "");
  EXPECT_EQ(AccountIn(WithRoles("")), "");
}

}  // namespace
}  // namespace kubeconfig_writer
