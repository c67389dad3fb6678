#include "kubeconfig_writer/commands/dangling_notice.h"

#include "absl/strings/str_cat.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/command.h"
#include "kubeconfig_writer/entries/uninstall_target.h"

namespace kubeconfig_writer {

using namespace credential_provider;  // NOLINT: this file joins the two

void WarnOfDangling(const std::vector<std::string>& paths, const std::string& given,
                    const std::string& name) {
  for (const std::string& context : ContextsLeftWithout(paths, name)) {
    PrintWarning(
        kWriterProgramName,
        WithHint(absl::FailedPreconditionError(absl::StrCat("context ", Printable(context), ": leads to ",
                                                            Printable(name), " still, which is gone")),
                 OnSameFile({"kubectl", "config", "delete-context", context}, given)));
  }
}

}  // namespace kubeconfig_writer
