// Who may use a kubeconfig is the same before and after an edit; what makes no difference to anybody is no
// reason to refuse one. Needs root, for users to play.
#include "kubeconfig_writer/file/file_access.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kubeconfig_writer/file/kubeconfig_file.h"
#include "tests/testing/temp_dir.h"

namespace kubeconfig_writer {
namespace {

namespace fs = std::filesystem;
using credential_provider::Slurp;
using credential_provider::Spill;
using testing::HasSubstr;

constexpr uid_t kMe = 4241, kOther = 4242;
constexpr gid_t kTeam = 4243;
constexpr char kAcl[] = "system.posix_acl_access";
constexpr char kDefaultAcl[] = "system.posix_acl_default";

absl::Status AddCluster(KubeconfigDocument& document) {
  return document.Set(KubeconfigList::kClusters, "ours", {{"server", "https://192.0.2.1"}});
}

struct AclEntry {
  uint16_t tag, permissions;
  uint32_t id;
};

// As the kernel keeps it: version 2, then the entries.
std::string AclOf(std::initializer_list<AclEntry> entries) {
  std::string acl("\2\0\0\0", 4);
  for (const AclEntry& entry : entries) acl.append(reinterpret_cast<const char*>(&entry), sizeof(entry));
  return acl;
}

// User 12345 may read, the owning group may not.
std::string OneReader() {
  constexpr uint32_t kNobody = 0xffffffff;
  return AclOf({{1, 6, kNobody}, {2, 4, 12345}, {4, 0, kNobody}, {0x10, 4, kNobody}, {0x20, 0, kNobody}});
}

std::string AttributeOf(const std::string& path, const char* name) {
  std::string value(1000, '\0');
  const ssize_t size = getxattr(path.c_str(), name, &value[0], value.size());
  return size < 0 ? "" : value.substr(0, static_cast<size_t>(size));
}

class FileAccessTest : public testing::Test {
 protected:
  void SetUp() override {
    if (geteuid() != 0) GTEST_SKIP() << "needs root";
    chmod(dir_.path().c_str(), 0755);
    fs::create_directory(folder_);
    ASSERT_EQ(chown(folder_.c_str(), kMe, kMe), 0);
  }

  void Make(uid_t owner, gid_t group, mode_t mode) const {
    Spill(path_, "kind: Config\n");
    ASSERT_EQ(chown(path_.c_str(), owner, group), 0);
    ASSERT_EQ(chmod(path_.c_str(), mode), 0);
  }

  // Edits the file as kMe, and returns "", or the error and its hint.
  std::string EditAsMe() const {
    const std::string told = dir_.Path("told");
    const pid_t child = fork();
    if (child == 0) {
      std::ofstream out(told);
      if (setgid(kMe) != 0 || setuid(kMe) != 0) _exit(1);
      const absl::Status edited = EditKubeconfig(path_, AddCluster).status();
      if (!edited.ok()) out << edited.message() << "\n" << credential_provider::HintOf(edited);
      out.close();
      _exit(0);
    }
    int status = 0;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    return Slurp(told);
  }

  // "MODE OWNER GROUP"
  std::string Access() const {
    struct stat info = {};
    EXPECT_EQ(stat(path_.c_str(), &info), 0);
    char text[60];
    std::snprintf(text, sizeof(text), "%04o %u %u", info.st_mode & 07777, info.st_uid, info.st_gid);
    return text;
  }

  bool IsEdited() const { return Slurp(path_).find("ours") != std::string::npos; }

