#include "credential_provider/store/disk_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "credential_provider/base/status_context.h"
#include "credential_provider/platform/files.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

namespace fs = std::filesystem;

const absl::Time kNow = absl::FromUnixSeconds(1767323045);
const Entry kEntry{kNow, kNow + absl::Hours(1), Secret("{}")};

class DiskStoreTest : public testing::Test {
 protected:
  std::string EntryPath() const { return folder_ + "/" + key_.FileName() + ".credential"; }
  mode_t ModeOf(const std::string& path) const {
    struct stat info = {};
    stat(path.c_str(), &info);
    return info.st_mode & 07777;
  }

  TempDir dir_;
  const std::string folder_ = dir_.Path("a/b");
  const CredentialKey key_ = CredentialKey().Add("cluster", "c1");
  PrivateFolder private_folder_{folder_};
  DiskStore store_{private_folder_};
};

TEST_F(DiskStoreTest, WhatIsRememberedIsFound) {
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  ASSERT_TRUE(store_.Find(key_).has_value());
  EXPECT_EQ(store_.Find(key_)->expiration, kEntry.expiration);
}

TEST_F(DiskStoreTest, NothingIsFoundInAFolderThatIsNotThere) { EXPECT_FALSE(store_.Find(key_).has_value()); }

TEST_F(DiskStoreTest, FolderAndFileAreForTheirOwnerAlone) {
  const mode_t mask = umask(0);
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  umask(mask);
  EXPECT_EQ(ModeOf(folder_), 0700u);
  EXPECT_EQ(ModeOf(EntryPath()), 0600u);
}

TEST_F(DiskStoreTest, EntryReadableByOthersIsAMiss) {
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  ASSERT_EQ(chmod(EntryPath().c_str(), 0640), 0);
  EXPECT_FALSE(store_.Find(key_).has_value());
}

TEST_F(DiskStoreTest, FolderOpenToOthersIsAMissAndRefused) {
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  ASSERT_EQ(chmod(folder_.c_str(), 0770), 0);
  PrivateFolder folder(folder_);
  DiskStore store(folder);
  EXPECT_FALSE(store.Find(key_).has_value());
  EXPECT_EQ(store.Remember(key_, kEntry, kNow).message(),
            folder_ + ": not private: it must belong to this user with mode 0700");
}

TEST_F(DiskStoreTest, SymlinkedEntryIsAMiss) {
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  fs::rename(EntryPath(), dir_.Path("elsewhere"));
  fs::create_symlink(dir_.Path("elsewhere"), EntryPath());
  EXPECT_FALSE(store_.Find(key_).has_value());
}

TEST_F(DiskStoreTest, SymlinkedFolderIsAMissAndRefused) {
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  fs::create_directory_symlink(folder_, dir_.Path("link"));
  PrivateFolder link(dir_.Path("link"));
  DiskStore linked(link);
  EXPECT_FALSE(linked.Find(key_).has_value());
  EXPECT_FALSE(linked.Remember(key_, kEntry, kNow).ok());
  EXPECT_EQ(link.Open().message(), dir_.Path("link") + ": a symlink, which is not followed");
  EXPECT_THAT(HintOf(link.Open()), testing::HasSubstr("with --cache-dir"));
}

TEST_F(DiskStoreTest, OfAFolderOfAnotherUserItIsSaidWhatHelps) {
  ASSERT_TRUE(PrivateFolder(folder_).Make().ok());
  if (chown(folder_.c_str(), 65534, 65534) != 0) GTEST_SKIP() << "only root can give a folder away";
  const absl::Status refused = PrivateFolder(folder_).Open();
  EXPECT_EQ(HintOf(refused),
            "it belongs to user 65534: run this as that user, or choose another folder with --cache-dir");
}

TEST_F(DiskStoreTest, FifoInPlaceOfAnEntryIsAMissAndDoesNotBlock) {
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  fs::remove(EntryPath());
  ASSERT_EQ(mkfifo(EntryPath().c_str(), 0600), 0);
  EXPECT_FALSE(store_.Find(key_).has_value());
}

