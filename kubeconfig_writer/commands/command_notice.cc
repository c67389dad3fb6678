#include "kubeconfig_writer/commands/command_notice.h"

#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/command.h"

namespace kubeconfig_writer {

using credential_provider::Environment;
using credential_provider::Printable;

void WarnOfCommand(const std::string& command, const Environment& environment) {
  const absl::Status status = CheckCommand(command, environment);
  if (!status.ok()) credential_provider::PrintWarning(credential_provider::kWriterProgramName, status);
}

void SayCommand(const ChosenCommand& chosen, const Environment& environment) {
  const absl::Status status = CheckCommand(chosen.command, environment);
  if (!status.ok()) return credential_provider::PrintWarning(credential_provider::kWriterProgramName, status);
  const std::string line = absl::StrCat("kubectl runs ", Printable(chosen.command), ": ", chosen.why, "\n");
  credential_provider::WriteAll(STDERR_FILENO, line, "stderr").IgnoreError();
}

}  // namespace kubeconfig_writer
