// What a person at a terminal is told when something takes long.
#ifndef CREDENTIAL_PROVIDER_BASE_WAITING_H_
#define CREDENTIAL_PROVIDER_BASE_WAITING_H_

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace credential_provider {

inline constexpr absl::Duration kQuietWait = absl::Seconds(1);

// Writes "waiting for WHAT" to stderr when that is a terminal.
void SayWaitingFor(absl::string_view what);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_BASE_WAITING_H_
