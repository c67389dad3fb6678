// The edits of a kubeconfig, as splices for its text. Whether they were right is for the caller to check.
#ifndef KUBECONFIG_WRITER_KUBECONFIG_EDIT_H_
#define KUBECONFIG_WRITER_KUBECONFIG_EDIT_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "credential_provider/yaml/yaml_tree.h"
#include "kubeconfig_writer/kubeconfig_schema.h"
#include "kubeconfig_writer/yaml_edit.h"
#include "nlohmann/json.hpp"

namespace kubeconfig_writer {

// All four return InvalidArgument "line N: reason" when the place cannot be edited safely.
// REQUIRES: the root of `tree` is a mapping that passed CheckKubeconfig.

absl::StatusOr<Splices> SetEntry(const credential_provider::YamlTree& tree, KubeconfigList list,
                                 absl::string_view name, const nlohmann::ordered_json& content);

// REQUIRES: there is such an entry.
absl::StatusOr<Splices> RemoveEntry(const credential_provider::YamlTree& tree, KubeconfigList list,
                                    absl::string_view name);

absl::StatusOr<Splices> SetCurrent(const credential_provider::YamlTree& tree, absl::string_view name);

// REQUIRES: there is a current context.
absl::StatusOr<Splices> RemoveCurrent(const credential_provider::YamlTree& tree);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_KUBECONFIG_EDIT_H_
