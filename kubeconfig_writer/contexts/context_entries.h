// One context of the kubeconfig and what it leads to, read without the rest.
#ifndef KUBECONFIG_WRITER_CONTEXTS_CONTEXT_ENTRIES_H_
#define KUBECONFIG_WRITER_CONTEXTS_CONTEXT_ENTRIES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "kubeconfig_writer/file/merged_kubeconfig.h"

namespace kubeconfig_writer {

// Returns the kubeconfig of the files at `paths` with its current-context, and of the entries at least the
// context called `name`, the current one for "", its cluster and its user, when they are there. Files in an
// unusual style are parsed whole, all others only in part (kubeconfig_outline.h). A file that another program
// is writing is not waited for.
absl::StatusOr<MergedKubeconfig> ReadContext(const std::vector<std::string>& paths, absl::string_view name);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_CONTEXTS_CONTEXT_ENTRIES_H_
