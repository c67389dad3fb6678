#include "credential_provider/language/catalogue.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "credential_provider/language/zh_cn.h"
#include "credential_provider/text/shell_words.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace credential_provider {
namespace {

constexpr char kText[] = R"(
# a note
cluster %1
集群 %1

cluster %1: several have this name: %2
集群 %1：有 %2 个同名

not found
未找到

no answer from %1 within %2
%2 内没有收到 %1 的应答

stopped: %1
已停止：%1

user %1: in %2
%2 中的用户 %1

`%1` tests it
`%1` 可测试它

profile "%1": %2
配置 "%1"：%2
)";

std::string Translated(absl::string_view english) { return Catalogue(kText).Translate(english); }

TEST(CatalogueTest, AMessageIsFoundByItsEnglish) {
  EXPECT_EQ(Translated("not found"), "未找到");
  EXPECT_EQ(Translated("not founded"), "not founded");
  EXPECT_EQ(Translated(""), "");
}

TEST(CatalogueTest, WhatDiffersIsPutInItsPlace) {
  EXPECT_EQ(Translated("no answer from sts within 5s"), "5s 内没有收到 sts 的应答");
  EXPECT_EQ(Translated("no answer from  within 5s"), "no answer from  within 5s") << "a place is never empty";
}

TEST(CatalogueTest, TheEntryThatSaysMostIsTaken) {
  EXPECT_EQ(Translated("cluster dev: several have this name: 2"), "集群 dev：有 2 个同名");
  EXPECT_EQ(Translated("cluster dev"), "集群 dev");
}

TEST(CatalogueTest, ASubjectIsTranslatedByItself) {
  EXPECT_EQ(Translated("cluster dev: not found"), "集群 dev：未找到");
  EXPECT_EQ(Translated("/etc/x: cluster dev: not found"), "/etc/x：集群 dev：未找到");
  EXPECT_EQ(Translated("/etc/x: something else"), "/etc/x: something else");
  EXPECT_EQ(Translated("/etc/x: stopped: not found: not found"), "/etc/x：已停止：未找到：未找到");
}

TEST(CatalogueTest, SentencesAreTranslatedOneByOne) {
  EXPECT_EQ(Translated("not found; cluster dev"), "未找到；集群 dev");
  EXPECT_EQ(Translated("not found; who knows"), "未找到；who knows");
}

TEST(CatalogueTest, AMessageInAPlaceIsTranslatedAndANameIsNot) {
  EXPECT_EQ(Translated("stopped: not found"), "已停止：未找到");
  EXPECT_EQ(Catalogue("dev\n开发\n\nin %1\n在 %1 中\n").Translate("in dev"), "在 dev 中");
}

TEST(CatalogueTest, ACommandIsToBePastedAndStaysAsItIs) {
  EXPECT_EQ(Translated("`verify 'user x: in 5'` tests it"), "`verify 'user x: in 5'` 可测试它");
  EXPECT_EQ(Translated("cluster dev: `verify 'a: not found; not found'`"),
            "集群 dev: `verify 'a: not found; not found'`");
  EXPECT_EQ(Translated("run `a` tests it` tests it"), "run `a` tests it` tests it")
      << "none has an end there";
  EXPECT_EQ(Translated("`verify 'it'\\''s ` tests it'` tests it"), "`verify 'it'\\''s ` tests it'` 可测试它");
  EXPECT_EQ(Translated("`verify $'\\'` tests it'` tests it"), "`verify $'\\'` tests it'` 可测试它");
}

TEST(CatalogueTest, AShellsWordStaysAsItIsWithoutBackticksToo) {
  EXPECT_EQ(Translated("stopped: rm -f 'a: not found'"), "已停止：rm -f 'a: not found'");
  EXPECT_EQ(Translated("stopped: rm -f 'it'\\''s: not found'; not found"),
            "已停止：rm -f 'it'\\''s: not found'；未找到");
  EXPECT_EQ(Translated("stopped: the user's: not found"), "已停止：the user's：未找到");
  EXPECT_EQ(Translated("stopped: rm -f 'a` b: not found'"), "已停止：rm -f 'a` b: not found'");
}

TEST(CatalogueTest, ANameInQuotesStaysAsItIs) {
  EXPECT_EQ(Translated("profile \"user x: in 5\": not found"), "配置 \"user x: in 5\"：未找到");
  EXPECT_EQ(Translated("not found; \"x; not found\""), "未找到；\"x; not found\"");
  EXPECT_EQ(Translated("not found; a \" `b \"; not found`"), "未找到；a \" `b \"; not found`");
}

// What has no end may be of a name, and then the commands are where they do not seem to be.
TEST(CatalogueTest, FromABacktickWithoutAnotherOnNothingIsTranslated) {
  EXPECT_EQ(Translated("not found; a`b; not found"), "未找到；a`b; not found");
  EXPECT_EQ(Translated("stopped: a`b; `verify 'a`b: not found'`"), "已停止：a`b; `verify 'a`b: not found'`");
}

// An entry's English with names in its places, and what of it may not be another text in Chinese.
struct Filled {
  std::string english;
  std::vector<std::string> quoted;
};

Filled Fill(const Catalogue::Entry& entry, const std::string& in_prose, const std::string& in_quotes) {
  Filled filled;
  char quote = '\0';
  std::string word;
  const auto take = [&](absl::string_view text) {
    for (const char c : text) {
      filled.english.push_back(c);
      if (quote == '\0' && (c == '`' || c == '"')) {
        quote = c;
      } else if (c == quote) {
        filled.quoted.push_back(std::exchange(word, ""));
        quote = '\0';
      } else if (quote != '\0') {
        word.push_back(c);
      }
    }
  };
  take(entry.literals[0]);
  for (size_t i = 0; i < entry.places.size(); ++i) {
    const std::string name = quote == '`' ? ShellWord(in_quotes) : quote == '"' ? in_quotes : in_prose;
    filled.english += name;
    if (quote != '\0') word += name;
    take(entry.literals[i + 1]);
  }
  return filled;
}

TEST(CatalogueTest, EveryCommandAndQuotedNameIsTheSameInChinese) {
  const Catalogue catalogue(kZhCn);
  size_t quoted = 0;
  for (const std::string name : {"a: role $(id) of 1", "user x: in 5", "not found; empty", "a` or `b",
                                 "it's `x: not found", "x` of 1"}) {
    const std::string prose = name.find('`') == std::string::npos ? name : "in 5";
    for (const Catalogue::Entry& entry : catalogue.entries()) {
      const Filled filled = Fill(entry, prose, name);
      const std::string chinese = catalogue.Translate(filled.english);
      for (const std::string& part : filled.quoted) {
        EXPECT_THAT(chinese, testing::HasSubstr(part)) << filled.english;
        ++quoted;
      }
    }
  }
  EXPECT_GT(quoted, 1000u);
}

}  // namespace
}  // namespace credential_provider
