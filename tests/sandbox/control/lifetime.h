// When the sandbox ends.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_CONTROL_LIFETIME_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_CONTROL_LIFETIME_H_

#include "absl/time/time.h"

namespace sandbox {

// Blocks the signals that end the sandbox, so that WaitForEnd gets them, and asks for one when the parent
// dies. Call it before any thread starts.
void ArrangeEnd();

// Returns after `lifetime`, on SIGTERM or SIGINT, or when the parent process is gone.
void WaitForEnd(absl::Duration lifetime);

// Makes WaitForEnd return.
void RequestEnd();

// The same a little later, when the answer to who asked for it is out.
void RequestEndSoon();

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_CONTROL_LIFETIME_H_
