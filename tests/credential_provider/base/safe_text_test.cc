#include "credential_provider/base/safe_text.h"

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace credential_provider {
namespace {

TEST(SafeTextTest, WhatATerminalObeysOrHidesIsUnsafe) {
  // NOLINTBEGIN(misc-misleading-bidirectional): what is tested
  for (const char* text :
       {"\x01", "\x1b", "\x7f", "\u0085", "\u009B", "\u061C", "\u200B", "\u200D", "\u200E", "\u200F",
        "\u2028", "\u202A", "\u202E", "\u2060", "\u2066", "\u2069", "\uFEFF", "\U000E0041"})
    // NOLINTEND(misc-misleading-bidirectional)
    EXPECT_TRUE(IsUnsafe(text)) << text;
  for (const char* text :
       {"a", " ", "\u00A0", "\u00E9", "\u200A", "\u2010", "\u2027", "\u202F", "\u4E2D", "\U0001F600"})
    EXPECT_FALSE(IsUnsafe(text)) << text;
}

TEST(SafeTextTest, LinesKeepTheirTabsAndEnds) {
  EXPECT_EQ(SafeLines("a:\tb\r\nc\rd\x1b[2J\u202E\xff\n"), "a:\tb\r\nc?d?[2J??\n");
}

TEST(SafeTextTest, JsonKeepsItsValue) {
  const nlohmann::json value = {{"name", "a\u202E\u009B\x7F\U000E0041\u4E2D\n"}};
  const std::string safe = SafeJson(value.dump(1));
  EXPECT_EQ(safe, "{\n \"name\": \"a\\u202e\\u009b\\u007f\\udb40\\udc41\u4E2D\\n\"\n}");
  EXPECT_EQ(nlohmann::json::parse(safe), value);
}

}  // namespace
}  // namespace credential_provider
