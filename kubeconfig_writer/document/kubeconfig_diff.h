// What changes in a kubeconfig, for people to read.
#ifndef KUBECONFIG_WRITER_DOCUMENT_KUBECONFIG_DIFF_H_
#define KUBECONFIG_WRITER_DOCUMENT_KUBECONFIG_DIFF_H_

#include <string>

#include "kubeconfig_writer/document/kubeconfig_document.h"

namespace kubeconfig_writer {

// Returns which entries are added, changed and removed, by name, a line each ("add: cluster a, user b"), and
// which becomes the current context. "" when no entry is another.
std::string SummaryOf(const KubeconfigDocument& before, const KubeconfigDocument& after);

// Returns that, and then the unified diff from `before` to `after`, the file at `path`, with its secrets
// masked and '?' for what a terminal would obey. "" when they are the same.
std::string DiffOf(const std::string& path, const KubeconfigDocument& before,
                   const KubeconfigDocument& after);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_DOCUMENT_KUBECONFIG_DIFF_H_
