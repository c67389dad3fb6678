// Finds the secrets among the arguments that a program is started with.
#ifndef KUBECONFIG_WRITER_SECRETS_ARGUMENT_SECRETS_H_
#define KUBECONFIG_WRITER_SECRETS_ARGUMENT_SECRETS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace kubeconfig_writer {

struct ArgumentSecret {
  size_t argument;        // index into the arguments
  std::string flag;       // that it belongs to; "" for none, or where that may be a part of a secret
  absl::string_view why;  // "a secret by its flag's name"; static storage
  std::string value;      // the secret, or text that begins with it
  bool in_doubt;          // it may be a flag, a file or a shell's variable: to be hidden, not to be told of
};

// Returns the secrets in `arguments`: "--token", "S"; "--token=S"; "API_TOKEN=S", for env(1); a header, a
// field of JSON, the password in an address, and what has the shape of a secret. An argument that holds
// blanks is looked at as a shell would split it, too: `sh -c "plugin --password S"`. `program` is the command
// that gets them, or "": some take a secret after a flag that tells nothing, as `curl -u me:S`.
std::vector<ArgumentSecret> FindArgumentSecrets(const std::vector<std::string>& arguments,
                                                absl::string_view program = "");

// Returns why the variable or field `name` with `value` holds a secret, by its name or by the rules for an
// argument; "" when it holds none for sure. In static storage.
absl::string_view WhySecretVariable(const std::string& name, const std::string& value);

// Returns true when `text` may hold a secret by the rules for an argument.
bool MayHoldSecret(absl::string_view text);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_SECRETS_ARGUMENT_SECRETS_H_
