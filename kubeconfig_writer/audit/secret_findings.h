// The secrets that are in a kubeconfig, or that it leads to. They are described and never shown.
#ifndef KUBECONFIG_WRITER_AUDIT_SECRET_FINDINGS_H_
#define KUBECONFIG_WRITER_AUDIT_SECRET_FINDINGS_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "kubeconfig_writer/file/merged_kubeconfig.h"

namespace kubeconfig_writer {

// One thing that an audit found.
struct Finding {
  std::string file;     // the kubeconfig
  std::string entry;    // "user alice"; "" for the file itself
  std::string kind;     // "client key", "token", "password", "exec secret", "extension secret", "mode",
                        // "command", "unreadable"
  std::string place;    // the field, variable or flag, or the path of the file with the secret
  std::string details;  // what is known of it, without its value
  absl::Time ends = absl::InfiniteFuture();  // if it says so
};

// Returns the secrets of `user`: key, tokens, password, what is in the stanza's args and env, in an
// auth-provider's config and in extensions. A file that it names is found by its path; a certificate there is
// read.
std::vector<Finding> FindUserSecrets(const KubeconfigEntry& user);

// Returns the files with secrets that `user` names, as they are found from its kubeconfig's folder.
std::vector<std::string> SecretFilesOf(const KubeconfigEntry& user);

// Returns the secrets of `cluster`: the passwords in its URLs, and what is in extensions.
std::vector<Finding> FindClusterSecrets(const KubeconfigEntry& cluster);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_AUDIT_SECRET_FINDINGS_H_
