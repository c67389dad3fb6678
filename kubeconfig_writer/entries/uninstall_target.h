// What a name that is given to uninstall stands for, and what still leads to it afterwards.
#ifndef KUBECONFIG_WRITER_ENTRIES_UNINSTALL_TARGET_H_
#define KUBECONFIG_WRITER_ENTRIES_UNINSTALL_TARGET_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace kubeconfig_writer {

struct UninstallTarget {
  std::string path;  // of the file that has the user
  std::string user;  // who runs the provider
};

// Finds what `name` stands for in the files at `paths`: a user who runs the provider, or a context that leads
// to one who was wrapped or migrated. FailedPrecondition for another context of such a user: install, which
// gives context and user one name, has not made it. NotFound for every other name.
absl::StatusOr<UninstallTarget> FindUninstallTarget(const std::vector<std::string>& paths,
                                                    const std::string& name);

// Returns the contexts that lead to a user or a cluster called `name` that none of the files at `paths` has.
std::vector<std::string> ContextsLeftWithout(const std::vector<std::string>& paths, const std::string& name);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_ENTRIES_UNINSTALL_TARGET_H_
