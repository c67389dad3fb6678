// Leaves work to a process that nobody waits for.
#ifndef CREDENTIAL_PROVIDER_PROCESS_DETACHED_PROCESS_H_
#define CREDENTIAL_PROVIDER_PROCESS_DETACHED_PROCESS_H_

#include "absl/time/time.h"

namespace credential_provider {

// Closes every descriptor of this process, and then splits it. Returns false in the process that was there
// before, which should end; true in the new one, which belongs to no terminal and no process group of its
// parent's, has /dev/null as its three streams, and is killed after `time_limit`. kubectl reads the streams
// of a plugin to their ends, so they are closed before there is a second process that could hold them.
// Returns false and splits nothing where a zombie shows that nobody would reap the new process. REQUIRES: one
// thread; nothing that holds a descriptor is used or destroyed afterwards, in either process.
bool ContinueDetached(absl::Duration time_limit);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_PROCESS_DETACHED_PROCESS_H_
