// fzf, a finder that many have: https://junegunn.github.io/fzf/
#ifndef KUBECONFIG_WRITER_CLUSTERS_FZF_H_
#define KUBECONFIG_WRITER_CLUSTERS_FZF_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "credential_provider/base/environment.h"

namespace kubeconfig_writer {

// Returns the numbers, from 0, of those of `lines` that the user picks in fzf, below `header`. Cancelled when
// that is none. Nothing when there is no fzf on the PATH, the terminal is none for it, or it fails: then the
// user has to be asked in another way. fzf is told nothing that makes it start a program; what the user has
// in FZF_DEFAULT_OPTS counts. REQUIRES: stdin and stderr are a terminal; `lines` and `header` are fit for
// one; SIGPIPE is ignored.
absl::optional<absl::StatusOr<std::vector<size_t>>> PickWithFzf(
    absl::Span<const std::string> lines, const std::string& header,
    const credential_provider::Environment& environment);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_CLUSTERS_FZF_H_
