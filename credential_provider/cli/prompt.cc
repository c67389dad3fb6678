#include "credential_provider/cli/prompt.h"

#include <unistd.h>

#include <cerrno>

#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"

namespace kubeconfig_writer {

bool CanAsk(const credential_provider::Environment& environment) {
  return isatty(STDIN_FILENO) != 0 && isatty(STDERR_FILENO) != 0 && environment.Get("CI") != "true";
}

absl::StatusOr<std::string> Ask(absl::string_view question) {
  absl::Status shown = credential_provider::WriteAll(STDERR_FILENO, question, "stderr");
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
