// Rejected means gone, and what else client-go does to its plugins, with the oldest and the
// newest kubectl on the machine.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/store_world.h"

namespace credential_provider {
namespace {

constexpr char kManifest[] =
    R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"m","namespace":"default"}})";
constexpr int kTenMinutes = 600;

class StoreKubectlTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (GetParam().empty()) GTEST_SKIP() << "no kubectl on the PATH";
    world_.WriteKubeconfig();
  }

  ProcessResult Kubectl(std::vector<std::string> args, const std::string& input = "") {
    args.insert(args.begin(), GetParam());
    args.push_back("--cache-dir=" + world_.home.Path("discovery"));
    return world_.Run(args, input);
  }
  void ForgetDiscovery() { std::filesystem::remove_all(world_.home.Path("discovery")); }

  // A kubectl has run, ten minutes ago; since then the cluster refuses what it got.
  void RunAndRevoke() {
    ASSERT_EQ(Kubectl({"get", "namespace"}).status, 0);
    world_.AgeEntry(kTenMinutes);
    ASSERT_EQ(world_.sandbox.Post("/revoke", {{"identity", "sandbox-alice"}}).value("revoked", 0), 1);
  }

  int Issued() { return world_.sandbox.Count("cs"); }

  StoreWorld world_{SharedSandbox()};
};

TEST_P(StoreKubectlTest, ColdDiscoveryHealsInTheSameCommand) {
  RunAndRevoke();
  ForgetDiscovery();
  EXPECT_EQ(Kubectl({"get", "namespace"}).status, 0);
  EXPECT_EQ(Issued(), 2);
  EXPECT_EQ(Kubectl({"get", "namespace"}).status, 0);
  EXPECT_EQ(Issued(), 2);
}

TEST_P(StoreKubectlTest, WarmDiscoveryHealsInTheNextCommand) {
  RunAndRevoke();
  EXPECT_EQ(Kubectl({"get", "namespace"}).status, 1);
  EXPECT_EQ(Issued(), 2);
  EXPECT_EQ(Kubectl({"get", "namespace"}).status, 0);
  EXPECT_EQ(Issued(), 2);
}

// The sandbox has no OpenAPI, so what validates first fails, but only after it has started the plugin again.
TEST_P(StoreKubectlTest, AManifestOnStdinCausesNoIssuanceWhileTheCredentialIsGood) {
  ASSERT_EQ(Kubectl({"get", "namespace"}).status, 0);
  int commands = 1;
  for (const int age : {0, kTenMinutes, kTenMinutes}) {
    world_.AgeEntry(age);
    for (const bool cold : {true, false}) {
      if (cold) ForgetDiscovery();
      EXPECT_EQ(Kubectl({"apply", "--validate=false", "-f", "-"}, kManifest).status, 0);
      EXPECT_EQ(Kubectl({"get", "--filename=-"}, kManifest).status, 0);
      if (cold) ForgetDiscovery();
      Kubectl({"apply", "-f", "-"}, kManifest);
      commands += 3;
    }
  }
  EXPECT_EQ(Issued(), 1);
  EXPECT_GE(world_.Status().value("starts", 0), commands + 6) << "some of them started it twice";
}

TEST_P(StoreKubectlTest, AManifestOnStdinHealsByTheNextCommandAtTheLatest) {
  RunAndRevoke();
  Kubectl({"apply", "--validate=false", "-f", "-"}, kManifest);
  Kubectl({"get", "namespace"});
  EXPECT_EQ(Kubectl({"get", "namespace"}).status, 0);
  EXPECT_EQ(Issued(), 2);
}

TEST_P(StoreKubectlTest, AnIdentityThatTheClusterRefusesForGoodCausesOneIssuanceAWindow) {
  ASSERT_EQ(Kubectl({"get", "namespace"}).status, 0);
  world_.AgeEntry(kTenMinutes);
  world_.sandbox.Post("/fault", {{"match", {{"listener", "api_server"}}},
                                 {"times", -1},
                                 {"reply", {{"status", 401}, {"body", R"({"kind":"Status","code":401})"}}}});
  for (int i = 0; i < 5; ++i) EXPECT_EQ(Kubectl({"get", "namespace"}).status, 1);
  EXPECT_EQ(Issued(), 2);
}

