#include "credential_provider/sources/aliyun/edited_profile.h"

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

std::string Edited(const std::string& text, const ProfileFields& fields, const char* name = "p") {
  const absl::StatusOr<std::string> edited = WithProfileFields(text, name, fields);
  return edited.ok() ? *edited : std::string(edited.status().message());
}

TEST(EditedProfileTest, EveryOtherByteStays) {
  const std::string text =
      "\xEF\xBB\xBF \n{ \"current\":\"q\",\"odd\" : [1e3, 0.10,\"\\u003c\\\"}]\"],\n\t\"profiles\": "
      "[ 7, {\"name\":\"q\",\"token\":\"old\"} ,\n{\"name\"  :\"\\u0070\" , \"token\":\"old\",  \"n\": "
      "1.50E+2}\n"
      "], \"z\": {}}  \n\n";
  std::string expected = text;
  expected.replace(expected.rfind("\"old\""), 5, "\"new\"");
  EXPECT_EQ(Edited(text, {{"token", "new"}}), expected);
}

TEST(EditedProfileTest, ANewFieldIsSpacedAsTheLastOneIs) {
  EXPECT_EQ(
      Edited("{\n  \"profiles\": [\n    {\n      \"name\": \"p\",\n      \"a\": 1\n    }\n  ]\n}",
             {{"b", 2}, {"c", "x"}}),
      "{\n  \"profiles\": [\n    {\n      \"name\": \"p\",\n      \"a\": 1,\n      \"b\": 2,\n      \"c\": "
      "\"x\"\n    }\n  ]\n}");
  EXPECT_EQ(Edited(R"({"profiles":[{"name":"p"}]})", {{"b", 2}}), R"({"profiles":[{"name":"p","b":2}]})");
}

TEST(EditedProfileTest, AFieldIsTakenOutWithItsComma) {
  EXPECT_EQ(Edited(R"({"profiles":[{"a":1, "name":"p", "b":2}]})", {{"a", nullptr}}),
            R"({"profiles":[{"name":"p", "b":2}]})");
  EXPECT_EQ(Edited(R"({"profiles":[{"a":1, "name":"p", "b":2}]})", {{"b", nullptr}}),
            R"({"profiles":[{"a":1, "name":"p"}]})");
  EXPECT_EQ(Edited(R"({"profiles":[{"name":"p","b":2,"b":3}]})", {{"b", nullptr}, {"c", nullptr}}),
            R"({"profiles":[{"name":"p"}]})");
}

TEST(EditedProfileTest, OfTwoOfOneNameTheLastCounts) {
  EXPECT_EQ(Edited(R"({"profiles":[],"profiles":[{"name":"q","name":"p","b":2,"b":3}]})", {{"b", 4}}),
            R"({"profiles":[],"profiles":[{"name":"q","name":"p","b":2,"b":4}]})");
}

TEST(EditedProfileTest, WhatCannotBeEditedIsSaid) {
  EXPECT_EQ(Edited("{", {{"b", 4}}), "not a JSON object");
  EXPECT_EQ(Edited("[]", {{"b", 4}}), "not a JSON object");
  for (const char* text : {"{}", R"({"profiles":{}})", R"({"profiles":[{}, {"name":"q"}, {"name":7}, []]})"})
    EXPECT_EQ(Edited(text, {{"b", 4}}), "no such profile");
}

}  // namespace
}  // namespace credential_provider
