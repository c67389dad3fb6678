// The canonical text that says whose credential comes out. It holds no secret; a hash of one is not shown.
#ifndef CREDENTIAL_PROVIDER_IDENTITY_IDENTITY_TEXT_H_
#define CREDENTIAL_PROVIDER_IDENTITY_IDENTITY_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace credential_provider {

class IdentityText {
 public:
  // Starts with `text`, the canonical text of what this one builds on; "" for nothing.
  explicit IdentityText(absl::string_view text = "") : text_(text) {}

  // Adds "name value"; nothing when `value` is empty. A value with other characters than those of names, ARNs
  // and URLs is quoted, so that no two lists of parts give the same text. REQUIRES: `name` is a plain word.
  IdentityText& Add(absl::string_view name, absl::string_view value);

  // As Add, for a value that may hold a secret: adds its fingerprint, which ShownIdentity leaves out.
  IdentityText& AddHidden(absl::string_view name, absl::string_view value);

  // "access-key sandbox-alice role acs:ram::1000000000000001:role/ack-reader session alice"
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

// Returns `who`, the text of a Who, with "(hidden)" for each fingerprint: a short secret could be guessed by
// it.
std::string ShownIdentity(absl::string_view who);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_IDENTITY_IDENTITY_TEXT_H_
