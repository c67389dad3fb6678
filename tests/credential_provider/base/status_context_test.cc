#include "credential_provider/base/status_context.h"

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

TEST(WithContextTest, PutsTheSubjectInFrontAndKeepsCodeAndHint) {
  const absl::Status status = WithContext(WithHint(absl::NotFoundError("gone"), "look elsewhere"), "file f");
  EXPECT_EQ(status, WithHint(absl::NotFoundError("file f: gone"), "look elsewhere"));
  EXPECT_EQ(HintOf(status), "look elsewhere");
}

TEST(WithHintTest, TheHintNearestToTheCauseStays) {
  EXPECT_EQ(HintOf(WithHint(WithHint(absl::InternalError("x"), "first"), "second")), "first");
}

TEST(WithHintTest, SuccessStaysSuccess) {
  EXPECT_TRUE(WithHint(absl::OkStatus(), "hint").ok());
  EXPECT_TRUE(WithContext(absl::OkStatus(), "subject").ok());
}

TEST(PrintableTest, KeepsUtf8AndDropsWhatATerminalWouldObey) {
  EXPECT_EQ(Printable("h\xc3\xa9\x1b]0;x\x07 \xe4\xb8\xad \xff\xc2\x9b z"),
            "h\xc3\xa9?]0;x? \xe4\xb8\xad ?? z");
}

TEST(PrintableTest, WhatOnlyALaxReaderTakesForUtf8IsNotPassedOn) {
  EXPECT_EQ(Printable("\xe0\x82\x9b"), "???");       // U+009B, longer than needed: a terminal's CSI
  EXPECT_EQ(Printable("\xf0\x80\x80\x9b"), "????");  // the same, longer still
  EXPECT_EQ(Printable("\xed\xa0\x80"), "???");       // half of a surrogate pair
  EXPECT_EQ(Printable("\xf4\x90\x80\x80"), "????");  // beyond U+10FFFF
  EXPECT_EQ(Printable("\xed\x9f\xbf\xf4\x8f\xbf\xbf"), "\xed\x9f\xbf\xf4\x8f\xbf\xbf");
}

TEST(PrintableTest, WhatCannotBeSeenOrTurnsTheOrderAroundIsDropped) {
  // NOLINTNEXTLINE(misc-misleading-bidirectional): what is tested
  EXPECT_EQ(Printable("a\u202Eb\u2066c\u2069d\u200Be\u200Ff\uFEFFg\u0085h\u009Bi"), "a?b?c?d?e?f?g?h?i");
}

TEST(PrintableTest, CutsLongText) { EXPECT_EQ(Printable("abcdef", 3), "abc..."); }

}  // namespace
}  // namespace credential_provider
