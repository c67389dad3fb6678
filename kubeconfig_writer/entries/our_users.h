// Which users of a kubeconfig run this program, how they came to, and which contexts are theirs: the one
// answer for list, install, migrate, uninstall and completion, whatever kubectl and kubectx have done to the
// file since.
#ifndef KUBECONFIG_WRITER_ENTRIES_OUR_USERS_H_
#define KUBECONFIG_WRITER_ENTRIES_OUR_USERS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "kubeconfig_writer/document/kubeconfig_document.h"
#include "kubeconfig_writer/file/merged_kubeconfig.h"

namespace kubeconfig_writer {

enum class OurKind {
  kNone,       // does not run this program
  kInstalled,  // by install, as its cluster and context are; for a kind of credential without clusters, alone
  kMigrated,   // there before with its cluster and contexts, and marked as that
  kBefore,     // runs it, but cluster and contexts are of another name: there before, or made by hand
  kWrapped,    // somebody else's, with `get exec` in front of its plugin
};

OurKind KindOf(const KubeconfigDocument& document, absl::string_view user);

// Returns the contexts of `document` that lead to the user `name` and to the cluster `name`, as the one does
// that install makes; it may have been renamed since.
std::vector<std::string> ContextsLikeInstalled(const KubeconfigDocument& document, absl::string_view name);

// Returns the one of them that is install's: that is called `name`, or is the only one. "" when none is, or
// when nobody can say which.
std::string InstalledContext(const KubeconfigDocument& document, absl::string_view name);

// A context that leads to a user who runs this program, or such a user whom no context leads to, by its own
// name: what `list` shows in a line.
struct OurRow {
  std::string name;
  bool is_context = false;
  KubeconfigEntry user;
};

// Returns the rows in the order of the users, and of each user's contexts.
std::vector<OurRow> FindOurRows(const MergedKubeconfig& kubeconfig);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_ENTRIES_OUR_USERS_H_
