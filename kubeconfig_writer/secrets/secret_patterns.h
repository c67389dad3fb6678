// Tells secrets from other text by the names and the shapes that they have.
#ifndef KUBECONFIG_WRITER_SECRETS_SECRET_PATTERNS_H_
#define KUBECONFIG_WRITER_SECRETS_SECRET_PATTERNS_H_

#include "absl/strings/string_view.h"

namespace kubeconfig_writer {

// Returns true for the name of a variable, flag or field whose value is a secret: "AWS_SECRET_ACCESS_KEY",
// "--client-secret", "DB_PWD", "apiKey". Not for one whose value says where a secret is, or something else
// about it: "TOKEN_FILE", "--token-url", "SECRET_NAME".
bool IsSecretName(absl::string_view name);

// Returns true when `value` is a secret because of `name`. The value of a key, a credential or the like may
// be a file or a public id ("LTAI..."), then it is none. Neither is "true".
bool IsSecretByName(absl::string_view name, absl::string_view value);

// Returns true for text that can hardly be anything but a secret, or has one in it: a private key, also in
// base64, a JSON Web Token, a token with a well-known prefix. And for what is as a whole an AccessKey secret
// of Alibaba Cloud's or AWS's by its length and its mix of letters and digits.
bool IsSecretValue(absl::string_view value);

// Returns the password in the first address in `text` that has one ("https://name:password@host"), or "": a
// view into `text`.
absl::string_view PasswordInAddress(absl::string_view text);

// Returns true when `name` is one for a proxy, as "HTTPS_PROXY", and `value` an address with a password,
// which needs no scheme there.
bool IsProxyWithPassword(absl::string_view name, absl::string_view value);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_SECRETS_SECRET_PATTERNS_H_
