// What `install` tells when it is done.
#ifndef KUBECONFIG_WRITER_COMMANDS_INSTALL_REPORT_H_
#define KUBECONFIG_WRITER_COMMANDS_INSTALL_REPORT_H_

#include <string>

#include "absl/status/statusor.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/cli/command.h"
#include "kubeconfig_writer/install/install_plan.h"

namespace kubeconfig_writer {

// Returns "--profile prod -> --profile dev, server https://a -> https://b": what was replaced; "" for
// nothing.
std::string ChangesOf(const Installation& installation);

// Returns what to tell of `plan`, which was carried out: of each context whether it was written, what has
// changed in one that was there, and what failed, on stderr. Of a dry run the diff alone; of one that is all
// there is, and failed, its status.
absl::StatusOr<credential_provider::Output> TellInstalled(
    const InstallPlan& plan, bool dry_run, std::string diff,
    const credential_provider::Environment& environment);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_COMMANDS_INSTALL_REPORT_H_
