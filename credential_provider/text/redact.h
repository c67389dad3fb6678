// Takes secrets out of text that came from outside.
#ifndef CREDENTIAL_PROVIDER_TEXT_REDACT_H_
#define CREDENTIAL_PROVIDER_TEXT_REDACT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "credential_provider/base/secret.h"

namespace credential_provider {

// Returns `text`, fit for a terminal (Printable), with "<secret>" for every run of eight or more characters
// that it shares with one of `secrets`: as they are, in other case, reversed, percent-encoded, escaped as in
// JSON or XML, in hex, in base64 of either alphabet wherever they are in what was encoded, and with blanks,
// line ends or punctuation between. Servers echo requests in their errors. A shorter secret counts whole and
// as it is; of less than three bytes it counts as none, or ordinary words would go. What looks like key
// material of whatever origin, an unbroken word of over 48 characters, all ASCII, or a PEM block, is replaced
// as well.
std::string Redact(absl::string_view text, absl::Span<const Secret* const> secrets);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TEXT_REDACT_H_
