#include "kubeconfig_writer/file/backup.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/testing/temp_dir.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::Spill;
using credential_provider::TempDir;

constexpr char kFile[] = "/home/alice/.kube/config";

// A backup of three bytes, of which so many are said to be the same at its front and back.
absl::StatusOr<Backup> Read(const std::string& front, const std::string& back) {
  TempDir folder;
  Spill(folder.Path("00000000000000000001.backup"),
        absl::StrCat(R"({"file":")", kFile, R"(","time":1,"wasThere":true,"isThere":true,"size":3,"front":)",
                     front, R"(,"back":)", back, "}\nabc-new-"));
  return NewestBackup(folder.path(), kFile);
}

TEST(BackupTest, HoldsBothStates) {
  const absl::StatusOr<Backup> backup = Read("1", "2");
  ASSERT_TRUE(backup.ok()) << backup.status();
  EXPECT_EQ(backup->before, "abc");
  EXPECT_EQ(backup->after, "a-new-bc");
}

TEST(BackupTest, SizesThatCannotBeAreNoBackup) {
  for (const auto& [front, back] : {std::pair<const char*, const char*>{"2", "2"},
                                    {"4", "0"},
                                    {"18446744073709551615", "2"},
                                    {"2", "18446744073709551615"}}) {
    EXPECT_TRUE(absl::IsDataLoss(Read(front, back).status())) << front << " " << back;
  }
}

}  // namespace
}  // namespace kubeconfig_writer
