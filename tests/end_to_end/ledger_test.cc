// The ledger: each issuance once, with its reason, and nothing for a hit.
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/end_to_end/store_world.h"

namespace credential_provider {
namespace {

using nlohmann::json;
using testing::HasSubstr;

class LedgerWorldTest : public testing::Test {
 protected:
  json Ledger() {
    const ProcessResult result =
        world_.Run({"credential_provider", "log", "--output", "json", "--cache-dir", world_.Folder()});
    EXPECT_EQ(result.status, 0) << result.err;
    return json::parse(result.out);
  }

  std::vector<std::string> Whys() {
    std::vector<std::string> whys;
    for (const json& record : Ledger()) whys.push_back(record.at("why"));
    return whys;
  }

  ProcessResult Get(const std::vector<std::string>& more = {}) { return world_.Run(world_.Get(more)); }

  StoreWorld world_{SharedSandbox()};
};

TEST_F(LedgerWorldTest, TheFirstIsWrittenDownWithItsSerialNumberAndAHitIsNot) {
  EXPECT_EQ(Ledger(), json::array());
  const json answer = json::parse(Get().out);
  EXPECT_EQ(Get().status, 0);
  const json ledger = Ledger();
  ASSERT_EQ(ledger.size(), 1u);
  const json& record = ledger[0];
  EXPECT_EQ(record.at("why"), "first");
  EXPECT_EQ(record.at("store"), "disk");
  EXPECT_EQ(record.at("key").at("cluster"), kCluster);
  EXPECT_EQ(record.at("key").at("identity"), "access-key sandbox-alice");
  EXPECT_EQ(record.at("key").at("minutes"), "60");
  Spill(world_.home.Path("answer.out"), answer.at("status").at("clientCertificateData"));
  const std::string serial =
      world_.Run({"openssl", "x509", "-noout", "-serial", "-in", world_.home.Path("answer.out")}).out;
  EXPECT_EQ("serial=" + record.at("id").get<std::string>() + "\n", serial);
}

TEST_F(LedgerWorldTest, AnExpiredOneAndOneThatWasForgottenAreToldApart) {
  Get();
  world_.clock_shift_s = 2L * 3600;
  Get();
  world_.clock_shift_s = 0;
  world_.Run(world_.Get({}));
  for (const auto& file : std::filesystem::directory_iterator(world_.Folder())) {
    if (file.path().extension() == ".credential") std::filesystem::remove(file.path());
  }
  Get();
  EXPECT_THAT(Whys(), testing::AllOf(testing::Contains("first"), testing::Contains("expired"),
                                     testing::Contains("lost")));
}

TEST_F(LedgerWorldTest, OneThatTheClusterRefusesIsReplacedForThatReason) {
  Get();
  world_.AgeEntry(600);
  world_.RunScript(R"("$@" >1.out; "$@" >2.out)", world_.Get());
  EXPECT_THAT(Whys(), testing::ElementsAre("first", "refused"));
}

TEST_F(LedgerWorldTest, WhatIsRenewedInTheBackgroundIsAhead) {
  Get();
  world_.AgeEntry(3600);
  Get({"--refresh-ahead", "90"});
  EXPECT_TRUE(StoreWorld::Eventually([&] { return Ledger().size() == 2; }));
  EXPECT_THAT(Whys(), testing::ElementsAre("first", "ahead"));
}

TEST_F(LedgerWorldTest, WhatInstallGetsIsForced) {
  ASSERT_EQ(world_
                .Run({"kubeconfig_writer", "install", "ack", "--cluster-id", kCluster, "--cs-endpoint",
                      world_.sandbox.Value("cloud"), "--kubeconfig", world_.home.Path("config"),
                      "--cache-dir", world_.Folder()})
                .status,
            0);
  EXPECT_THAT(Whys(), testing::ElementsAre("forced"));
}

TEST_F(LedgerWorldTest, ATokenIsKnownByAPartOfItsHash) {
  const std::vector<std::string> args = {
      "credential_provider", "get", "ack-token", "--cluster-id", kCluster, "--cache-dir", world_.Folder()};
  ASSERT_EQ(world_.Run(args).status, 0);
  EXPECT_THAT(Ledger()[0].at("id").get<std::string>(), testing::MatchesRegex("#[0-9a-f]{16}"));
}

TEST_F(LedgerWorldTest, WithoutAStoreNothingIsWrittenDown) {
  ASSERT_EQ(world_.Run(world_.GetAck({"--store", "none"})).status, 0);
  EXPECT_FALSE(std::filesystem::exists(world_.home.Path(".cache")));
}

TEST_F(LedgerWorldTest, WhereItCannotBeWrittenTheAnswerComesAllTheSame) {
  Get();
  std::filesystem::remove(world_.home.Path("store/ledger.jsonl"));
  ASSERT_EQ(mkdir(world_.home.Path("store/ledger.jsonl").c_str(), 0700), 0);
  const ProcessResult result = Get({"--duration", "15m"});
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(Ledger(), json::array());
}

TEST_F(LedgerWorldTest, ForgettingAllTakesItAlongAndSaysSo) {
  Get();
  Get({"--duration", "15m"});
  EXPECT_EQ(world_.Run({"credential_provider", "forget", "--all", "--cache-dir", world_.Folder()}).out,
            "forgot 2 credentials, and the ledger of 2 issuances\n");
  EXPECT_EQ(Ledger(), json::array());
}

TEST_F(LedgerWorldTest, TheTableHasARowForEach) {
  Get();
  const std::string table = world_.Run({"credential_provider", "log", "--cache-dir", world_.Folder()}).out;
  EXPECT_THAT(table,
              testing::ContainsRegex("^WHEN +WHY +CLUSTER +IDENTITY +ISSUER +UNTIL +ID +STORE +OPTIONS\n"));
  EXPECT_THAT(table, HasSubstr("  first  " + std::string(kCluster) + "  access key sandbox-alice  ack  "));
}

}  // namespace
}  // namespace credential_provider
