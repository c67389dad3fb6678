// Whether a file is in hands that may be trusted: who can read it, and who could put another in its place.
#ifndef KUBECONFIG_WRITER_FILE_TRUSTED_PATH_H_
#define KUBECONFIG_WRITER_FILE_TRUSTED_PATH_H_

#include <string>

#include "absl/strings/string_view.h"

namespace kubeconfig_writer {

// Returns why the file at `path`, which holds secrets or decides what is started, is too open: "mode 0644:
// others can read it". "" when only its owner can use it, or there is none.
std::string WhyTooOpen(const std::string& path);

// Returns why somebody else than root and this user could put another program where the absolute `path`
// leads: by changing it, or a link or a folder on the way to it; "" when nobody can.
std::string WhyReplaceable(const std::string& path);

// Returns why the command of an exec stanza, as it is in the kubeconfig `file`, should not be run without
// a look: it is relative, below the kubeconfig's folder, or somebody else than root and this user could
// change it, or a link or a folder on the way to it; for a name, also put another program of that name in a
// folder of `search_path` that comes first. Where there is no such program, whether others could put one.
// "" when there is nothing to say.
std::string WhyNotTrusted(const std::string& command, const std::string& file, absl::string_view search_path);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_FILE_TRUSTED_PATH_H_
