#include "credential_provider/ledger/ledger.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/file.h"
#include "gtest/gtest.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

LedgerRecord RecordOf(int number) {
  LedgerRecord record;
  record.time = absl::FromUnixSeconds(1767323045 + number);
  record.why = "first";
  record.id = absl::StrCat("ID", number);
  record.until = record.time + absl::Hours(1);
  record.store = "disk";
  record.name = "0123456789abcdef";
  record.key = {{"issuer", "ack"}, {"cluster", "c1"}, {"region", ""}};
  return record;
}

class LedgerTest : public testing::Test {
 protected:
  int64_t SizeOf(const char* name) {
    struct stat info;
    return stat(dir_.Path(std::string("store/") + name).c_str(), &info) == 0 ? info.st_size : -1;
  }

  TempDir dir_;
  PrivateFolder folder_{dir_.Path("store")};
};

TEST_F(LedgerTest, ARecordComesBackAsItWas) {
  ASSERT_TRUE(AppendToLedger(folder_, RecordOf(1)).ok());
  LedgerRecord endless = RecordOf(2);
  endless.until = absl::InfiniteFuture();
  ASSERT_TRUE(AppendToLedger(folder_, endless).ok());
  const std::vector<LedgerRecord> records = ReadLedger(folder_);
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(LedgerJson(records[0]), LedgerJson(RecordOf(1)));
  EXPECT_EQ(records[0].Part("cluster"), "c1");
  EXPECT_EQ(records[1].until, absl::InfiniteFuture());
}

TEST_F(LedgerTest, TheFileIsPrivate) {
  umask(0);
  ASSERT_TRUE(AppendToLedger(folder_, RecordOf(1)).ok());
  struct stat info;
  ASSERT_EQ(stat(dir_.Path("store/ledger.jsonl").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777, 0600u);
}

TEST_F(LedgerTest, IsBoundedAndKeepsTheNewest) {
  const int64_t line = static_cast<int64_t>(FormatLedgerLine(RecordOf(1000)).size());
  const int count = static_cast<int>(5 * kMostLedgerBytes / line);
  for (int i = 0; i < count; ++i) ASSERT_TRUE(AppendToLedger(folder_, RecordOf(i)).ok());
  EXPECT_LE(SizeOf(kLedgerFile), kMostLedgerBytes);
  EXPECT_LE(SizeOf(kOlderLedgerFile), kMostLedgerBytes);
  const std::vector<LedgerRecord> records = ReadLedger(folder_);
  EXPECT_GE(static_cast<int64_t>(records.size()) * line, kMostLedgerBytes);
  for (size_t i = 0; i < records.size(); ++i)
    EXPECT_EQ(records[i].id, RecordOf(count - static_cast<int>(records.size() - i)).id);
}

TEST_F(LedgerTest, ManyProcessesLoseNothing) {
  constexpr int kProcesses = 8, kEach = 50;
  ASSERT_TRUE(folder_.Make().ok());
  for (int p = 0; p < kProcesses; ++p) {
    if (fork() != 0) continue;
    PrivateFolder own(dir_.Path("store"));
    for (int i = 0; i < kEach; ++i) AppendToLedger(own, RecordOf(p * kEach + i)).IgnoreError();
    _exit(0);
  }
  while (wait(nullptr) > 0) {
  }
  EXPECT_EQ(ReadLedger(folder_).size(), static_cast<size_t>(kProcesses * kEach));
}

TEST_F(LedgerTest, WhatIsNoRecordIsLeftOut) {
  ASSERT_TRUE(AppendToLedger(folder_, RecordOf(1)).ok());
  const std::string path = dir_.Path("store/ledger.jsonl");
  Spill(path, "{\"time\":\n[]\n{}\n{\"time\":1}\n\xff\n" + Slurp(path) + "{\"time\":\"2026-01-0");
  EXPECT_EQ(ReadLedger(folder_).size(), 1u);
}

TEST_F(LedgerTest, ALinkInItsPlaceIsNotFollowed) {
  ASSERT_TRUE(folder_.Make().ok());
  ASSERT_EQ(symlink(dir_.Path("elsewhere").c_str(), dir_.Path("store/ledger.jsonl").c_str()), 0);
  EXPECT_FALSE(AppendToLedger(folder_, RecordOf(1)).ok());
  EXPECT_NE(access(dir_.Path("elsewhere").c_str(), F_OK), 0);
  EXPECT_TRUE(ReadLedger(folder_).empty());
}

TEST_F(LedgerTest, WhateverAKeyHoldsThereIsOneLine) {
  LedgerRecord record = RecordOf(1);
  record.key.push_back({"region", "a\nb\x1b[1m" + std::string(9000, 'x')});
  const std::string line = FormatLedgerLine(record);
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  EXPECT_EQ(line.find('\x1b'), std::string::npos);
  EXPECT_LT(line.size(), 8192u);
}

TEST_F(LedgerTest, RemovingTellsHowMuchThereWas) {
  EXPECT_EQ(RemoveLedger(folder_), 0);
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(AppendToLedger(folder_, RecordOf(i)).ok());
  EXPECT_EQ(RemoveLedger(folder_), 3);
  EXPECT_EQ(SizeOf(kLedgerFile), -1);
  EXPECT_TRUE(ReadLedger(folder_).empty());
}

}  // namespace
}  // namespace credential_provider
