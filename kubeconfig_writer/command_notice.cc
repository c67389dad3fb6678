#include "kubeconfig_writer/command_notice.h"

#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/command.h"
#include "kubeconfig_writer/program_name.h"

namespace kubeconfig_writer {

using credential_provider::Environment;
using credential_provider::Printable;

void WarnOfCommand(const std::string& command, const Environment& environment) {
  const absl::Status status = CheckCommand(command, environment);
  if (!status.ok()) credential_provider::Warn(kWriterName, status);
}

void SayCommand(const ChosenCommand& chosen, const Environment& environment) {
  const absl::Status status = CheckCommand(chosen.command, environment);
  if (!status.ok()) return credential_provider::Warn(kWriterName, status);
  const std::string line = absl::StrCat("kubectl runs ", Printable(chosen.command), ": ", chosen.why, "\n");
  credential_provider::WriteAll(STDERR_FILENO, line, "stderr").IgnoreError();
}

}  // namespace kubeconfig_writer
