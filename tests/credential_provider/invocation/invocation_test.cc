#include "credential_provider/invocation/invocation.h"

#include <filesystem>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace credential_provider {
namespace {

absl::StatusOr<Invocation> Parse(const std::vector<std::string>& args) {
  const auto flags = ParseFlags(GetFlags(*IssuerKinds()[0]), args);
  if (!flags.ok()) return flags.status();
  return MakeInvocation(*IssuerKinds()[0], *flags);
}

struct Case {
  const char* name;
  std::vector<std::string> args;
};

class RoundTripTest : public testing::TestWithParam<Case> {};

// What kubeconfig_writer writes is what credential_provider parses.
TEST_P(RoundTripTest, FormattedArgumentsParseToThemselves) {
  const auto invocation = Parse(GetParam().args);
  ASSERT_TRUE(invocation.ok()) << invocation.status();
  const std::vector<std::string> formatted = FormatInvocation(*invocation);
  ASSERT_EQ(formatted[0], "get");
  ASSERT_EQ(formatted[1], "ack");
  EXPECT_THAT(std::vector<std::string>(formatted.begin() + 2, formatted.end()),
              testing::ElementsAreArray(GetParam().args));
}

INSTANTIATE_TEST_SUITE_P(Arguments, RoundTripTest,
                         testing::Values(Case{"Least", {"--cluster-id", "c1", "--api-version", "v1"}},
                                         Case{"Duration",
                                              {"--cluster-id", "c1", "--duration", "1h30m", "--api-version",
                                               "v1beta1"}},
                                         Case{"All",
                                              {"--cluster-id", "c1", "--region", "cn-hangzhou", "--duration",
                                               "72h", "--endpoint-type", "private", "--cs-endpoint",
                                               "http://127.0.0.1:1", "--api-version", "v1", "--cache-dir",
                                               "/a b", "--ca-file", "/ca.pem", "--timeout", "30s"}}),
                         [](const auto& test) { return test.param.name; });

// kubectl is started anywhere: what is beside one folder's name is somebody else's in another.
TEST(InvocationTest, FormattedPathsAreSeenFromAnyFolder) {
  const auto invocation =
      Parse({"--cluster-id", "c1", "--identity", "oidc", "--role-arn", "acs:ram::1:role/r",
             "--oidc-provider-arn", "acs:ram::1:oidc-provider/p", "--oidc-token-file", "token", "--cache-dir",
             "./store", "--ca-file", "a/../ca.pem"});
  ASSERT_TRUE(invocation.ok()) << invocation.status();
  const std::string here = std::filesystem::current_path().string();
  EXPECT_THAT(FormatInvocation(*invocation),
              testing::IsSupersetOf({here + "/token", here + "/store", here + "/ca.pem"}));
}

TEST(InvocationTest, DefaultsAreAnHourAndThePublicEndpoint) {
  const auto invocation = Parse({"--cluster-id", "c1"});
  EXPECT_EQ(invocation->issuer->ack()->duration, absl::Hours(1));
  EXPECT_FALSE(invocation->issuer->ack()->private_endpoint);
  EXPECT_EQ(invocation->timeout, absl::Seconds(15));
}

struct Mistake {
  const char* name;
  std::vector<std::string> args;
  const char* error;
};

class MistakeTest : public testing::TestWithParam<Mistake> {};

TEST_P(MistakeTest, NamesTheFlagAndTheReason) {
  EXPECT_EQ(Parse(GetParam().args).status().message(), GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    Arguments, MistakeTest,
    testing::Values(
        Mistake{"NoCluster", {}, "--cluster-id: needed: the id of the cluster"},
        Mistake{"OddCluster", {"--cluster-id", "a/b"}, "--cluster-id: not a cluster id: c and 32 hex digits"},
        Mistake{"OddRegion",
                {"--cluster-id", "c1", "--region", "a.b"},
                "--region a.b: not a region id such as cn-hangzhou"},
        Mistake{"ShortDuration",
                {"--cluster-id", "c1", "--duration", "14m"},
                "--duration 14m: not between 15m and 72h"},
        Mistake{"LongDuration",
                {"--cluster-id", "c1", "--duration", "72h1m"},
                "--duration 72h1m: not between 15m and 72h"},
        Mistake{"Seconds",
                {"--cluster-id", "c1", "--duration", "15m30s"},
                "--duration 15m30s: not whole minutes"},
        Mistake{"NoDuration",
                {"--cluster-id", "c1", "--duration", "60"},
                "--duration 60: not a time such as 15m, 1h or 1h30m"},
        Mistake{"EndlessDuration",
                {"--cluster-id", "c1", "--duration", "inf"},
                "--duration inf: not between 15m and 72h"},
        Mistake{"EndpointType",
                {"--cluster-id", "c1", "--endpoint-type", "vpc"},
                "--endpoint-type vpc: neither public nor private"},
        Mistake{"PlainHttp",
                {"--cluster-id", "c1", "--cs-endpoint", "http://cs.aliyuncs.com"},
                "--cs-endpoint: plain http is only for loopback addresses; use https"},
        Mistake{"Timeout",
                {"--cluster-id", "c1", "--timeout", "1h"},
                "--timeout 1h: not a time between 1s and 2m"},
        Mistake{"Version",
                {"--cluster-id", "c1", "--api-version", "v2"},
                "--api-version v2: apiVersion \"v2\": not supported, only v1 and v1beta1 are"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace credential_provider
