#include "credential_provider/cli/many_at_once.h"

#include <unistd.h>

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/file.h"
#include "credential_provider/language/in_language.h"

namespace credential_provider {
namespace {

constexpr char kToBeginOfLine[] = "\r\033[K";  // and what is on the line is gone

absl::StatusOr<int> ParseCount(const ParsedFlags& flags, const FlagSpec& flag, int most, int fallback) {
  int count = fallback;
  const bool is_count = !flags.Has(flag.name) || absl::SimpleAtoi(flags.Get(flag.name), &count);
  if (is_count && count >= 1 && count <= most) return count;
  return flags.About(flag.name, absl::InvalidArgumentError(absl::StrCat("not a number from 1 to ", most)));
}

}  // namespace

absl::StatusOr<ParallelLimits> ParseParallelLimits(const ParsedFlags& flags) {
  absl::StatusOr<int> processes = ParseCount(flags, kParallelFlag, 16, 8);
  if (!processes.ok()) return processes.status();
  absl::StatusOr<int> calls = ParseCount(flags, kCallsPerSecondFlag, 100, 30);
  if (!calls.ok()) return calls.status();
  return ParallelLimits{static_cast<size_t>(*processes), absl::Seconds(1) / *calls};
}

ProgressLine::ProgressLine(std::string doing, size_t of)
    : doing_(std::move(doing)), of_(of), is_shown_(isatty(STDERR_FILENO) != 0) {
  Show(0);
}

ProgressLine::~ProgressLine() {
  if (is_shown_) WriteAll(STDERR_FILENO, kToBeginOfLine, "stderr").IgnoreError();
}

void ProgressLine::Show(size_t done) const {
  if (!is_shown_) return;
  WriteAll(STDERR_FILENO, absl::StrCat(kToBeginOfLine, InLanguage(doing_), ": ", done, " of ", of_), "stderr")
      .IgnoreError();
}

}  // namespace credential_provider
