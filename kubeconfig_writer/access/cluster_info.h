// What kubectl tells a plugin about the cluster.
#ifndef KUBECONFIG_WRITER_ACCESS_CLUSTER_INFO_H_
#define KUBECONFIG_WRITER_ACCESS_CLUSTER_INFO_H_

#include "absl/status/statusor.h"
#include "kubeconfig_writer/file/merged_kubeconfig.h"
#include "nlohmann/json.hpp"

namespace kubeconfig_writer {

// Returns what KUBERNETES_EXEC_INFO says about `cluster` to a stanza with provideClusterInfo. A file of
// authorities is read.
absl::StatusOr<nlohmann::ordered_json> ClusterInfo(const KubeconfigEntry& cluster);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_ACCESS_CLUSTER_INFO_H_
