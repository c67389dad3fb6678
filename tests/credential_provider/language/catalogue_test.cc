#include "credential_provider/language/catalogue.h"

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

}  // namespace
}  // namespace credential_provider
