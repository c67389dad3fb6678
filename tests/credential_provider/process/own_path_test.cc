#include "credential_provider/process/own_path.h"

#include <unistd.h>

#include <filesystem>

#include "gtest/gtest.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

TEST(OwnPathTest, APathBecomesAbsoluteAndKeepsItsLinks) {
  const TempDir folder;
  const std::string home = std::filesystem::canonical(folder.path());
  std::filesystem::create_directories(home + "/0.1.0/bin");
  std::filesystem::create_symlink("0.1.0", home + "/current");
  ASSERT_EQ(chdir(home.c_str()), 0);
  EXPECT_EQ(AbsolutePath("current/bin/a"), home + "/current/bin/a");
  EXPECT_EQ(AbsolutePath("./current//bin/./a"), home + "/current/bin/a");
  EXPECT_EQ(AbsolutePath("a"), home + "/a");
  EXPECT_EQ(AbsolutePath("/usr/bin/a"), "/usr/bin/a");
}

// "..", after a link, is above where the link leads.
TEST(OwnPathTest, UpwardsItGoesAsTheKernelDoes) {
  const TempDir folder;
  const std::string home = std::filesystem::canonical(folder.path());
  std::filesystem::create_directories(home + "/deep/0.1.0/bin");
  std::filesystem::create_symlink("deep/0.1.0", home + "/current");
  EXPECT_EQ(AbsolutePath(home + "/current/../a"), home + "/deep/a");
  EXPECT_EQ(AbsolutePath(home + "/current/.."), home + "/deep");
  EXPECT_EQ(AbsolutePath(home + "/missing/../a"), home + "/a");
  EXPECT_EQ(AbsolutePath(home + "/current/bin/../../b/a"), home + "/deep/b/a");
}

TEST(OwnPathTest, AProgramKnowsItsFile) {
  EXPECT_EQ(OwnFile(), std::filesystem::canonical("/proc/self/exe"));
  EXPECT_EQ(Resolved(PathAsStarted()), OwnFile());
}

}  // namespace
}  // namespace credential_provider
