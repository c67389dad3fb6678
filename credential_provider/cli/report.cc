#include "credential_provider/cli/report.h"

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"

namespace credential_provider {

std::string FormatReport(absl::string_view program, Severity severity, const absl::Status& status) {
  constexpr size_t kLongestLine = 1000;
  const char* const word = severity == Severity::kError ? "error" : "warning";
  const std::string hint = HintOf(status);
  std::string report =
      absl::StrCat(program, ": ", word, ": ", Printable(status.message(), kLongestLine), "\n");
  if (!hint.empty()) absl::StrAppend(&report, program, ": hint: ", Printable(hint, kLongestLine), "\n");
  return report;
}

}  // namespace credential_provider
