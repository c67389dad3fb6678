// What the names that `uninstall` is given stand for.
#ifndef KUBECONFIG_WRITER_ENTRIES_UNINSTALL_TARGET_H_
#define KUBECONFIG_WRITER_ENTRIES_UNINSTALL_TARGET_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "kubeconfig_writer/entries/our_users.h"

namespace kubeconfig_writer {

// One user that runs this program, and which of its contexts were named with it.
struct UninstallTarget {
  std::string file;  // of the user
  std::string user;
  std::vector<std::string> contexts;
};

struct UninstallTargets {
  std::vector<UninstallTarget> targets;  // each user once
  std::vector<UninstallTarget> kept;     // that only patterns named, and that are not install's to remove
  std::vector<absl::Status> refused;     // a name each, with what to do instead
};

// Where names are looked for. Holds a reference: it must outlive this.
struct UninstallPlace {
  const MergedKubeconfig& kubeconfig;
  std::vector<std::string> paths;  // that it was read from
  std::string given;               // of --kubeconfig, "" for none
};

// Finds what `names` stand for: a row of `list` by its name, a user who runs this program, or as a pattern of
// the shell's (*, ?, [...]) all rows that it fits. Refused are: a name of no entry of this program; one that
// is a context and another user, too; a migrated user; and a context of an installed user beside the one that
// install made, which goes only with that one.
UninstallTargets FindUninstallTargets(absl::Span<const std::string> names, const UninstallPlace& place);

// Returns the line of `words` for the file `given` with --kubeconfig, "" for none: quoted for a shell.
std::string OnSameFile(std::vector<std::string> words, const std::string& given);

// Returns the contexts that lead to a user or a cluster called `name` that none of the files at `paths` has.
std::vector<std::string> ContextsLeftWithout(const std::vector<std::string>& paths, const std::string& name);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_ENTRIES_UNINSTALL_TARGET_H_
