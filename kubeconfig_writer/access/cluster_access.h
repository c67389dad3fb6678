// The way from a context of a kubeconfig into its cluster: the steps of `verify`, and the proof of `migrate`.
#ifndef KUBECONFIG_WRITER_ACCESS_CLUSTER_ACCESS_H_
#define KUBECONFIG_WRITER_ACCESS_CLUSTER_ACCESS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/base/step_listener.h"
#include "credential_provider/http/http_transport.h"
#include "kubeconfig_writer/file/merged_kubeconfig.h"

namespace kubeconfig_writer {

// A context with what it leads to.
struct ContextView {
  KubeconfigEntry context;
  KubeconfigEntry cluster;
  KubeconfigEntry user;
};

// Returns the context `name` of `kubeconfig`. NotFound when it, its cluster or its user is not there.
absl::StatusOr<ContextView> FindContext(const MergedKubeconfig& kubeconfig, absl::string_view name);

// Holds references: all must outlive it.
struct AccessOptions {
  const credential_provider::Environment& environment;
  credential_provider::HttpTransport& transport;
  absl::Duration time_limit;  // of the plugin, and of each request
};

// What a cluster answered.
struct Access {
  // By which the cluster knows the caller. When it does not say (older than Kubernetes 1.28), the name in the
  // client certificate; "" without one.
  std::string user_name;
  absl::Status namespaces;  // of the list of namespaces
};

// Gets the credential of `user` and has the server of `cluster` review it. The error is the first step that
// failed, with what to do; being refused the list of namespaces is no error here.
absl::StatusOr<Access> ReachCluster(const KubeconfigEntry& cluster, const KubeconfigEntry& user,
                                    const AccessOptions& options, credential_provider::SayStep say);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_ACCESS_CLUSTER_ACCESS_H_
