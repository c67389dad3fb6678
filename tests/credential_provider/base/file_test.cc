#include "credential_provider/base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "gtest/gtest.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

TEST(ReplaceFileTest, ReplacesContentAndSetsTheMode) {
  TempDir dir;
  Spill(dir.Path("f"), "old");
  ASSERT_TRUE(ReplaceFile(dir.Path("f"), "new", 0640).ok());
  EXPECT_EQ(Slurp(dir.Path("f")), "new");
  struct stat info = {};
  stat(dir.Path("f").c_str(), &info);
  EXPECT_EQ(info.st_mode & 0777, 0640u);
}

TEST(ReplaceFileTest, LeavesNothingBehindWhenItFails) {
  TempDir dir;
  std::filesystem::create_directories(dir.Path("f/full"));  // a rename over it fails
  EXPECT_FALSE(ReplaceFile(dir.Path("f"), "new", 0600).ok());
  EXPECT_EQ(
      std::distance(std::filesystem::directory_iterator(dir.path()), std::filesystem::directory_iterator()),
      1);
}

TEST(ReadFileTest, TooLargeIsAnError) {
  TempDir dir;
  Spill(dir.Path("f"), "12345");
  EXPECT_EQ(*ReadFile(dir.Path("f"), 5), "12345");
  EXPECT_EQ(ReadFile(dir.Path("f"), 4).status().message(), dir.Path("f") + ": larger than 4 bytes");
}

TEST(ReadFileTest, MissingIsNotFound) {
  EXPECT_TRUE(absl::IsNotFound(ReadFile("/nonexistent/f", 10).status()));
}

TEST(ReadFileTest, WaitsForWhoWritesIntoAPipe) {
  TempDir dir;
  ASSERT_EQ(mkfifo(dir.Path("pipe").c_str(), 0600), 0);
  std::thread writer([&dir] {
    const FileDescriptor pipe(open(dir.Path("pipe").c_str(), O_WRONLY));  // until there is a reader
    EXPECT_TRUE(WriteAll(pipe.get(), "one ", "").ok());
    usleep(50000);
    EXPECT_TRUE(WriteAll(pipe.get(), "two", "").ok());
  });
  EXPECT_EQ(ReadFile(dir.Path("pipe"), 100).value_or("failed"), "one two");
  writer.join();
}

TEST(MakeDirectoriesTest, MakesWhatIsMissingWithTheMode) {
  TempDir dir;
  ASSERT_TRUE(MakeDirectories(dir.Path("a/b/c"), 0700).ok());
  struct stat info = {};
  stat(dir.Path("a").c_str(), &info);
  EXPECT_EQ(info.st_mode & 0777, 0700u);
  EXPECT_TRUE(MakeDirectories(dir.Path("a/b/c"), 0700).ok());
}

TEST(DirectoryOfTest, IsTheFolderPart) {
  EXPECT_EQ(DirectoryOf("/a/b"), "/a");
  EXPECT_EQ(DirectoryOf("b"), ".");
  EXPECT_EQ(DirectoryOf("/b"), "/");
}

}  // namespace
}  // namespace credential_provider
