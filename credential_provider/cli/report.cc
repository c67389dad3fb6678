#include "credential_provider/cli/report.h"

#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/base/terminal.h"
#include "credential_provider/base/typed_name.h"
#include "credential_provider/text/display_width.h"
#include "credential_provider/text/fold_text.h"

namespace credential_provider {
namespace {

constexpr size_t kLongestLine = 1000;

// "PROGRAM: WORD: TEXT"
std::string Line(absl::string_view program, absl::string_view word, Colour colour, absl::string_view text,
                 const ReportReader& reader) {
  constexpr size_t kIndent = 2;
  const std::string plain = absl::StrCat(program, ": ", word, ": ");
  const std::string begin = reader.shows_colour
                                ? absl::StrCat(program, ": ", Coloured(absl::StrCat(word, ":"), colour), " ")
                                : plain;
  const std::string shown = Printable(AsTyped(text), kLongestLine);
  if (!reader.columns.has_value()) return absl::StrCat(begin, shown, "\n");
  return absl::StrCat(begin, Fold(shown, {*reader.columns, DisplayWidth(plain), kIndent}), "\n");
}

}  // namespace

std::string FormatReport(absl::string_view program, Severity severity, const absl::Status& status,
                         const ReportReader& reader) {
  const absl::string_view name = TypedName(program);
  const std::string hint = HintOf(status);
  const std::string what = severity == Severity::kError
                               ? Line(name, "error", Colour::kRed, status.message(), reader)
                               : Line(name, "warning", Colour::kYellow, status.message(), reader);
  return hint.empty() ? what : absl::StrCat(what, Line(name, "hint", Colour::kBold, hint, reader));
}

void Report(absl::string_view program, Severity severity, const absl::Status& status) {
  const ReportReader reader = {TerminalColumns(STDERR_FILENO), ShowsColour(STDERR_FILENO)};
  WriteAll(STDERR_FILENO, FormatReport(program, severity, status, reader), "stderr").IgnoreError();
}

}  // namespace credential_provider
