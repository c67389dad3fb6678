#include "kubeconfig_writer/commands/command_notice.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/command.h"
#include "credential_provider/cli/report.h"

namespace kubeconfig_writer {

using credential_provider::Environment;
using credential_provider::Printable;

void WarnOfCommand(const std::string& command, const std::string& install_line,
                   const Environment& environment) {
  const absl::Status status = CheckCommand(command, install_line, environment);
  if (!status.ok()) credential_provider::PrintWarning(credential_provider::kWriterProgramName, status);
}

std::vector<std::string> FlagsAmong(absl::Span<const credential_provider::FlagSpec> known,
                                    absl::Span<const std::string> args) {
  std::vector<std::string> flags;
  for (size_t i = 2; i + 1 < args.size(); i += 2) {  // "get", the issuer, and then each flag with its value
    const auto is_it = [&](const credential_provider::FlagSpec& flag) { return flag.name == args[i]; };
    if (std::any_of(known.begin(), known.end(), is_it)) flags.insert(flags.end(), {args[i], args[i + 1]});
  }
  return flags;
}

void SayCommand(const ChosenCommand& chosen, const Environment& environment) {
  const absl::Status status = CheckCommand(chosen.command, "", environment);
  if (!status.ok()) return credential_provider::PrintWarning(credential_provider::kWriterProgramName, status);
  credential_provider::Say(absl::StrCat("kubectl runs ", Printable(chosen.command), ": ", chosen.why));
}

}  // namespace kubeconfig_writer
