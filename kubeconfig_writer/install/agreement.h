// Whether an entry is as installing it again would make it, so that there is nothing to ask about it.
#ifndef KUBECONFIG_WRITER_INSTALL_AGREEMENT_H_
#define KUBECONFIG_WRITER_INSTALL_AGREEMENT_H_

#include <string>

#include "absl/types/optional.h"
#include "credential_provider/alibaba_cloud/clusters.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/invocation/invocation.h"
#include "credential_provider/store/credential_store.h"
#include "kubeconfig_writer/document/kubeconfig_document.h"

namespace kubeconfig_writer {

// What ACK says about a cluster, and an entry that agrees with it does too.
struct ClusterFacts {
  std::string server;
  std::string certificate_authority_data;
};

// Returns the facts in the entry `name` of `document` when its stanza is the one of `invocation`, its server
// is the address that the list of clusters has for `cluster`, it has an authority, and `get` would answer
// from `store`, and ask nobody. The list does not tell the authority: who has replaced that installs the
// cluster by its id.
absl::optional<ClusterFacts> AgreedFacts(const KubeconfigDocument& document, const std::string& name,
                                         const credential_provider::Cluster& cluster,
                                         const credential_provider::Invocation& invocation,
                                         const credential_provider::Identity& identity,
                                         credential_provider::CredentialStore& store);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_INSTALL_AGREEMENT_H_
