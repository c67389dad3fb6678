// Tells secrets from other text by the names and the shapes that they have.
#ifndef CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_SECRET_SHAPE_H_
#define CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_SECRET_SHAPE_H_

#include "absl/strings/string_view.h"

namespace kubeconfig_writer {

// Returns true for the name of a variable or flag whose value is a secret: "AWS_SECRET_ACCESS_KEY",
// "--client-secret", "DB_PASSWORD". Not for one whose value says where a secret is, or something else about
// it: "TOKEN_FILE", "--token-url", "SECRET_NAME".
bool IsSecretName(absl::string_view name);

// Returns true for text that can hardly be anything but a secret: a private key, a JSON Web Token, a token of
// ack-ram-authenticator's, or an AccessKey secret of Alibaba Cloud's or AWS's by its length and its mix of
// letters and digits.
bool IsSecretValue(absl::string_view value);

}  // namespace kubeconfig_writer

#endif  // CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_SECRET_SHAPE_H_
