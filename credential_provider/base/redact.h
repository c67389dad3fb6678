// Takes secrets out of text that came from outside.
#ifndef CREDENTIAL_PROVIDER_BASE_REDACT_H_
#define CREDENTIAL_PROVIDER_BASE_REDACT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "credential_provider/base/secret.h"

namespace credential_provider {

// Returns `text`, fit for a terminal (Printable), with "<secret>" for every run of eight or more bytes that
// it shares with one of `secrets`, as they are or percent-encoded. Servers echo requests in their errors.
// What looks like key material of whatever origin, an unbroken word of over 48 characters or a PEM block, is
// replaced as well.
std::string Redact(absl::string_view text, absl::Span<const Secret* const> secrets);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_BASE_REDACT_H_
