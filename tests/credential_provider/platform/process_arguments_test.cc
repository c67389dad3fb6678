#include "credential_provider/platform/darwin/process_arguments.h"

#include <string>

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

// As sysctl gives it: `count`, the path with zero bytes after it up to a multiple of the word, and `strings`.
std::string Told(int count, const std::string& strings) {
  const std::string path("/bin/zsh\0\0\0\0\0\0\0\0", 16);
  return std::string(reinterpret_cast<const char*>(&count), sizeof(count)) + path + strings;
}

const std::string kArguments("sh\0-c\0kubectl get pods\0", 23);
const std::string kVariables("HOME=/Users/me\0PATH=/bin\0", 25);

TEST(ProcessArgumentsTest, AreWhatStandsBetweenThePathAndTheVariables) {
  EXPECT_EQ(ArgumentsIn(Told(3, kArguments + kVariables)), kArguments);
  EXPECT_EQ(ArgumentsIn(Told(3, kArguments)), kArguments) << "no variable is shown of a protected program";
}

TEST(ProcessArgumentsTest, AnEmptyOneCounts) {
  const std::string arguments("sh\0\0-\0", 6);
  EXPECT_EQ(ArgumentsIn(Told(3, arguments + kVariables)), arguments);
}

TEST(ProcessArgumentsTest, OfWhatIsCutOffAreNone) {
  const std::string whole = Told(3, kArguments);
  for (size_t size = 0; size < whole.size(); ++size)
    EXPECT_EQ(ArgumentsIn(whole.substr(0, size)), "") << size;
  EXPECT_EQ(ArgumentsIn(Told(-1, kArguments)), "");
  EXPECT_EQ(ArgumentsIn(Told(1000000000, kArguments)), "");
}

}  // namespace
}  // namespace credential_provider
