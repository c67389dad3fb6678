// The secrets that are in the fields of a kubeconfig, or that it leads to. They are described and never
// shown.
#ifndef KUBECONFIG_WRITER_AUDIT_SECRET_FINDINGS_H_
#define KUBECONFIG_WRITER_AUDIT_SECRET_FINDINGS_H_

#include <string>
#include <vector>

#include "kubeconfig_writer/audit/finding.h"
#include "kubeconfig_writer/file/merged_kubeconfig.h"

namespace kubeconfig_writer {

// Returns the secrets of `user`: key, tokens, password, what is in the stanza's args and env, in an
// auth-provider's config, in extensions and in any other field. A file that it names is found by its path, if
// it is there; a certificate there is read.
std::vector<Finding> FindUserSecrets(const KubeconfigEntry& user);

// Returns the files with secrets that `user` names, as they are found from its kubeconfig's folder.
std::vector<std::string> SecretFilesOf(const KubeconfigEntry& user);

// Returns the secrets of `cluster`: the passwords in its URLs, and what is in extensions and other fields.
std::vector<Finding> FindClusterSecrets(const KubeconfigEntry& cluster);

// Returns what is in the fields of `context`.
std::vector<Finding> FindContextSecrets(const KubeconfigEntry& context);

// Returns what is in an item of the list `key` ("user") beside its content: in its name, and in fields that
// are in the wrong column.
std::vector<Finding> FindItemSecrets(const KubeconfigEntry& entry, const std::string& key,
                                     const nlohmann::json& item);

// Returns what is in `value`, the field `name` outside of all entries.
std::vector<Finding> FindOtherSecrets(const std::string& file, const std::string& name,
                                      const nlohmann::json& value);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_AUDIT_SECRET_FINDINGS_H_