TEST_F(DiskStoreTest, AnEntryOfAnotherKeyUnderThisNameIsAMiss) {
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  const CredentialKey other = CredentialKey().Add("cluster", "c2");
  fs::rename(EntryPath(), folder_ + "/" + other.FileName() + ".credential");
  EXPECT_FALSE(store_.Find(other).has_value());
}

TEST_F(DiskStoreTest, EndedEntriesAndOldTemporaryFilesAreRemoved) {
  ASSERT_TRUE(store_
                  .Remember(CredentialKey().Add("cluster", "old"),
                            {kNow, kNow - absl::Seconds(61), Secret("{}")}, kNow)
                  .ok());
  Spill(folder_ + "/0123456789abcdef.0.credential.tmp", "x");
  timespec long_ago[2] = {{0, 0}, {0, 0}};
  utimensat(AT_FDCWD, (folder_ + "/0123456789abcdef.0.credential.tmp").c_str(), long_ago, 0);
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1);
  EXPECT_TRUE(store_.Find(key_).has_value());
}

TEST_F(DiskStoreTest, RecordsThatNoRunHasWrittenToForAMonthAreRemoved) {
  ASSERT_TRUE(private_folder_.Make().ok());
  for (const int days : {29, 31}) {
    const std::string path = folder_ + "/00000000000000" + std::to_string(days) + ".state";
    Spill(path, "x");
    const timespec then = absl::ToTimespec(kNow - absl::Hours(24 * days));
    const timespec times[2] = {then, then};
    utimensat(AT_FDCWD, path.c_str(), times, 0);
  }
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  EXPECT_TRUE(fs::exists(folder_ + "/0000000000000029.state"));
  EXPECT_FALSE(fs::exists(folder_ + "/0000000000000031.state"));
}

TEST_F(DiskStoreTest, FilesOfOthersAreNeverRemoved) {
  fs::create_directories(folder_);
  chmod(folder_.c_str(), 0700);
  for (const char* name : {"notes.credential", "0123456789abcdef.credential.bak", "photo.jpg"}) {
    Spill(folder_ + "/" + name, "x");
    timespec long_ago[2] = {{0, 0}, {0, 0}};
    utimensat(AT_FDCWD, (folder_ + "/" + name).c_str(), long_ago, 0);
  }
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 4);
}

TEST_F(DiskStoreTest, ForgettingRemovesTheEntryOfTheKeyAndNothingElse) {
  const CredentialKey other = CredentialKey().Add("cluster", "c2");
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  ASSERT_TRUE(store_.Remember(other, kEntry, kNow).ok());
  EXPECT_TRUE(*store_.Forget(key_));
  EXPECT_FALSE(*store_.Forget(key_));
  EXPECT_FALSE(store_.Find(key_).has_value());
  EXPECT_TRUE(store_.Find(other).has_value());
}

TEST_F(DiskStoreTest, AFileThatIsNoEntryOfTheKeyIsNotForgotten) {
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  Spill(EntryPath(), "somebody else's");
  chmod(EntryPath().c_str(), 0600);
  EXPECT_FALSE(*store_.Forget(key_));
  EXPECT_TRUE(fs::exists(EntryPath()));
}

TEST_F(DiskStoreTest, TheListHoldsWholeEntriesUnderTheirOwnNames) {
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  fs::copy(EntryPath(), folder_ + "/0123456789abcdef.credential");
  Spill(folder_ + "/notes.txt", "x");
  ASSERT_EQ(store_.List().size(), 1u);
  EXPECT_EQ(store_.List()[0].text(), key_.text());
}

TEST_F(DiskStoreTest, WhatIsForMemoryIsNotStoredOnADisk) {
  PrivateFolder folder(folder_);
  DiskStore memory(folder, /*only_in_memory=*/true);
  ASSERT_TRUE(folder.Make().ok());
  if (IsInMemory(folder.fd())) GTEST_SKIP() << "the test's folder is in memory";
  EXPECT_EQ(memory.Remember(key_, kEntry, kNow).message(), folder_ + ": on a disk, not in memory");
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(DiskStoreTest, AFileInTheFoldersPlaceIsAnErrorThatNamesIt) {
  Spill(dir_.Path("a"), "x");
  EXPECT_EQ(store_.Remember(key_, kEntry, kNow).message(), folder_ + ": Not a directory");
}

}  // namespace
}  // namespace credential_provider
