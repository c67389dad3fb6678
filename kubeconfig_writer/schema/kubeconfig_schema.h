// What kubectl accepts as a kubeconfig: the fields it knows and their types.
#ifndef KUBECONFIG_WRITER_SCHEMA_KUBECONFIG_SCHEMA_H_
#define KUBECONFIG_WRITER_SCHEMA_KUBECONFIG_SCHEMA_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "credential_provider/yaml/yaml_tree.h"

namespace kubeconfig_writer {

// The three lists of named entries.
enum class KubeconfigList { kClusters, kUsers, kContexts };

inline constexpr KubeconfigList kKubeconfigLists[] = {KubeconfigList::kClusters, KubeconfigList::kUsers,
                                                      KubeconfigList::kContexts};

// Returns the key of the list ("clusters"), and the key of an entry's content ("cluster").
absl::string_view ListKey(KubeconfigList list);
absl::string_view EntryKey(KubeconfigList list);

// Returns OK only when every kubectl from 1.27 on loads the file and sees in it what FindField and ToJson
// see. The error is InvalidArgument "line N: reason"; of the file's values it quotes the names of entries
// only.
absl::Status CheckKubeconfig(const credential_provider::YamlTree& tree);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_SCHEMA_KUBECONFIG_SCHEMA_H_
