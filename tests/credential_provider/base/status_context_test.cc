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

TEST(PrintableTest, CutsLongText) { EXPECT_EQ(Printable("abcdef", 3), "abc..."); }

}  // namespace
}  // namespace credential_provider
