#include "kubeconfig_writer/file/trusted_path.h"

#include <sys/stat.h>

#include <filesystem>

#include "gtest/gtest.h"
#include "tests/testing/temp_dir.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::Spill;

// TempDir's folder is this user's own and below one with the sticky bit, or in the test's private folder.
class TrustedPathTest : public testing::Test {
 protected:
  std::string Program(const std::string& name, mode_t mode = 0755) {
    const std::string path = dir_.Path(name);
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    Spill(path, "#!/bin/sh\n");
    chmod(path.c_str(), mode);
    return path;
  }

  std::string Why(const std::string& command) {
    return WhyNotTrusted(command, kubeconfig_, dir_.Path("bin"));
  }

  credential_provider::TempDir dir_;
  const std::string kubeconfig_ = dir_.Path("kube/config");
};

TEST_F(TrustedPathTest, AFileForItsOwnerAloneIsFine) {
  const std::string path = Program("file", 0600);
  EXPECT_EQ(WhyTooOpen(path), "");
  chmod(path.c_str(), 0640);
  EXPECT_EQ(WhyTooOpen(path), "mode 0640: others than its owner can read it");
  chmod(path.c_str(), 0602);
  EXPECT_EQ(WhyTooOpen(path), "mode 0602: others than its owner can write it");
  EXPECT_EQ(WhyTooOpen(dir_.Path("missing")), "");
}

TEST_F(TrustedPathTest, AProgramOfOnesOwnIsTrustedByPathAndByName) {
  const std::string path = Program("bin/plugin");
  EXPECT_EQ(Why(path), "");
  EXPECT_EQ(Why("plugin"), "");
  EXPECT_EQ(Why("missing"), "") << "there is nothing to run";
}

TEST_F(TrustedPathTest, ARelativePathIsNot) {
  EXPECT_EQ(Why("bin/plugin"), "relative to the kubeconfig's folder");
}

TEST_F(TrustedPathTest, WhatLiesBelowTheKubeconfigIsNot) {
  const std::string path = Program("kube/bin/plugin");
  EXPECT_EQ(Why(path), path + " lies below the kubeconfig's folder");
}

TEST_F(TrustedPathTest, WhatAnybodyCanWriteIsNot) {
  const std::string path = Program("bin/plugin", 0757);
  EXPECT_EQ(Why("plugin"), "anybody can write " + path);
}

TEST_F(TrustedPathTest, AFolderThatAnybodyCanWriteIsNotEvenWithTheStickyBit) {
  const std::string path = Program("open/plugin");
  chmod(dir_.Path("open").c_str(), 01777);
  EXPECT_EQ(Why(path), "anybody can write the folder " + dir_.Path("open"));
}

TEST_F(TrustedPathTest, AFolderHigherUpCounts) {
  const std::string path = Program("open/bin/plugin");
  chmod(dir_.Path("open").c_str(), 0777);
  EXPECT_EQ(Why(path), "anybody can write the folder " + dir_.Path("open"));
  chmod(dir_.Path("open").c_str(), 01777);
  EXPECT_EQ(Why(path), "") << "others cannot replace the folder below";
}

TEST_F(TrustedPathTest, ALinkCountsForWhatItLeadsTo) {
  const std::string path = Program("kube/plugin");
  std::filesystem::create_directories(dir_.Path("bin"));
  std::filesystem::create_symlink(path, dir_.Path("bin/plugin"));
  EXPECT_EQ(Why(dir_.Path("bin/plugin")), path + " lies below the kubeconfig's folder");
}

TEST_F(TrustedPathTest, ALinkThatOthersCouldReplaceIsNot) {
  const std::string path = Program("bin/plugin");
  std::filesystem::create_directories(dir_.Path("open"));
  std::filesystem::create_symlink(path, dir_.Path("open/plugin"));
  std::filesystem::create_symlink("../open/plugin", dir_.Path("bin/link"));
  EXPECT_EQ(Why("link"), "");
  chmod(dir_.Path("open").c_str(), 01777);
  EXPECT_EQ(Why(dir_.Path("open/plugin")), "anybody can write the folder " + dir_.Path("open"));
  EXPECT_EQ(Why("link"), "anybody can write the folder " + dir_.Path("open"))
      << "each link of a chain counts";
}

TEST_F(TrustedPathTest, ALinkToAFolderCounts) {
  Program("real/bin/plugin");
  std::filesystem::create_directories(dir_.Path("open"));
  std::filesystem::create_symlink(dir_.Path("real"), dir_.Path("open/link"));
  chmod(dir_.Path("open").c_str(), 0777);
  EXPECT_EQ(Why(dir_.Path("open/link/bin/plugin")), "anybody can write the folder " + dir_.Path("open"));
  chmod(dir_.Path("open").c_str(), 01777);
  EXPECT_EQ(Why(dir_.Path("open/link/bin/plugin")), "") << "others cannot replace the link";
}

TEST_F(TrustedPathTest, ALinkBelowTheKubeconfigIsNot) {
  const std::string path = Program("bin/plugin");
  std::filesystem::create_directories(dir_.Path("kube"));
  std::filesystem::create_symlink(path, dir_.Path("kube/plugin"));
  EXPECT_EQ(Why(dir_.Path("kube/plugin")), dir_.Path("kube/plugin") + " lies below the kubeconfig's folder");
}

TEST_F(TrustedPathTest, LinksInACircleLeadNowhere) {
  std::filesystem::create_directories(dir_.Path("bin"));
  std::filesystem::create_symlink("b", dir_.Path("bin/a"));
  std::filesystem::create_symlink("a", dir_.Path("bin/b"));
  EXPECT_EQ(Why(dir_.Path("bin/a")), "");
}

TEST_F(TrustedPathTest, AFolderThatComesFirstInThePathCounts) {
  Program("bin/plugin");
  std::filesystem::create_directories(dir_.Path("open"));
  const std::string search_path =
      dir_.Path("gone") + ":relative:" + dir_.Path("open") + ":" + dir_.Path("bin");
  EXPECT_EQ(WhyNotTrusted("plugin", kubeconfig_, search_path), "");
  chmod(dir_.Path("open").c_str(), 0777);
  EXPECT_EQ(
      WhyNotTrusted("plugin", kubeconfig_, search_path),
      "PATH tries " + dir_.Path("open/plugin") + ", and anybody can write the folder " + dir_.Path("open"));
  EXPECT_EQ(WhyNotTrusted("plugin", kubeconfig_, dir_.Path("bin") + ":" + dir_.Path("open")), "")
      << "nothing behind the program is tried";
  EXPECT_NE(WhyNotTrusted("missing", kubeconfig_, search_path), "");
}

TEST_F(TrustedPathTest, AMissingProgramThatOthersCouldPutThereIsNot) {
  std::filesystem::create_directories(dir_.Path("open"));
  EXPECT_EQ(Why(dir_.Path("open/plugin")), "");
  chmod(dir_.Path("open").c_str(), 01777);
  const std::string why = "not there, and anybody can write the folder " + dir_.Path("open");
  EXPECT_EQ(Why(dir_.Path("open/plugin")), why);
  EXPECT_EQ(Why(dir_.Path("open/bin/plugin")), why) << "nor the folder";
  std::filesystem::create_directories(dir_.Path("bin"));
  std::filesystem::create_symlink(dir_.Path("open/plugin"), dir_.Path("bin/plugin"));
  EXPECT_EQ(Why("plugin"), "PATH tries " + dir_.Path("bin/plugin") + ", and anybody can write the folder " +
                               dir_.Path("open"))
      << "a link leads there";
}

}  // namespace
}  // namespace kubeconfig_writer
