// A kubeconfig that needs nothing beside it, for a colleague or a job: it holds the certificate and its key.
#ifndef KUBECONFIG_WRITER_COMMANDS_TEMPORARY_KUBECONFIG_H_
#define KUBECONFIG_WRITER_COMMANDS_TEMPORARY_KUBECONFIG_H_

#include <string>

#include "credential_provider/base/secret.h"
#include "credential_provider/kubernetes/credential.h"

namespace kubeconfig_writer {

struct TemporaryKubeconfig {
  std::string cluster_id;
  std::string server;
  std::string certificate_authority_data;  // base64 of PEM
  credential_provider::Credential credential;
};

// Returns the text. Cluster, user and context are called "ack-<cluster id>"; a comment at the top says when
// it ends.
credential_provider::Secret FormatTemporaryKubeconfig(const TemporaryKubeconfig& kubeconfig);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_COMMANDS_TEMPORARY_KUBECONFIG_H_
