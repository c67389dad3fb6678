#include "credential_provider/language/in_language.h"

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

TEST(LanguageTest, TheFirstVariableThatIsNotEmptyDecides) {
  EXPECT_EQ(LanguageFor("", "", ""), Language::kEnglish);
  EXPECT_EQ(LanguageFor("", "", "zh_CN.UTF-8"), Language::kChinese);
  EXPECT_EQ(LanguageFor("", "en_US.UTF-8", "zh_CN.UTF-8"), Language::kEnglish);
  EXPECT_EQ(LanguageFor("", "zh_CN.UTF-8", "en_US.UTF-8"), Language::kChinese);
  EXPECT_EQ(LanguageFor("C", "zh_CN.UTF-8", "zh_CN.UTF-8"), Language::kEnglish);
}

TEST(LanguageTest, SimplifiedChineseHasSeveralNames) {
  for (const char* const locale : {"zh_CN", "zh_CN.utf8", "zh_CN.UTF-8@pinyin", "zh_SG.UTF-8", "zh"})
    EXPECT_EQ(LanguageFor(locale, "", ""), Language::kChinese) << locale;
}

TEST(LanguageTest, WhatATerminalCouldNotShowIsEnglish) {
  for (const char* const locale : {"zh_CN.GB18030", "zh_CN.gbk", "zh_TW.UTF-8", "zh_HK", "C.UTF-8", "POSIX"})
    EXPECT_EQ(LanguageFor(locale, "", ""), Language::kEnglish) << locale;
}

}  // namespace
}  // namespace credential_provider
