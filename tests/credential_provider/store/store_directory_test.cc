#include "credential_provider/store/store_directory.h"

#include <sys/stat.h>

#include <filesystem>
#include <initializer_list>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

namespace fs = std::filesystem;
using testing::MatchesRegex;

std::string JobFolder(const std::vector<std::string>& variables) {
  std::vector<const char*> entries;
  for (const std::string& variable : variables) entries.push_back(variable.c_str());
  entries.push_back(nullptr);
  return JobStoreDirectory(Environment(entries.data())).value_or("none");
}

std::string GitLabJob(const std::string& id, const std::string& token) {
  return JobFolder({"CI=true", "CI_PROJECT_DIR=/b/p", "CI_JOB_ID=" + id, "CI_JOB_TOKEN=" + token});
}

TEST(JobFolderTest, OfGitHubIsInTheFolderThatItsRunnerEmpties) {
  EXPECT_EQ(JobFolder({"CI=true", "RUNNER_TEMP=/r"}), "/r/credential_provider");
}

TEST(JobFolderTest, OfGitLabIsOfOneJobAndItsToken) {
  EXPECT_THAT(GitLabJob("1", "glcbt-a"), MatchesRegex("/b/p.tmp/credential_provider/job-[0-9a-f]{32}"));
  EXPECT_EQ(GitLabJob("1", "glcbt-a"), GitLabJob("1", "glcbt-a"));
  EXPECT_NE(GitLabJob("2", "glcbt-a"), GitLabJob("1", "glcbt-a"));
  EXPECT_NE(GitLabJob("1", "glcbt-b"), GitLabJob("1", "glcbt-a"));
}

TEST(JobFolderTest, IsNoneWithoutWhatBindsItToTheJob) {
  EXPECT_EQ(JobFolder({"CI=true"}), "none");
  EXPECT_EQ(JobFolder({"CI=true", "CI_PROJECT_DIR=/b/p"}), "none");
  EXPECT_EQ(JobFolder({"CI=true", "CI_PROJECT_DIR=/b/p", "CI_JOB_ID=1"}), "none");
  EXPECT_EQ(JobFolder({"CI_PROJECT_DIR=/b/p", "CI_JOB_ID=1", "CI_JOB_TOKEN=t"}), "none");
}

class EndedJobsTest : public testing::Test {
 protected:
  std::string Make(const std::string& folder, std::initializer_list<const char*> files) {
    const std::string path = dir_.Path(folder);
    fs::create_directories(path);
    chmod(path.c_str(), 0700);
    for (const char* file : files) Spill(path + "/" + file, "x");
    return path;
  }

  TempDir dir_;
  const std::string own_ = "job-" + std::string(32, '0');
  const std::string ended_ = "job-" + std::string(32, '1');
};

TEST_F(EndedJobsTest, WhatTheyHaveLeftIsRemovedAndThisOneStays) {
  const std::string own = Make(own_, {"0123456789abcdef.credential"});
  const std::string ended =
      Make(ended_, {"0123456789abcdef.credential", "0123456789abcdef.keyring", "0123456789abcdef.state",
                    "0123456789abcdef.0123456789abcdef.share"});
  Make(".", {"0123456789abcdef.credential"});  // of version 0.1.0
  RemoveEndedJobs(own);
  EXPECT_FALSE(fs::exists(ended));
  EXPECT_FALSE(fs::exists(dir_.Path("0123456789abcdef.credential")));
  EXPECT_TRUE(fs::exists(own + "/0123456789abcdef.credential"));
}

TEST_F(EndedJobsTest, WhatIsNotOursStays) {
  const std::string own = Make(own_, {});
  const std::string ended = Make(ended_, {"notes.txt"});
  const std::string other = Make("job-notes", {"0123456789abcdef.credential"});
  fs::create_directory_symlink(other, dir_.Path("job-" + std::string(32, '2')));
  RemoveEndedJobs(own);
  EXPECT_TRUE(fs::exists(ended + "/notes.txt"));
  EXPECT_TRUE(fs::exists(other + "/0123456789abcdef.credential"));
}

TEST_F(EndedJobsTest, OfAFolderThatIsNoJobsNothingIsRemoved) {
  Make(ended_, {"0123456789abcdef.credential"});
  RemoveEndedJobs(Make("credential_provider", {}));
  EXPECT_TRUE(fs::exists(dir_.Path(ended_ + "/0123456789abcdef.credential")));
}

}  // namespace
}  // namespace credential_provider
