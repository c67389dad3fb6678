#include "credential_provider/commands/status_command.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "credential_provider/answer/stored_credentials.h"
#include "credential_provider/commands/forgotten.h"
#include "credential_provider/runs/run_state.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1767323045);  // 2026-01-02T03:04:05Z

class StatusTest : public testing::Test {
 protected:
  void Store(const CredentialKey& key) {
    const Entry entry{kNow, kNow + absl::Minutes(59), Secret(R"({"token":"fake-secret"})")};
    ASSERT_TRUE(store_.Remember(key, entry, kNow).ok());
    RunState state(store_.state_folders(), key);
    state.Load();
    state.servings.Add({1, 2, 3, 0});
    state.SaveServings();
    state.issuance.issuances = 4;
    state.SaveIssuance();
  }

  TempDir dir_;
  const char* environment_[1] = {nullptr};
  CredentialStore store_{{StoreKind::kDisk, dir_.Path("store")}, Environment(environment_)};
  const CredentialKey ack_ =
      CredentialKey().Add("issuer", "ack").Add("identity", "access-key sandbox-alice").Add("cluster", "c1");
  const CredentialKey session_ = CredentialKey().Add("session", "role r");
};

TEST_F(StatusTest, TheTableShowsWhatIsStoredAndNoSecret) {
  Store(ack_);
  Store(session_);
  EXPECT_EQ(FormatStatusTable(ListStored(store_), kNow + absl::Minutes(10)),
            "CLUSTER  IDENTITY                  ISSUER   EXPIRES  RENEWED  STARTS  ISSUED  STORE  OPTIONS\n"
            "-        role r                    session  in 49m   10m ago  1       4       disk   -\n"
            "c1       access key sandbox-alice  ack      in 49m   10m ago  1       4       disk   -\n");
}

// The key of `get ack`, with these options.
CredentialKey AckKey(const char* region, const char* minutes, const char* address,
                     const char* endpoint = "") {
  CredentialKey key;
  key.Add("issuer", "ack").Add("identity", "access-key sandbox-alice").Add("cluster", std::string(33, 'c'));
  key.Add("region", region).Add("endpoint", endpoint).Add("address", address).Add("minutes", minutes);
  return key;
}

TEST_F(StatusTest, RowsThatAreStoredForOtherOptionsLookDifferent) {
  Store(AckKey("cn-hangzhou", "60", "public"));
  Store(AckKey("cn-beijing", "60", "public"));
  Store(AckKey("cn-hangzhou", "15", "public"));
  Store(AckKey("cn-hangzhou", "60", "private"));
  Store(AckKey("cn-hangzhou", "60", "public", "https://cs.example.com"));
  const std::vector<StoredCredential> stored = ListStored(store_);
  for (const TableReader& reader : {TableReader{}, TableReader{true, 80}}) {
    const std::vector<std::string> lines = absl::StrSplit(FormatStatusTable(stored, kNow, reader), '\n');
    ASSERT_EQ(lines.size(), 7u);  // with the headings, and the end
    EXPECT_EQ(std::set<std::string>(lines.begin(), lines.end()).size(), 7u) << absl::StrJoin(lines, "\n");
  }
  std::set<std::string> keys;
  for (const auto& row : StatusJson(stored)) keys.insert(row.at("key").dump());
  EXPECT_EQ(keys.size(), 5u);
  EXPECT_THAT(keys, testing::Contains(testing::HasSubstr("\"minutes\":\"15\"")));
}

TEST_F(StatusTest, WhatDiffersInWhatIsNotShownHasTheNameOfItsEntry) {
  for (const char* command : {"one", "two"}) {
    Store(CredentialKey()
              .Add("issuer", "exec")
              .Add("identity", "aws")
              .Add("cluster", "c")
              .Add("command", command));
  }
  const std::vector<StoredCredential> stored = ListStored(store_);
  const std::string table = FormatStatusTable(stored, kNow);
  for (const StoredCredential& one : stored)
    EXPECT_THAT(table, testing::HasSubstr("#" + one.name.substr(0, 6)));
  EXPECT_THAT(StatusJson(stored).dump(), testing::Not(testing::HasSubstr("\"two\"")));
}

