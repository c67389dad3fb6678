// What ACK says about many clusters, asked side by side.
#ifndef KUBECONFIG_WRITER_CLUSTERS_CLUSTER_ADDRESSES_H_
#define KUBECONFIG_WRITER_CLUSTERS_CLUSTER_ADDRESSES_H_

#include <cstddef>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "credential_provider/alibaba_cloud/user_kubeconfig.h"
#include "credential_provider/issuers/ack_options.h"
#include "credential_provider/process/parallel_work.h"
#include "kubeconfig_writer/clusters/ack_session.h"
#include "kubeconfig_writer/clusters/cluster_address.h"

namespace kubeconfig_writer {

// Asks for each of `clusters` as FetchClusterAddress does, in processes within `limits` that have a
// connection each; for one cluster in this process. `show` is told how many are done. Returns what came of
// each, in their order. After a signal that ends this process, those that were not done are Cancelled.
std::vector<absl::StatusOr<credential_provider::UserKubeconfig>> FetchClusterAddresses(
    absl::Span<const credential_provider::AckOptions> clusters, ServerAddress address,
    const credential_provider::ParallelLimits& limits, AckSession& service,
    absl::FunctionRef<void(size_t)> show);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_CLUSTERS_CLUSTER_ADDRESSES_H_
