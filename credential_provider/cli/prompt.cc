#include "credential_provider/cli/prompt.h"

#include <unistd.h>

#include <cerrno>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/language/in_language.h"

namespace kubeconfig_writer {
namespace {

// Each line in the language of who is asked; what is typed begins a blank after the last.
std::string ForReader(absl::string_view question) {
  std::vector<std::string> lines;
  for (const absl::string_view line : absl::StrSplit(absl::StripTrailingAsciiWhitespace(question), '\n'))
    lines.push_back(credential_provider::InLanguage(line));
  return absl::StrCat(absl::StrJoin(lines, "\n"), " ");
}

}  // namespace

bool CanAsk(const credential_provider::Environment& environment) {
  return isatty(STDIN_FILENO) != 0 && isatty(STDERR_FILENO) != 0 && environment.Get("CI") != "true";
}

absl::StatusOr<std::string> Ask(absl::string_view question) {
  absl::Status shown = credential_provider::WriteAll(STDERR_FILENO, ForReader(question), "stderr");
  if (!shown.ok()) return shown;
  std::string line;
  for (char byte;;) {
    const ssize_t size = read(STDIN_FILENO, &byte, 1);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return credential_provider::ErrnoError(errno, "stdin");
    if (size == 0) return absl::CancelledError("no answer: nothing was done");
    if (byte == '\n') return line;
    line += byte;
  }
}

}  // namespace kubeconfig_writer
