#include "credential_provider/text/json_text.h"

#include <string>

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

std::string Nested(int depth) {
  const auto times = static_cast<size_t>(depth);
  return std::string(times, '[') + std::string(times, ']');
}

TEST(ParseJsonTest, TakesWhatIsDeepEnoughForAnybody) {
  EXPECT_FALSE(ParseJson(Nested(kMaxJsonDepth)).is_discarded());
  EXPECT_TRUE(ParseJson(Nested(kMaxJsonDepth + 1)).is_discarded());
  EXPECT_TRUE(ParseJson(Nested(200000)).is_discarded());
}

TEST(ParseJsonTest, CountsNoBracketsWithinText) {
  const std::string brackets(size_t{2} * kMaxJsonDepth, '{');
  EXPECT_EQ(ParseJson(R"({"a":"\")" + brackets + R"("})").at("a"), "\"" + brackets);
  EXPECT_TRUE(IsTooDeep(R"(["\\",)" + brackets));
}

}  // namespace
}  // namespace credential_provider
