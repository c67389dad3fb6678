// Times as text: for programs, and for people.
#ifndef CREDENTIAL_PROVIDER_TEXT_TIME_TEXT_H_
#define CREDENTIAL_PROVIDER_TEXT_TIME_TEXT_H_

#include <string>

#include "absl/time/time.h"

namespace credential_provider {

// Returns `time` as RFC 3339 in UTC, to the second: "2026-01-02T03:04:05Z".
std::string FormatInstant(absl::Time time);

// Returns when `time` is as seen from `now`: "in 42m", "3h5m ago".
std::string InWords(absl::Time time, absl::Time now);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TEXT_TIME_TEXT_H_
