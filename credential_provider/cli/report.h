// What goes wrong, on stderr: a line for the error or warning and one for the hint, which at a terminal are
// folded and coloured.
#ifndef CREDENTIAL_PROVIDER_CLI_REPORT_H_
#define CREDENTIAL_PROVIDER_CLI_REPORT_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace credential_provider {

enum class Severity { kWarning, kError };

// The default is a program that reads lines.
struct ReportReader {
  absl::optional<size_t> columns;  // of a terminal
  bool shows_colour = false;
};

// Returns "PROGRAM: error: MESSAGE" and, when `status` carries one, "PROGRAM: hint: HINT". Each is a line;
// where the reader's terminal is narrower, the lines that go on with it are indented.
std::string FormatReport(absl::string_view program, Severity severity, const absl::Status& status,
                         const ReportReader& reader);

// Writes it to stderr, for whoever reads that.
void Report(absl::string_view program, Severity severity, const absl::Status& status);

// Returns `line`, in the language of whoever reads it (in_language.h), with its end. Where `stream`
// (STDOUT_FILENO, STDERR_FILENO) is a terminal it is folded, and what goes on with it is indented, at least
// to the columns that are `begun` before it.
std::string LineFor(int stream, absl::string_view line, size_t begun = 0);

// Returns "NAME          VALUE" like that, for stdout: names in a column, and values folded in theirs.
std::string FactLine(absl::string_view name, absl::string_view value);

// Writes `line` so to stderr: what a command has to say that is no warning.
void Say(absl::string_view line);

// Returns "ok  TEXT" like that: what has been looked at and is right.
std::string OkLine(absl::string_view text);

// Writes "ok  STEP: FOUND" to stdout at once: the next step may take seconds.
void PrintStep(absl::string_view step, absl::string_view found);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_CLI_REPORT_H_
