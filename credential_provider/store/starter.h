// The process that started this run: kubectl, most often.
#ifndef CREDENTIAL_PROVIDER_STORE_STARTER_H_
#define CREDENTIAL_PROVIDER_STORE_STARTER_H_

#include <sys/types.h>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace credential_provider {

struct Starter {
  pid_t pid = 0;
  bool is_client = false;  // it sent KUBERNETES_EXEC_INFO, as every client-go program does
};

// Returns when the process that has the id `pid` now was started, to a hundredth of a second: what that id
// did before was another process. InfiniteFuture when it cannot be found out.
absl::Time StartTimeOf(pid_t pid);

// Tells whether the process reads a manifest from its stdin ("-f -"), by its command line. Such a kubectl
// starts a plugin twice, with nothing being wrong.
bool ReadsManifestFromStdin(pid_t pid);

// As above, for the command line as the kernel gives it: arguments, each with a zero byte behind it.
bool HasManifestFromStdin(absl::string_view command_line);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_STORE_STARTER_H_
