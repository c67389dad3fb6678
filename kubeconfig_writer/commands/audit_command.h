// `kubeconfig_writer audit`: what in kubeconfigs could be stolen, or be started in the wrong place.
#ifndef KUBECONFIG_WRITER_COMMANDS_AUDIT_COMMAND_H_
#define KUBECONFIG_WRITER_COMMANDS_AUDIT_COMMAND_H_

#include <string>
#include <vector>

#include "credential_provider/base/environment.h"
#include "credential_provider/cli/command.h"
#include "kubeconfig_writer/audit/secret_findings.h"

namespace kubeconfig_writer {

extern const credential_provider::Command kAuditCommand;

// The exit status when something was found.
inline constexpr int kFound = 3;

// Returns what is found in the file at `path` and in the files that it names; that it cannot be read is a
// finding, too. A missing one holds nothing.
std::vector<Finding> Audit(const std::string& path, const credential_provider::Environment& environment);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_COMMANDS_AUDIT_COMMAND_H_
