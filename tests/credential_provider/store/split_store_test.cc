#include "credential_provider/store/split_store.h"

#include <sched.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <functional>
#include <map>

#include "credential_provider/platform/kernel_keyring.h"
#include "credential_provider/store/folder_files.h"
#include "credential_provider/store/keyring_shares.h"
#include "credential_provider/store/memory_shares.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/document_table.h"
#include "tests/testing/own_keyring.h"
#include "tests/testing/runfiles.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

namespace fs = std::filesystem;

const absl::Time kNow = absl::FromUnixSeconds(1767323045);
const Entry kEntry{kNow, kNow + absl::Hours(1), Secret(R"({"token":"fake-token"})")};

// A place whose shares a test can look at and change: what others of the same user id can do.
class OpenPlace : public SharePlace {
 public:
  explicit OpenPlace(SharePlace& place) : place_(place) {}
  absl::StatusOr<ShareId> Put(const std::string& name, absl::string_view share, absl::Time end,
                              absl::Time now, ShareId replaced) override {
    seen.push_back(std::string(share));
    return place_.Put(name, share, end, now, replaced);
  }
  bool Get(const std::string& name, ShareId id, std::string* share) override {
    if (!place_.Get(name, id, share)) return false;
    if (!planted.empty()) *share = planted.substr(0, share->size());
    return true;
  }
  void Remove(const std::string& name, ShareId id) override { place_.Remove(name, id); }

  std::vector<std::string> seen;
  std::string planted;

 private:
  SharePlace& place_;
};

enum class PlaceKind { kKeyring, kMemory };

class SplitStoreTest : public testing::TestWithParam<PlaceKind> {
 protected:
  void SetUp() override {
    if (GetParam() == PlaceKind::kKeyring && !HasOwnKeyring()) GTEST_SKIP() << "no keyrings here";
  }
  void TearDown() override {
    if (GetParam() == PlaceKind::kKeyring && HasOwnKeyring()) RemoveAllKeys();
  }
  SharePlace& Place() {
    if (GetParam() == PlaceKind::kKeyring) return keyring_;
    return memory_shares_;
  }

  TempDir dir_;
  PrivateFolder folder_{dir_.Path("store")};
  PrivateFolder fallback_{dir_.Path("fallback")};
  PrivateFolder memory_{dir_.Path("memory")};
  KeyringShares keyring_;
  MemoryShares memory_shares_{memory_};
  OpenPlace place_{Place()};
  const CredentialKey key_ = CredentialKey().Add("cluster", "c1");
  SplitStore store_{{&folder_, &fallback_}, place_, kMemoryPadSuffix};
  const std::string pad_path_ = dir_.Path("store/" + key_.FileName() + kMemoryPadSuffix);
};

TEST_P(SplitStoreTest, APadIsWrittenAsItsDocumentSays) {
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  const std::string file = Slurp(pad_path_), entry = FormatEntry(key_.text(), kEntry);
  std::map<std::string, std::string> field;  // the bytes of each
  size_t end = 0;
  for (const TableRow& row : TableUnder(Slurp(Runfile("docs/store_format.md")), "A pad")) {
    EXPECT_EQ(row[0], std::to_string(end)) << row[2] << ": there is a gap";
    end += row[2] == "pad" ? file.size() - end : std::stoul(row[1]);
    field[row[2]] = file.substr(std::stoul(row[0]), end - std::stoul(row[0]));
  }
  const auto number = [](const std::string& bytes) {
    uint64_t value = 0;
    std::memcpy(&value, bytes.data(), std::min(bytes.size(), sizeof(value)));
    return value;
  };
  EXPECT_EQ(field["magic"], "cpEdPad1");
  EXPECT_EQ(field["host"].size(), 8u);
  EXPECT_EQ(number(field["end"]), static_cast<uint64_t>(absl::ToUnixSeconds(EndOf(kEntry))));
  EXPECT_NE(number(field["id"]), 0u);
  const Sha256Digest digest = Sha256(entry);
  EXPECT_EQ(field["digest"], std::string(digest.begin(), digest.end()));
  ASSERT_EQ(field["pad"].size(), entry.size());
  std::string joined = place_.seen.at(0);
  for (size_t i = 0; i < joined.size(); ++i) joined[i] = static_cast<char>(joined[i] ^ field["pad"][i]);
  EXPECT_EQ(joined, entry);
}

TEST_P(SplitStoreTest, WhatIsRememberedIsFound) {
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  ASSERT_TRUE(store_.Find(key_).has_value());
  EXPECT_EQ(store_.Find(key_)->expiration, kEntry.expiration);
  EXPECT_EQ(store_.Find(key_)->payload.Reveal(), kEntry.payload.Reveal());
}

