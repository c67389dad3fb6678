#include "credential_provider/cli/report.h"

#include <unistd.h>

#include <algorithm>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/base/status_reasons.h"
#include "credential_provider/base/terminal.h"
#include "credential_provider/base/typed_name.h"
#include "credential_provider/language/in_language.h"
#include "credential_provider/text/display_width.h"
#include "credential_provider/text/fold_text.h"

namespace credential_provider {
namespace {

constexpr size_t kLongestLine = 1000;

// A message as whoever typed the command reads it.
std::string ForReader(absl::string_view message) {
  return Printable(AsTyped(InLanguage(message)), kLongestLine);
}

// A fact may be a message, or a word of the user's own, which is not to be translated.
std::string FactForReader(absl::string_view fact) {
  return absl::StrContains(fact, ' ') ? InLanguage(fact) : std::string(fact);
}

// "PROGRAM: WORD: TEXT", `text` being for the reader already.
std::string Line(absl::string_view program, absl::string_view word, Colour colour, absl::string_view text,
                 const ReportReader& reader) {
  constexpr size_t kIndent = 2;
  const std::string kind = InLanguage(word);
  const std::string plain = absl::StrCat(program, ": ", kind, ": ");
  const std::string begin = reader.shows_colour
                                ? absl::StrCat(program, ": ", Coloured(absl::StrCat(kind, ":"), colour), " ")
                                : plain;
  if (!reader.columns.has_value()) return absl::StrCat(begin, text, "\n");
  return absl::StrCat(begin, Fold(text, {*reader.columns, DisplayWidth(plain), kIndent}), "\n");
}

// "  - REASON", a line each, folded.
std::string ListOf(const std::vector<std::string>& reasons, size_t columns) {
  constexpr absl::string_view kBullet = "  - ";
  std::string lines;
  for (const std::string& reason : reasons) {
    absl::StrAppend(&lines, kBullet, Fold(ForReader(reason), {columns, kBullet.size(), kBullet.size()}),
                    "\n");
  }
  return lines;
}

// " (REASON; REASON)", "" for none.
std::string InParentheses(const std::vector<std::string>& reasons) {
  if (reasons.empty()) return "";
  return absl::StrCat(" (",
                      absl::StrJoin(reasons, "; ",
                                    [](std::string* out, const std::string& reason) {
                                      absl::StrAppend(out, ForReader(reason));
                                    }),
                      ")");
}

}  // namespace

std::string FormatReport(absl::string_view program, Severity severity, const absl::Status& status,
                         const ReportReader& reader) {
  const absl::string_view name = TypedName(program);
  const std::string hint = HintOf(status);
  const ReasonedMessage reasoned = MessageOf(status);
  const bool is_list = reader.columns.has_value() && !reasoned.reasons.empty();
  const std::string message =
      absl::StrCat(ForReader(reasoned.message), is_list ? ":" : InParentheses(reasoned.reasons));
  std::string what = severity == Severity::kError ? Line(name, "error", Colour::kRed, message, reader)
                                                  : Line(name, "warning", Colour::kYellow, message, reader);
  if (is_list) absl::StrAppend(&what, ListOf(reasoned.reasons, *reader.columns));
  return hint.empty() ? what : absl::StrCat(what, Line(name, "hint", Colour::kBold, ForReader(hint), reader));
}

void Report(absl::string_view program, Severity severity, const absl::Status& status) {
  const ReportReader reader = {TerminalColumns(STDERR_FILENO), ShowsColour(STDERR_FILENO)};
  WriteAll(STDERR_FILENO, FormatReport(program, severity, status, reader), "stderr").IgnoreError();
}

std::string LineFor(int stream, absl::string_view line, size_t begun) {
  constexpr size_t kIndent = 2;
  const absl::optional<size_t> columns = TerminalColumns(stream);
  const size_t indent = std::max(begun, kIndent);
  const std::string shown = FactForReader(line);
  return absl::StrCat(columns ? Fold(shown, {*columns, begun, indent}) : shown, "\n");
}

std::string FactLine(absl::string_view name, absl::string_view value) {
  constexpr size_t kValues = 14;
  const std::string shown = InLanguage(name);
  const size_t width = std::min(DisplayWidth(shown), kValues);
  return absl::StrCat(shown, std::string(kValues - width, ' '),
                      LineFor(STDOUT_FILENO, Printable(value, kLongestLine), kValues));
}

void Say(absl::string_view line) {
  WriteAll(STDERR_FILENO, LineFor(STDERR_FILENO, Printable(line, kLongestLine)), "stderr").IgnoreError();
}

std::string OkLine(absl::string_view text) {
  constexpr absl::string_view kOk = "ok  ";
  return absl::StrCat(kOk, LineFor(STDOUT_FILENO, text, kOk.size()));
}

void PrintStep(absl::string_view step, absl::string_view found) {
  WriteAll(STDOUT_FILENO, OkLine(absl::StrCat(step, ": ", found)), "stdout").IgnoreError();
}

}  // namespace credential_provider
