// The secrets in the comments of a kubeconfig: users that were commented out, notes, the command that made
// it.
#ifndef KUBECONFIG_WRITER_AUDIT_COMMENT_FINDINGS_H_
#define KUBECONFIG_WRITER_AUDIT_COMMENT_FINDINGS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "credential_provider/yaml/yaml_tree.h"
#include "kubeconfig_writer/audit/finding.h"

namespace kubeconfig_writer {

// Returns one for each comment with a secret in `text`, whose document is `root`; `file` is its path.
std::vector<Finding> FindCommentSecrets(const std::string& file, absl::string_view text,
                                        const credential_provider::YamlNode& root);

// Returns why a comment, without its #, holds a secret; "" when it holds none. What is said of one in a
// sentence
// ("password: see the wiki") is none.
absl::string_view WhySecretComment(absl::string_view comment);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_AUDIT_COMMENT_FINDINGS_H_
