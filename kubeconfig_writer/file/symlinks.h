// Where the symlinks of a kubeconfig lead, and whether they can be trusted.
#ifndef KUBECONFIG_WRITER_FILE_SYMLINKS_H_
#define KUBECONFIG_WRITER_FILE_SYMLINKS_H_

#include <string>

#include "absl/status/statusor.h"

namespace kubeconfig_writer {

// Returns the file that `path` leads to, from link to link; the last one need not exist. Every link must
// stand where nobody but this user and root can put one: PermissionDenied, with a hint, when its folder
// belongs to somebody else or others can write there. A group that has no other member than the folder's
// owner is not others, nor are those who share a sticky folder like /tmp, for a link of one's own.
absl::StatusOr<std::string> FollowLinks(const std::string& path);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_FILE_SYMLINKS_H_
