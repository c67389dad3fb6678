#include "credential_provider/text/time_text.h"

#include "absl/strings/str_cat.h"

namespace credential_provider {
namespace {

// "42m", "3h5m": whole minutes, and seconds below one.
std::string Rounded(absl::Duration duration) {
  const absl::Duration unit = duration < absl::Minutes(1) ? absl::Seconds(1) : absl::Minutes(1);
  return absl::FormatDuration(absl::Trunc(duration, unit));
}

}  // namespace

std::string FormatInstant(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time, absl::UTCTimeZone());
}

std::string InWords(absl::Time time, absl::Time now) {
  if (time >= now) return absl::StrCat("in ", Rounded(time - now));
  if (now - time < absl::Seconds(1)) return "just now";
  return absl::StrCat(Rounded(now - time), " ago");
}

}  // namespace credential_provider
