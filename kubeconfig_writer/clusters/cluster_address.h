// What ACK says about one cluster, checked before any of it is in a kubeconfig.
#ifndef KUBECONFIG_WRITER_CLUSTERS_CLUSTER_ADDRESS_H_
#define KUBECONFIG_WRITER_CLUSTERS_CLUSTER_ADDRESS_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "credential_provider/alibaba_cloud/user_kubeconfig.h"
#include "credential_provider/issuers/ack_options.h"
#include "kubeconfig_writer/clusters/ack_session.h"

namespace kubeconfig_writer {

// Returns the error for a cluster without an endpoint of the kind that `options` ask for.
absl::Status NoEndpoint(const credential_provider::AckOptions& options);

// Whose address the API server is reached at.
enum class ServerAddress { kOfAck, kGiven };

// Asks for a certificate of the cluster of `options`; with it come the address and the authority of the API
// server, which are checked as below.
absl::StatusOr<credential_provider::UserKubeconfig> FetchClusterAddress(
    const credential_provider::AckOptions& options, AckSession& service,
    ServerAddress address = ServerAddress::kOfAck);

// NotFound when `cluster` has no address of the kind that `options` ask for: none at all, or a private one in
// the place of the public; of no matter when another is given. FailedPrecondition when it is not one that
// kubectl can trust: not https, or its authority is no certificate.
absl::Status CheckCluster(const credential_provider::UserKubeconfig& cluster,
                          const credential_provider::AckOptions& options,
                          ServerAddress address = ServerAddress::kOfAck);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_CLUSTERS_CLUSTER_ADDRESS_H_
