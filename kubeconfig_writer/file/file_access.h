// Who may use a file that takes the place of another: the same as before.
#ifndef KUBECONFIG_WRITER_FILE_FILE_ACCESS_H_
#define KUBECONFIG_WRITER_FILE_FILE_ACCESS_H_

#include <string>

#include "absl/status/status.h"

namespace kubeconfig_writer {

// Gives the new and private file `to` the owner, group, mode, access control list, security label and the
// user's own attributes of the open file `from`. What this user may not give, or the file system does not
// have, is left out where nobody can read or write more or less for it; else FailedPrecondition, with a hint.
// `path` names the file in errors.
absl::Status KeepAccess(int from, int to, const std::string& path);

// Gives the new file or folder `made` to whom its folder belongs, when root makes it in a folder of another
// user, whom it would lock out. Not in folders that are meant for everybody.
void GiveToOwnerOf(int folder, int made);

// Returns what is to be said when the open file `file` is replaced: that anybody can write it, that its mode
// has bits that mean nothing for a kubeconfig, or that other names, hard links, keep the old text. OK for
// nothing.
absl::Status WarningOf(int file, const std::string& path);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_FILE_FILE_ACCESS_H_
