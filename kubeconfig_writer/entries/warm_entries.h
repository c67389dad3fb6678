// Contexts whose credentials are to be stored before anybody waits for them.
#ifndef KUBECONFIG_WRITER_ENTRIES_WARM_ENTRIES_H_
#define KUBECONFIG_WRITER_ENTRIES_WARM_ENTRIES_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/types/span.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/process/parallel_work.h"
#include "kubeconfig_writer/entries/our_users.h"

namespace kubeconfig_writer {

// What came of it.
struct WarmReport {
  struct Failure {
    std::string context;
    absl::Status status;
  };
  size_t good = 0;       // are stored, and need no renewal yet
  size_t stored = 0;     // by this run
  size_t elsewhere = 0;  // another process is about to
  std::vector<Failure> failures;
  bool stopped = false;  // by a signal, before all were asked for
};

// Stores a credential for each of `rows`, which are contexts of this program's own users, unless a good one
// is there. Who asks is found out, and signed in, once for all contexts whose stanzas say the same; then
// their credentials are asked for side by side within `limits`. `show` is told how many of how many are done.
WarmReport WarmEntries(absl::Span<const OurRow> rows, const credential_provider::ParallelLimits& limits,
                       const credential_provider::Environment& environment,
                       absl::FunctionRef<void(size_t done, size_t of)> show);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_ENTRIES_WARM_ENTRIES_H_
