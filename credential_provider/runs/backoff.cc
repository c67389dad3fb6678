#include "credential_provider/runs/backoff.h"

#include <algorithm>

namespace credential_provider {
namespace {

absl::Duration BackoffAfter(int failures) {
  constexpr int kMostDoublings = 10;
  return std::min(kFirstBackoff * (1 << std::min(failures - 1, kMostDoublings)), kLongestBackoff);
}

}  // namespace

bool IsBackingOff(const IssueRecord& issuance, bool has_stored, absl::Time now) {
  if (issuance.failures <= 0) return false;
  const absl::Duration since = now - issuance.failed();
  const absl::Duration wait = has_stored ? BackoffAfter(issuance.failures) : kFailureWindow;
  return since >= absl::ZeroDuration() && since < wait;
}

}  // namespace credential_provider