// A cold kubectl asks again after each of five 401: it is told once, and so are those after it.
TEST_P(StoreKubectlTest, ThatTheClusterRefusesFreshCredentialsIsSaidOnce) {
  world_.sandbox.Post("/fault", {{"match", {{"listener", "api_server"}}},
                                 {"times", -1},
                                 {"reply", {{"status", 401}, {"body", R"({"kind":"Status","code":401})"}}}});
  const std::string first = Kubectl({"get", "namespace"}).err;
  const std::string said =
      "credential_provider: warning: the cluster seems to refuse this credential, which was issued ";
  EXPECT_THAT(first, testing::HasSubstr(said));
  EXPECT_EQ(first.find(said), first.rfind(said));
  EXPECT_THAT(first,
              testing::HasSubstr("credential_provider: hint: `kubeconfig_writer verify CONTEXT` says "));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Kubectl({"get", "namespace"}).err.find(said), std::string::npos);
  EXPECT_EQ(Issued(), 1);
}

TEST_P(StoreKubectlTest, AMendedSecretIsTriedByTheNextCommand) {
  world_.env["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "mistyped";
  EXPECT_EQ(Kubectl({"get", "namespace"}).status, 1);
  world_.env["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "sandbox-alice-secret";
  EXPECT_EQ(Kubectl({"get", "namespace"}).status, 0);
}

TEST_P(StoreKubectlTest, ARememberedFailureIsSaidWholeOnceByEachCommand) {
  world_.sandbox.Post("/fault",
                      {{"match", {{"listener", "cs"}}}, {"error", "StatusForbidden"}, {"times", -1}});
  for (const char* command : {"first", "second"}) {
    const std::string err = Kubectl({"get", "namespace"}).err;
    EXPECT_EQ(err.find("hint: "), err.rfind("hint: ")) << command << err;
    EXPECT_NE(err.find("hint: "), std::string::npos) << command << err;
  }
  EXPECT_EQ(Issued(), 1);
}

TEST_P(StoreKubectlTest, AnIdentityWithoutRightsInTheClusterCausesNone) {
  ASSERT_EQ(Kubectl({"get", "namespace"}).status, 0);
  world_.AgeEntry(kTenMinutes);
  world_.sandbox.Post("/forbid", {{"user", "200000000000000001"}});
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Kubectl({"get", "namespace"}).status, 1);
  EXPECT_EQ(Issued(), 1);
}

TEST_P(StoreKubectlTest, AFailingIssuerIsAskedOnceByOneColdCommand) {
  world_.sandbox.Post("/fault",
                      {{"match", {{"listener", "cs"}}}, {"error", "StatusForbidden"}, {"times", -1}});
  const ProcessResult result = Kubectl({"get", "namespace"});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(Issued(), 1);
  EXPECT_THAT(result.err, testing::HasSubstr("credential_provider: hint: "));
  EXPECT_EQ(result.err.find("hint: "), result.err.rfind("hint: ")) << "the full error once";
}

TEST_P(StoreKubectlTest, KubectlEndsAtOnceWhileARenewalHangs) {
  world_.WriteKubeconfig({"--refresh-ahead", "90", "--timeout", "4s"});
  ASSERT_EQ(Kubectl({"get", "namespace"}).status, 0);
  world_.AgeEntry(3600);
  world_.sandbox.Post("/fault", {{"match", {{"listener", "cs"}}}, {"hang", true}, {"times", -1}});
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(Kubectl({"get", "namespace"}).status, 0);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(3));
  EXPECT_TRUE(StoreWorld::Eventually([&] { return Issued() == 2; }));
  EXPECT_TRUE(StoreWorld::Eventually([&] { return world_.Renewers().empty(); })) << "and it ends by itself";
}

std::vector<std::string> KubectlsOrNone() {
  const std::vector<std::string> found = OldestAndNewestKubectl();
  return found.empty() ? std::vector<std::string>{""} : found;
}

INSTANTIATE_TEST_SUITE_P(Versions, StoreKubectlTest, testing::ValuesIn(KubectlsOrNone()),
                         [](const auto& test) {
                           const std::string name = std::filesystem::path(test.param).filename().string();
                           std::string word = name.empty() ? "none" : name;
                           std::replace(word.begin(), word.end(), '.', '_');
                           return word;
                         });

}  // namespace
}  // namespace credential_provider