  // The folder that a test is given may be closed to the users that are played here.
  const bool open_ground_ = setenv("TEST_TMPDIR", "/tmp", 1) == 0;
  const credential_provider::TempDir dir_;
  const std::string folder_ = dir_.Path("kube"), path_ = folder_ + "/config";
};

// `sudo cp k3s.yaml ~/.kube/config; sudo chown $USER ~/.kube/config` leaves root's group.
TEST_F(FileAccessTest, AGroupThatMayDoNothingNeedNotBeKept) {
  Make(kMe, 0, 0600);
  EXPECT_EQ(EditAsMe(), "");
  EXPECT_TRUE(IsEdited());
  EXPECT_EQ(Access(), absl::StrCat("0600 ", kMe, " ", kMe));
}

TEST_F(FileAccessTest, NorOneThatMayDoWhatEverybodyMay) {
  Make(kMe, 0, 0644);
  EXPECT_EQ(EditAsMe(), "");
  EXPECT_EQ(Access(), absl::StrCat("0644 ", kMe, " ", kMe));
}

TEST_F(FileAccessTest, AGroupThatWouldLoseItsRightsIsAReasonToRefuse) {
  Make(kMe, kTeam, 0640);
  EXPECT_THAT(EditAsMe(),
              HasSubstr("has mode 0640 for group 4243, which this user cannot give to the new file\n"
                        "nothing was changed: "));
  EXPECT_EQ(Slurp(path_), "kind: Config\n");
  EXPECT_EQ(Access(), absl::StrCat("0640 ", kMe, " ", kTeam));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1) << "no lock and no temporary file is left";
}

TEST_F(FileAccessTest, AnotherUsersFileThatEverybodyMayWriteIsReplaced) {
  Make(kOther, kOther, 0666);
  EXPECT_EQ(EditAsMe(), "");
  EXPECT_EQ(Access(), absl::StrCat("0666 ", kMe, " ", kMe));
}

TEST_F(FileAccessTest, AnotherUserWhoWouldLoseAFileIsAReasonToRefuse) {
  Make(kOther, kMe, 0660);
  EXPECT_THAT(EditAsMe(), HasSubstr("belongs to user 4242, who could not use the new file\n"));
  EXPECT_EQ(Access(), absl::StrCat("0660 ", kOther, " ", kMe));
}

TEST_F(FileAccessTest, RootKeepsOwnerGroupAndMode) {
  Make(kOther, kTeam, 0640);
  ASSERT_TRUE(EditKubeconfig(path_, AddCluster).ok());
  EXPECT_EQ(Access(), absl::StrCat("0640 ", kOther, " ", kTeam));
}

TEST_F(FileAccessTest, AnAccessControlListIsKept) {
  Make(kMe, kMe, 0600);
  const std::string acl = OneReader();
  if (setxattr(path_.c_str(), kAcl, acl.data(), acl.size(), 0) != 0) GTEST_SKIP() << "no such lists here";
  EXPECT_EQ(EditAsMe(), "");
  EXPECT_TRUE(IsEdited());
  EXPECT_EQ(AttributeOf(path_, kAcl), acl);
}

TEST_F(FileAccessTest, AListThatTheFolderGivesToNewFilesIsNotTaken) {
  Make(kMe, kMe, 0640);
  const std::string acl = OneReader();
  if (setxattr(folder_.c_str(), kDefaultAcl, acl.data(), acl.size(), 0) != 0)
    GTEST_SKIP() << "no such lists here";
  EXPECT_EQ(EditAsMe(), "");
  EXPECT_EQ(AttributeOf(path_, kAcl), "") << "user 12345 could read it";
}

TEST_F(FileAccessTest, AttributesOfTheUsersOwnAreKept) {
  Make(kMe, kMe, 0600);
  if (setxattr(path_.c_str(), "user.note", "mine", 4, 0) != 0) GTEST_SKIP() << "no attributes here";
  EXPECT_EQ(EditAsMe(), "");
  EXPECT_EQ(AttributeOf(path_, "user.note"), "mine");
}

TEST_F(FileAccessTest, WhatRootMakesInAUsersFolderIsThatUsers) {
  ASSERT_TRUE(EditKubeconfig(folder_ + "/new/config", AddCluster).ok());
  struct stat folder = {}, file = {};
  ASSERT_EQ(stat((folder_ + "/new").c_str(), &folder), 0);
  ASSERT_EQ(stat((folder_ + "/new/config").c_str(), &file), 0);
  EXPECT_EQ(folder.st_uid, kMe);
  EXPECT_EQ(folder.st_mode & 07777, 0700u);
  EXPECT_EQ(file.st_uid, kMe);
  EXPECT_EQ(file.st_gid, kMe);
  EXPECT_EQ(file.st_mode & 07777, 0600u);
}

TEST_F(FileAccessTest, WhatRootMakesInAFolderForEverybodyIsRoots) {
  ASSERT_EQ(chmod(folder_.c_str(), 01777), 0);
  ASSERT_TRUE(EditKubeconfig(path_, AddCluster).ok());
  EXPECT_EQ(Access().substr(0, 7), "0600 0 ");
}

}  // namespace
}  // namespace kubeconfig_writer
