#include "tests/testing/case_file.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace credential_provider {
namespace {

const CaseForm kForm = {{"args", true}, {"env"}, {"home/"}, {"stdout"}};

std::string ErrorOf(absl::string_view text) {
  return std::string(CaseFile::Parse(text, kForm).status().message());
}

TEST(CaseFileTest, ASectionIsItsTextToTheByte) {
  const auto read = CaseFile::Parse(
      "-- args --\nx\n"
      "-- home/.kube/config --\na: 1\r\n\n-- name: x\n"
      "-- home/empty --\n"
      "-- home/token (no newline at its end) --\nabc\n"
      "-- home/two --\n\n"
      "-- stdout --\n \n",
      kForm);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->Text("args"), "x\n");
  EXPECT_EQ(read->Text("env"), "");
  EXPECT_EQ(read->Text("stdout"), " \n");
  EXPECT_THAT(read->Files("home/"),
              testing::ElementsAre(testing::Pair(".kube/config", "a: 1\r\n\n-- name: x\n"),
                                   testing::Pair("empty", ""), testing::Pair("token", "abc"),
                                   testing::Pair("two", "\n")));
}

TEST(CaseFileTest, WhatItDoesNotKnowIsAnError) {
  EXPECT_EQ(ErrorOf("-- args --\nx\n-- stdErr --\ny\n"), "unknown section: stdErr");
  EXPECT_EQ(ErrorOf("-- args --\nx\n-- Stdout --\n"), "unknown section: Stdout");
  EXPECT_EQ(ErrorOf("-- args --\nx\n-- stdout  --\n"), "unknown section: stdout ");
  EXPECT_EQ(ErrorOf("-- args --\nx\n-- stdout (no newline) --\ny\n"), "unknown section: stdout (no newline)");
  EXPECT_EQ(ErrorOf("-- args --\nx\n-- homes/a --\n"), "unknown section: homes/a");
  EXPECT_EQ(ErrorOf("-- args --\nx\n-- home/ --\n"), "unknown section: home/");
  EXPECT_EQ(ErrorOf("-- args --\nx\n--  --\n"), "unknown section: ");
}

TEST(CaseFileTest, WhatIsThereTwiceOrMissingIsAnError) {
  EXPECT_EQ(ErrorOf("-- args --\nx\n-- stdout --\n-- args --\nx\n"), "section twice: args");
  EXPECT_EQ(ErrorOf("-- args --\nx\n-- home/a --\n-- home/a --\n"), "section twice: home/a");
  EXPECT_EQ(ErrorOf("-- args --\nx\n-- home/a --\n-- home/a (no newline at its end) --\ny\n"),
            "section twice: home/a (no newline at its end)");
  EXPECT_EQ(ErrorOf("-- stdout --\nx\n"), "missing section: args");
}

TEST(CaseFileTest, TextOutsideOfSectionsIsAnError) {
  EXPECT_EQ(ErrorOf(""), "no newline at the end of the file");
  EXPECT_EQ(ErrorOf("-- args --\nx"), "no newline at the end of the file");
  EXPECT_EQ(ErrorOf("x\n-- args --\nx\n"), "text before the first section");
  for (const std::string lines : {"", "\n", "y\n\n"}) {
    EXPECT_EQ(ErrorOf("-- args --\nx\n-- stdout (no newline at its end) --\n" + lines),
              "section without a last line: stdout (no newline at its end)");
  }
}

TEST(CaseFileTest, AnotherOrderIsAnError) {
  EXPECT_EQ(ErrorOf("-- stdout --\no\n-- args --\nx\n"), "sections out of order: args, env, home/, stdout");
  EXPECT_EQ(ErrorOf("-- args --\nx\n-- home/b --\n-- home/a --\n"),
            "sections out of order: args, env, home/, stdout");
}

TEST(CaseFileTest, AnotherFileIsAnError) {
  EXPECT_EQ(CaseFile::Read("some/folder/args", kForm).status().message(),
            "not the file of a case: NAME.case");
  EXPECT_EQ(CaseFile::Read("no/such.case", kForm).status().message(), "no newline at the end of the file");
}

TEST(CaseFileTest, WhatIsSetIsWrittenInItsPlace) {
  auto read = CaseFile::Parse("-- args --\nx\n-- home/b --\n-- stdout --\no\n", kForm);
  ASSERT_TRUE(read.ok()) << read.status();
  read->SetText("stdout", "");
  read->SetText("env", "A=b");
  EXPECT_EQ(read->Format(kForm), "-- args --\nx\n-- env (no newline at its end) --\nA=b\n-- home/b --\n");
}

TEST(CaseFileTest, NamesAndValuesTakeEachOthersPlace) {
  const CaseValues values = {{"{a}", "127.0.0.1:4000"}, {"{b}", "127.0.0.1:40001"}};
  EXPECT_EQ(Fill("{a} {b} {c}", values), "127.0.0.1:4000 127.0.0.1:40001 {c}");
  EXPECT_EQ(Abstract("127.0.0.1:40001 127.0.0.1:4000", values), "{b} {a}") << "the longer value wins";
}

TEST(CaseFileTest, LinesAreSplitAtNewlinesAlone) {
  EXPECT_THAT(Lines(""), testing::ElementsAre());
  EXPECT_THAT(Lines("a\n\n b\r\n"), testing::ElementsAre("a", "", " b\r"));
  EXPECT_THAT(Lines("a\nb"), testing::ElementsAre("a", "b"));
}

}  // namespace
}  // namespace credential_provider
