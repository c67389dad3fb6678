// All that is found in one kubeconfig: its secrets, who else may read it, and commands that others could
// replace.
#ifndef KUBECONFIG_WRITER_AUDIT_AUDIT_H_
#define KUBECONFIG_WRITER_AUDIT_AUDIT_H_

#include <string>
#include <vector>

#include "credential_provider/base/environment.h"
#include "kubeconfig_writer/audit/finding.h"

namespace kubeconfig_writer {

// Returns what is found in the file at `path` and in the files that it names; that it cannot be read is a
// finding, too. A missing one holds nothing.
std::vector<Finding> Audit(const std::string& path, const credential_provider::Environment& environment);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_AUDIT_AUDIT_H_
