// Tells by the name of a variable, flag or field whether its value is a secret.
#ifndef KUBECONFIG_WRITER_SECRETS_SECRET_NAMES_H_
#define KUBECONFIG_WRITER_SECRETS_SECRET_NAMES_H_

#include "absl/strings/string_view.h"

namespace kubeconfig_writer {

// Returns true for the name of a variable, flag or field whose value is a secret: "AWS_SECRET_ACCESS_KEY",
// "--client-secret", "DB_PWD", "apiKey". Not for one whose value says where a secret is, or something else
// about it: "TOKEN_FILE", "--token-url", "SECRET_NAME".
bool IsSecretName(absl::string_view name);

// Returns true when `value` is a secret because of `name`. A placeholder is none. The value of a key, a
// credential or the like may be a file or a public id ("LTAI..."), then it is none; that of a session, cookie
// or signature is one only when it looks random, or like a user with a password.
bool IsSecretByName(absl::string_view name, absl::string_view value);

// Returns true for a name whose value is an id, a fingerprint or something else that may look random and is
// public.
bool IsPublicName(absl::string_view name);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_SECRETS_SECRET_NAMES_H_
