// Who made a lock of this program, written into it, so that a later run can tell whether that process is
// gone.
#ifndef KUBECONFIG_WRITER_FILE_LOCK_OWNER_H_
#define KUBECONFIG_WRITER_FILE_LOCK_OWNER_H_

#include <string>

#include "absl/strings/string_view.h"

namespace kubeconfig_writer {

// Returns one line that names this process: no other one has the same, on whatever machine.
std::string ThisProcess();

// Returns true when `owner`, a line of ThisProcess, is of this machine, since it was started, and that
// process is gone. False for what cannot be told, as from another container or machine.
bool IsGone(absl::string_view owner);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_FILE_LOCK_OWNER_H_
