// What is where a secret would be, and is none.
#ifndef KUBECONFIG_WRITER_SECRETS_PLACEHOLDER_H_
#define KUBECONFIG_WRITER_SECRETS_PLACEHOLDER_H_

#include "absl/strings/string_view.h"

namespace kubeconfig_writer {

// Returns true for text that says where a secret is to be found, or that one belongs there: a variable
// ("$TOKEN",
// "%TOKEN%"), the field of a template ("{{ .token }}"), a reference to a secret manager ("op://…", an ARN) or
// a file
// ("file:x", "/run/secrets/x"), "REDACTED", "<password>", "YOUR_TOKEN", "****", "changeme", "true"; and for
// "".
bool IsPlaceholder(absl::string_view value);

// Returns true for what looks like the path of a file.
bool IsFile(absl::string_view value);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_SECRETS_PLACEHOLDER_H_
