// Tells secrets from other text by the shapes that they have.
#ifndef KUBECONFIG_WRITER_SECRETS_SECRET_PATTERNS_H_
#define KUBECONFIG_WRITER_SECRETS_SECRET_PATTERNS_H_

#include "absl/strings/string_view.h"

namespace kubeconfig_writer {

// Returns true for text that can hardly be anything but a secret, or has one in it: a private key, also in
// base64, a kubeconfig with a credential in base64, a JSON Web Token, a token with a well-known prefix or
// form.
bool HoldsSecret(absl::string_view text);

// The same, and for what is as a whole an AccessKey secret of Alibaba Cloud's or AWS's by its length and its
// mix of letters and digits.
bool IsSecretValue(absl::string_view value);

// Returns true for one word of at least 16 letters and digits in which these change as often as in random
// text: not so in names, paths and numbers.
bool LooksRandom(absl::string_view value);

// Returns the password in the first address in `text` that has one ("https://name:password@host"), or the
// token that is there instead of both ("https://token@host"), or "": a view into `text`.
absl::string_view PasswordInAddress(absl::string_view text);

// Returns true when `name` is one for a proxy, as "HTTPS_PROXY", and `value` an address with a password,
// which needs no scheme there.
bool IsProxyWithPassword(absl::string_view name, absl::string_view value);

// Returns the password of "name:password", as curl takes it, or ""; not for addresses, times, ports and
// placeholders.
absl::string_view PasswordAfterUser(absl::string_view value);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_SECRETS_SECRET_PATTERNS_H_
