// A kubeconfig as it may be shown: without its secrets.
#ifndef KUBECONFIG_WRITER_SECRETS_SECRET_MASK_H_
#define KUBECONFIG_WRITER_SECRETS_SECRET_MASK_H_

#include <string>

#include "absl/strings/string_view.h"
#include "credential_provider/yaml/yaml_tree.h"

namespace kubeconfig_writer {

inline constexpr absl::string_view kMask = "<masked>";

// Returns the text of `tree` with a mask for each secret, on as many lines as before: tokens, passwords, keys
// and certificates of users, what has a telling name or the shape of a secret, passwords in addresses, and
// comments with such things and long words; of the stanza of a plugin that is not this program all arguments
// and the values of all variables, because a plugin may take a secret in any of them. In doubt it masks. The
// certificates of authorities are no secrets: what they are is said instead ("<base64, sha256 1a2b3c4d>").
std::string MaskSecrets(const credential_provider::YamlTree& tree);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_SECRETS_SECRET_MASK_H_
