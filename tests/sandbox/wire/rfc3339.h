// Times as the services write them.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_WIRE_RFC3339_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_WIRE_RFC3339_H_

#include <string>

#include "absl/time/time.h"

namespace sandbox {

// "2026-01-02T03:04:05Z"
inline std::string FormatRfc3339(absl::Time time) {
  return absl::FormatTime("%Y-%m-%d%ET%H:%M:%SZ", time, absl::UTCTimeZone());
}

// "Fri, 02 Jan 2026 03:04:05 GMT", for the Date header
inline std::string FormatHttpDate(absl::Time time) {
  return absl::FormatTime("%a, %d %b %Y %H:%M:%S GMT", time, absl::UTCTimeZone());
}

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_WIRE_RFC3339_H_
