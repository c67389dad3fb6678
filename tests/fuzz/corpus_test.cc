// Runs one fuzz target over testdata/fuzz/<target>, without a fuzzer: the seeds, and what once broke it.
#include <string>

#include "gtest/gtest.h"
#include "tests/fuzz/input.h"
#include "tests/testing/runfiles.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

class CorpusTest : public testing::Test {
 public:  // TEST makes this one private; here an object is made by hand
  explicit CorpusTest(std::string file) : file_(std::move(file)) {}

  // A promise that does not hold ends the process: see require.h.
  void TestBody() override {  // NOLINT(misc-override-with-different-visibility)
    const std::string bytes = Slurp(file_);
    EXPECT_EQ(LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()), 0);
  }

 private:
  const std::string file_;
};

}  // namespace
}  // namespace credential_provider

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  if (argc != 2) return 2;
  for (const std::string& file : credential_provider::FilesIn(std::string("testdata/fuzz/") + argv[1])) {
    const std::string name = credential_provider::TestName(file);
    testing::RegisterTest(argv[1], name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [file] { return new credential_provider::CorpusTest(file); });
  }
  return RUN_ALL_TESTS();
}