TEST_F(StatusTest, OnATerminalARowIsALineOf80Columns) {
  StoredCredential stored;
  stored.cluster = std::string(33, 'c');
  stored.issuer = "ack-token";
  stored.identity = "access-key " + std::string(24, 'k') + " role acs:ram::1000000000000001:role/" +
                    std::string(60, 'r') + " session laptop seconds 900 sts sts.aliyuncs.com";
  stored.store = StoreKind::kKeyring;
  stored.issued = kNow - absl::Hours(3);
  stored.expires = kNow + absl::Hours(72);
  stored.passed_over = "runtime: " + std::string(100, 'x');
  stored.key = {{"region", "cn-zhangjiakou"}, {"minutes", "4320"}, {"address", "private"}};
  const std::vector<std::string> lines =
      absl::StrSplit(FormatStatusTable({stored, stored}, kNow, TableReader{true, 80}), '\n');
  for (int i = 0; i < 3; ++i)
    EXPECT_LE(absl::StrReplaceAll(lines[i], {{"\u2026", "."}}).size(), 80u) << lines[i];
  EXPECT_THAT(lines[3], testing::HasSubstr("in no better place because runtime: xxx"));
}

TEST_F(StatusTest, TheTableSaysWhyAnEntryIsInNoBetterPlace) {
  StoredCredential stored;
  stored.store = StoreKind::kDisk;
  stored.passed_over = "keyring: not available here";
  stored.failure = absl::UnavailableError("down");
  EXPECT_THAT(FormatStatusTable({stored}, kNow),
              testing::HasSubstr("  disk (keyring: not available here); last renewal failed  -\n"));
}

TEST_F(StatusTest, TheJsonHasTheSameForPrograms) {
  Store(ack_);
  const auto list = StatusJson(ListStored(store_));
  ASSERT_EQ(list.size(), 1u);
  EXPECT_EQ(list[0].at("cluster"), "c1");
  EXPECT_EQ(list[0].at("expires"), "2026-01-02T04:03:05Z");
  EXPECT_EQ(list[0].at("starts"), 1);
  EXPECT_EQ(list[0].at("issuances"), 4);
  EXPECT_EQ(list.dump().find("fake-secret"), std::string::npos);
}

TEST_F(StatusTest, AHashInAnIdentityIsNotShown) {
  const std::string hash(32, 'a');
  Store(
      CredentialKey().Add("issuer", "ack").Add("identity", "job #" + hash + " role r").Add("cluster", "c1"));
  const std::string shown =
      FormatStatusTable(ListStored(store_), kNow) + StatusJson(ListStored(store_)).dump();
  EXPECT_EQ(shown.find(hash), std::string::npos);
  EXPECT_NE(shown.find("job (hidden) role r"), std::string::npos);
}

TEST_F(StatusTest, AnEmptyStoreIsSaidToBeEmpty) {
  EXPECT_EQ(FormatStatusTable(ListStored(store_), kNow), "nothing is stored\n");
  EXPECT_EQ(StatusJson(ListStored(store_)).dump(), "[]");
}

TEST_F(StatusTest, ThePlaceOfNewOnesIsSaidAndWhyItIsNoBetterOne) {
  EXPECT_EQ(FormatPlacement({StoreKind::kKeyring, ""}), "new ones are kept in: keyring");
  EXPECT_EQ(FormatPlacement({StoreKind::kMemory, "keyring: no\nway"}),
            "new ones are kept in: memory (keyring: no way)");
  EXPECT_EQ(FormatPlacement({}), "new ones are not kept");
}

TEST_F(StatusTest, ForgettingOneLeavesTheOthers) {
  Store(ack_);
  Store(session_);
  EXPECT_EQ(ForgetOne(ack_, store_)->credentials, 1);
  EXPECT_EQ(ForgetOne(ack_, store_)->credentials, 0);
  ASSERT_EQ(ListStored(store_).size(), 1u);
  EXPECT_EQ(ListStored(store_)[0].issuer, "session");
}

TEST_F(StatusTest, ForgettingAllLeavesTheFolderAndWhatIsNotOurs) {
  Store(ack_);
  Store(session_);
  Spill(dir_.Path("store/notes.txt"), "x");
  std::filesystem::create_directory(dir_.Path("store/0123456789abcdef.credential"));
  EXPECT_EQ(Forgotten(ForgetAll(store_))->text, "forgot 1 credential, 1 session\n");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(dir_.Path("store")),
                          std::filesystem::directory_iterator()),
            2);
}

}  // namespace
}  // namespace credential_provider
