// The same work on many items, in a few processes side by side: what waits for the network waits together.
#ifndef CREDENTIAL_PROVIDER_PROCESS_PARALLEL_WORK_H_
#define CREDENTIAL_PROVIDER_PROCESS_PARALLEL_WORK_H_

#include <cstddef>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/time/time.h"

namespace credential_provider {

struct ParallelLimits {
  size_t processes = 1;                           // at a time
  absl::Duration between = absl::ZeroDuration();  // the beginnings of two items' work, over all processes
};

// Calls `work` once for each item below `count`, in processes forked from this one, and `take` here with what
// it returned, in the order in which they are done. A process that has done one item takes the next, so what
// it holds open, such as a connection, serves all of its items; what it changes in memory is seen by nobody
// else. Both streams are as here. After a signal that ends this process no item is begun; what is done by
// then is taken, and Cancelled returned; from then on this process ignores such signals, so that the caller
// can keep what is done. Internal when a process cannot be made or dies with an item undone. REQUIRES: one
// thread.
absl::Status WorkInParallel(size_t count, const ParallelLimits& limits,
                            absl::FunctionRef<std::string(size_t)> work,
                            absl::FunctionRef<void(size_t, const std::string&)> take);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_PROCESS_PARALLEL_WORK_H_
