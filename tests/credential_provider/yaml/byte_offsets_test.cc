#include "credential_provider/yaml/byte_offsets.h"

#include <string>

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

TEST(ByteOffsetsTest, InAsciiACharacterIsAByte) {
  const ByteOffsets offsets("abc");
  EXPECT_EQ(offsets.At(2), 2u);
  EXPECT_EQ(offsets.At(9), 3u);
}

TEST(ByteOffsetsTest, EveryCharacterOfALongTextIsFound) {
  std::string text;
  std::vector<size_t> begins;
  for (int i = 0; i < 1000; ++i) {
    begins.push_back(text.size());
    text += i % 4 == 0 ? "a" : i % 4 == 1 ? "é" : i % 4 == 2 ? "中" : "😀";
  }
  const ByteOffsets offsets(text);
  for (size_t i = 0; i < begins.size(); ++i) EXPECT_EQ(offsets.At(i), begins[i]);
  EXPECT_EQ(offsets.At(1000), text.size());
  EXPECT_EQ(offsets.At(2000), text.size());
}

}  // namespace
}  // namespace credential_provider
