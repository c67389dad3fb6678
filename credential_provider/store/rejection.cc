#include "credential_provider/store/rejection.h"

#include <algorithm>
#include <iterator>

namespace credential_provider {

namespace {

// Counts the answers since `start` that gave the credential issued at `issued` to the process.
int CountServings(const Servings& servings, pid_t pid, absl::Time issued, absl::Time start) {
  return static_cast<int>(
      std::count_if(std::begin(servings.recent), std::end(servings.recent), [&](const Serving& serving) {
        return serving.starter == pid && serving.issued_s == absl::ToUnixSeconds(issued) &&
               absl::FromUnixMicros(serving.served_us) >= start;
      }));
}

}  // namespace

bool LooksRejected(const Servings& servings, const Issuance& issuance, const Starter& starter,
                   absl::Time issued, absl::Time now) {
  if (!starter.is_client || now - issued < kYoungestRejected) return false;
  if (CountServings(servings, starter.pid, issued, absl::InfinitePast()) == 0) return false;
  const absl::Duration since = now - absl::FromUnixMicros(issuance.rejected_us);
  if (since >= absl::ZeroDuration() && since < kRejectionWindow) return false;
  const int served = CountServings(servings, starter.pid, issued, StartTimeOf(starter.pid));
  return served > (ReadsManifestFromStdin(starter.pid) ? 1 : 0);
}

}  // namespace credential_provider
