// Finds what a test depends on: built programs and test data.
#ifndef CREDENTIAL_PROVIDER_TESTS_TESTING_RUNFILES_H_
#define CREDENTIAL_PROVIDER_TESTS_TESTING_RUNFILES_H_

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <string>
#include <vector>

namespace credential_provider {

// Returns the absolute path of `path`, relative to the project's root, among the files of this test: Bazel
// starts it in the folder that mirrors the root.
inline std::string Runfile(const std::string& path) {
  return (std::filesystem::current_path() / path).string();
}

// Returns the paths of the files, or folders, in the folder `path`, sorted.
inline std::vector<std::string> FilesIn(const std::string& path) {
  std::vector<std::string> files;
  for (const auto& file : std::filesystem::directory_iterator(Runfile(path)))
    files.push_back(file.path().string());
  std::sort(files.begin(), files.end());
  return files;
}

// Returns the paths of all files below the folder `path`, sorted.
inline std::vector<std::string> FilesBelow(const std::string& path) {
  std::vector<std::string> files;
  for (const auto& file : std::filesystem::recursive_directory_iterator(Runfile(path))) {
    if (!file.is_directory()) files.push_back(file.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// Returns the last part of `path`, without its extension, with only letters, digits and '_': a test's name.
inline std::string TestName(const std::string& path) {
  std::string name = std::filesystem::path(path).stem().string();
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_TESTING_RUNFILES_H_
