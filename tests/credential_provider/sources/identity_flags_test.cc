#include "credential_provider/sources/identity_flags.h"

#include "credential_provider/identity/identity_options.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace credential_provider {
namespace {

absl::StatusOr<IdentityOptions> Parse(const std::vector<std::string>& args) {
  const auto flags = ParseFlags(IdentityFlags(), args);
  if (!flags.ok()) return flags.status();
  return ParseIdentityOptions(*flags);
}

struct Case {
  const char* name;
  std::vector<std::string> args;
  const char* error;  // "" when the arguments are good and give themselves back
};

class IdentityOptionsTest : public testing::TestWithParam<Case> {};

TEST_P(IdentityOptionsTest, AreFormattedAsTheyWereOrNameTheMistake) {
  const auto options = Parse(GetParam().args);
  EXPECT_EQ(options.status().message(), GetParam().error);
  if (!options.ok()) return;
  EXPECT_THAT(FormatIdentityOptions(*options), testing::ElementsAreArray(GetParam().args));
}

constexpr char kRole[] = "acs:ram::1000000000000001:role/ack-reader";

INSTANTIATE_TEST_SUITE_P(
    Arguments, IdentityOptionsTest,
    testing::Values(
        Case{"None", {}, ""}, Case{"Profile", {"--identity", "aliyun-profile", "--profile", "a b"}, ""},
        Case{"Role",
             {"--role-arn", kRole, "--role-session-name", "al.ice@x", "--role-external-id", "x",
              "--role-policy", "{}", "--role-duration", "2h"},
             ""},
        Case{"Oidc",
             {"--identity", "oidc", "--role-arn", kRole, "--oidc-provider-arn", "p", "--oidc-token-env", "T"},
             ""},
        Case{"OidcFile", {"--identity", "oidc", "--role-duration", "15m", "--oidc-token-file", "/t"}, ""},
        Case{"UnknownIdentity",
             {"--identity", "x"},
             "--identity x: not one of environment, oidc-environment, aliyun-profile, ini-file, "
             "instance-role, "
             "credentials-uri, oidc"},
        Case{"RoleArn",
             {"--role-arn", "ack-reader"},
             "--role-arn: not of the form acs:ram::ACCOUNT:role/NAME"},
        Case{"EmptyRoleInAList",
             {"--role-arn", "acs:ram::1:role/r,"},
             "--role-arn: not of the form acs:ram::ACCOUNT:role/NAME"},
        Case{"SessionName",
             {"--role-arn", kRole, "--role-session-name", "a b"},
             "--role-session-name: not 2 to 64 letters, digits and . @ _ - (a session's name)"},
        Case{"Duration",
             {"--role-arn", kRole, "--role-duration", "13h"},
             "--role-duration 13h: not between 15m and 12h"},
        Case{"NoDuration",
             {"--role-arn", kRole, "--role-duration", "60"},
             "--role-duration 60: not a time such as 15m, 1h or 1h30m"},
        Case{"SessionWithoutRole",
             {"--role-session-name", "alice"},
             "--role-session-name: only with --role-arn"},
        Case{"TokenWithoutOidc", {"--oidc-token-env", "T"}, "--oidc-token-env: only with --identity oidc"},
        Case{"TwoTokens",
             {"--identity", "oidc", "--oidc-token-env", "T", "--oidc-token-file", "/t"},
             "--oidc-token-env: only with no --oidc-token-file"},
        Case{"ProfileOfNoFile",
             {"--identity", "environment", "--profile", "x"},
             "--profile: only with --identity aliyun-profile or ini-file"}),
    [](const auto& test) { return test.param.name; });

TEST(RolesOfTest, DetailsAreThoseOfTheLastRole) {
  const auto roles =
      RolesOf(*Parse({"--role-arn", "acs:ram::1:role/a,acs:ram::1:role/b", "--role-session-name", "alice",
                      "--role-duration", "2h", "--role-external-id", "x"}));
  ASSERT_EQ(roles.size(), 2u);
  EXPECT_EQ(roles[0].role_arn, "acs:ram::1:role/a");
  EXPECT_EQ(roles[0].session_name, "alice");
  EXPECT_EQ(roles[0].duration, absl::Hours(1));
  EXPECT_EQ(roles[0].external_id, "");
  EXPECT_EQ(roles[1].duration, absl::Hours(2));
  EXPECT_EQ(roles[1].external_id, "x");
}

}  // namespace
}  // namespace credential_provider