TEST_P(SplitStoreTest, NeitherShareHoldsWhatIsSecretAndNoTwoPadsAreTheSame) {
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  const std::string first_pad = Slurp(pad_path_);
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  ASSERT_EQ(place_.seen.size(), 2u);
  EXPECT_NE(place_.seen[0], place_.seen[1]);
  for (const std::string& share : {place_.seen[0], place_.seen[1], first_pad, Slurp(pad_path_)}) {
    EXPECT_EQ(share.find("fake"), std::string::npos);
    EXPECT_EQ(share.find("cluster"), std::string::npos);
  }
}

TEST_P(SplitStoreTest, ThePadIsForItsOwnerAloneAndItsTimeIsTheEntrysEnd) {
  const mode_t mask = umask(0);
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  umask(mask);
  struct stat info = {};
  ASSERT_EQ(stat(pad_path_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777, 0600u);
  EXPECT_EQ(absl::TimeFromTimespec(info.st_mtim), EndOf(kEntry));
}

TEST_P(SplitStoreTest, AShareWithOneBitChangedIsAMiss) {
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  for (size_t bit = 0; bit < place_.seen[0].size() * 8; ++bit) {
    place_.planted = place_.seen[0];
    place_.planted[bit / 8] = static_cast<char>(place_.planted[bit / 8] ^ 1 << bit % 8);
    EXPECT_FALSE(store_.Find(key_).has_value()) << bit;
  }
  place_.planted = place_.seen[0];
  EXPECT_TRUE(store_.Find(key_).has_value());
}

TEST_P(SplitStoreTest, AnOlderShareOfTheSameKeyIsAMiss) {
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  ASSERT_TRUE(store_.Remember(key_, {kNow + absl::Minutes(1), kEntry.expiration, kEntry.payload}, kNow).ok());
  ASSERT_EQ(place_.seen[0].size(), place_.seen[1].size());
  place_.planted = place_.seen[0];
  EXPECT_FALSE(store_.Find(key_).has_value());
}

TEST_P(SplitStoreTest, AWholeEntryInPlaceOfTheShareIsAMiss) {
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  place_.planted = FormatEntry(key_.text(), kEntry);
  EXPECT_FALSE(store_.Find(key_).has_value());
}

TEST_P(SplitStoreTest, TheSharesOfAnotherKeyUnderThisNameAreAMiss) {
  const CredentialKey other = CredentialKey().Add("cluster", "c2");
  ASSERT_TRUE(store_.Remember(other, kEntry, kNow).ok());
  fs::rename(dir_.Path("store/" + other.FileName() + kMemoryPadSuffix), pad_path_);
  EXPECT_FALSE(store_.Find(key_).has_value());
  EXPECT_TRUE(store_.List().empty());
}

TEST_P(SplitStoreTest, APadOfAnyOtherFormIsAMiss) {
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  const std::string pad = Slurp(pad_path_);
  for (size_t size : {size_t{0}, size_t{8}, size_t{64}, size_t{65}, pad.size() - 1}) {
    Spill(pad_path_, pad.substr(0, size));
    EXPECT_FALSE(store_.Find(key_).has_value()) << size;
  }
  Spill(pad_path_, pad + "x");
  EXPECT_FALSE(store_.Find(key_).has_value());
  Spill(pad_path_, std::string(100000, 'x'));
  EXPECT_FALSE(store_.Find(key_).has_value());
  fs::remove(pad_path_);
  ASSERT_EQ(mkfifo(pad_path_.c_str(), 0600), 0);
  EXPECT_FALSE(store_.Find(key_).has_value()) << "and does not wait";
}

TEST_P(SplitStoreTest, ANewEntryTakesThePlaceOfTheOldWhoseShareGoes) {
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  const std::string old_pad = Slurp(pad_path_);
  const Entry next{kNow + absl::Minutes(1), kEntry.expiration, kEntry.payload};
  ASSERT_TRUE(store_.Remember(key_, next, kNow).ok());
  EXPECT_EQ(store_.Find(key_)->issued, next.issued);
  Spill(pad_path_, old_pad);
  EXPECT_FALSE(store_.Find(key_).has_value());
}

TEST_P(SplitStoreTest, AForgottenEntryIsGone) {
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  EXPECT_TRUE(*store_.Forget(key_));
  EXPECT_FALSE(store_.Find(key_).has_value());
  EXPECT_FALSE(*store_.Forget(key_));
  EXPECT_TRUE(fs::is_empty(dir_.Path("store")));
}

TEST_P(SplitStoreTest, APadWithoutItsShareIsRemovedButNotCounted) {
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  place_.planted = std::string(4000, 'x');
  EXPECT_FALSE(*store_.Forget(key_));
  EXPECT_TRUE(fs::is_empty(dir_.Path("store")));
}

TEST_P(SplitStoreTest, TheListHoldsTheKeysOfItsEntries) {
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  Spill(dir_.Path("store/0123456789abcdef.memory"), "x");
  Spill(dir_.Path("store/notes.memory"), "x");
  ASSERT_EQ(store_.List().size(), 1u);
  EXPECT_EQ(store_.List()[0].text(), key_.text());
}

TEST_P(SplitStoreTest, WhereTheFirstFolderCannotBeMadeTheNextTakesThePad) {
  Spill(dir_.Path("store"), "in its place");
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  EXPECT_TRUE(store_.Find(key_).has_value());
  fs::remove(dir_.Path("store"));
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  EXPECT_TRUE(store_.Find(key_).has_value());
  EXPECT_TRUE(fs::is_empty(dir_.Path("fallback"))) << "what is old is removed";
}

TEST_P(SplitStoreTest, WithoutAFolderNothingIsStoredAndNothingLeft) {
  Spill(dir_.Path("store"), "in its place");
  Spill(dir_.Path("fallback"), "in its place");
  const std::string error(store_.Remember(key_, kEntry, kNow).message());
  EXPECT_EQ(error, "no private folder for a part of it: " + dir_.Path("store") + ": not a folder, " +
                       dir_.Path("fallback") + ": not a folder");
  if (GetParam() == PlaceKind::kMemory) {
    EXPECT_TRUE(fs::is_empty(dir_.Path("memory")));
  } else {
    EXPECT_TRUE(ListUserKeys().empty());
  }
}

TEST_P(SplitStoreTest, WhatIsTooLargeIsRefused) {
  const Entry large{kNow, kEntry.expiration, Secret(std::string(40000, 'x'))};
  EXPECT_EQ(store_.Remember(key_, large, kNow).message(), "larger than 32767 bytes");
  EXPECT_FALSE(store_.Find(key_).has_value());
}

TEST_P(SplitStoreTest, EndedPadsAreRemoved) {
  const CredentialKey old = CredentialKey().Add("cluster", "old");
  ASSERT_TRUE(store_.Remember(old, {kNow, kNow - absl::Seconds(61), Secret("{}")}, kNow).ok());
  ASSERT_TRUE(store_.Remember(key_, kEntry, kNow).ok());
  EXPECT_EQ(std::distance(fs::directory_iterator(dir_.Path("store")), fs::directory_iterator()), 1);
  if (GetParam() == PlaceKind::kMemory) {
    EXPECT_EQ(std::distance(fs::directory_iterator(dir_.Path("memory")), fs::directory_iterator()), 1);
  }
}

// Runs `code` as on another machine that has the same home. Returns whether it could and `code` was
// satisfied.
bool OnAnotherHost(const std::function<bool()>& code) {
  const pid_t child = fork();
  if (child == 0) {
    if (unshare(CLONE_NEWUTS) != 0 || sethostname("another", 7) != 0) _exit(2);
    _exit(code() ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST(SharedHomeTest, MachinesThatShareItButNotTheMemoryLeaveEachOtherTheirEntries) {
  if (!HasOwnKeyring() || !OnAnotherHost([] { return true; })) GTEST_SKIP() << "no namespaces here";
  TempDir dir;
  PrivateFolder home(dir.Path("home")), memory(dir.Path("memory")), memory_there(dir.Path("there"));
  MemoryShares shares(memory), shares_there(memory_there);
  SplitStore here({&home}, shares, kMemoryPadSuffix), there({&home}, shares_there, kMemoryPadSuffix);
  const CredentialKey key = CredentialKey().Add("cluster", "c1");
  const Entry second{kNow + absl::Minutes(1), kEntry.expiration, kEntry.payload};
  ASSERT_TRUE(here.Remember(key, kEntry, kNow).ok());
  ASSERT_TRUE(OnAnotherHost([&] { return !there.Find(key) && there.Remember(key, second, kNow).ok(); }));
  ASSERT_TRUE(here.Find(key).has_value());
  EXPECT_EQ(here.Find(key)->issued, kEntry.issued);
  EXPECT_TRUE(
      OnAnotherHost([&] { return there.Find(key)->issued == second.issued && there.List().size() == 1; }));
  ASSERT_TRUE(here.Remember(key, second, kNow).ok());
  EXPECT_TRUE(OnAnotherHost([&] { return there.Find(key)->issued == second.issued; }));
  EXPECT_TRUE(OnAnotherHost([&] { return *there.Forget(key) && !there.Find(key); }));
  EXPECT_EQ(here.List().size(), 0u) << "what is forgotten is forgotten on both";
}

INSTANTIATE_TEST_SUITE_P(Places, SplitStoreTest, testing::Values(PlaceKind::kKeyring, PlaceKind::kMemory),
                         [](const auto& place) {
                           return place.param == PlaceKind::kKeyring ? "Keyring" : "Memory";
                         });

}  // namespace
}  // namespace credential_provider
