#include "credential_provider/cli/report.h"

#include "credential_provider/base/status_context.h"
#include "credential_provider/base/status_reasons.h"
#include "gtest/gtest.h"

namespace credential_provider {
namespace {

const absl::Status kFailure =
    WithHint(absl::NotFoundError("context prod: not in the kubeconfig"),
             "did you mean dev? `kubectl config get-contexts` shows those that are there");

TEST(FormatReportTest, APipeGetsALineForEach) {
  EXPECT_EQ(FormatReport("program", Severity::kError, kFailure, {}),
            "program: error: context prod: not in the kubeconfig\n"
            "program: hint: did you mean dev? `kubectl config get-contexts` shows those that are there\n");
  EXPECT_EQ(FormatReport("program", Severity::kWarning, absl::UnknownError("a\nb"), {}),
            "program: warning: a b\n");
}

TEST(FormatReportTest, ATerminalGetsThemFoldedWithCommandsWhole) {
  EXPECT_EQ(FormatReport("program", Severity::kError, kFailure, {40, false}),
            "program: error: context prod: not in the\n"
            "  kubeconfig\n"
            "program: hint: did you mean dev?\n"
            "  `kubectl config get-contexts` shows\n"
            "  those that are there\n");
}

TEST(FormatReportTest, ReasonsAreAListAtATerminalAndASentenceInAPipe) {
  const absl::Status failure = WithContext(
      WithHint(WithReasons(absl::UnauthenticatedError("nobody"), {"one: is not set", "two: is not there"}),
               "sign in"),
      "who");
  EXPECT_EQ(FormatReport("program", Severity::kError, failure, {}),
            "program: error: who: nobody (one: is not set; two: is not there)\nprogram: hint: sign in\n");
  EXPECT_EQ(FormatReport("program", Severity::kError, failure, {20, false}),
            "program: error: who:\n  nobody:\n"
            "  - one: is not set\n"
            "  - two: is not\n    there\n"
            "program: hint: sign\n  in\n");
}

TEST(FormatReportTest, OnlyWhatKindOfLineItIsHasAColour) {
  EXPECT_EQ(
      FormatReport("program", Severity::kError, kFailure, {absl::nullopt, true}),
      "program: \033[31merror:\033[0m context prod: not in the kubeconfig\n"
      "program: \033[1mhint:\033[0m did you mean dev? `kubectl config get-contexts` shows those that are "
      "there\n");
  EXPECT_EQ(FormatReport("program", Severity::kWarning, absl::UnknownError("x"), {20, true}),
            "program: \033[33mwarning:\033[0m x\n");
}

}  // namespace
}  // namespace credential_provider
