// A folder for one test, removed when the object ends.
#ifndef CREDENTIAL_PROVIDER_TESTS_TESTING_TEMP_DIR_H_
#define CREDENTIAL_PROVIDER_TESTS_TESTING_TEMP_DIR_H_

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace credential_provider {

class TempDir {
 public:
  TempDir() {
    const char* const base = std::getenv("TEST_TMPDIR");
    path_ = std::string(base == nullptr ? "/tmp" : base) + "/t.XXXXXX";
    if (mkdtemp(&path_[0]) == nullptr) std::abort();
  }
  ~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  const std::string& path() const { return path_; }
  std::string Path(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

// Returns the bytes of the file at `path`, "" when there is none.
inline std::string Slurp(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

inline void Spill(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_TESTING_TEMP_DIR_H_
