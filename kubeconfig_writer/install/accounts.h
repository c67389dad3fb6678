// The accounts that a run is about, one for each of its profiles, and the clusters that each has.
#ifndef KUBECONFIG_WRITER_INSTALL_ACCOUNTS_H_
#define KUBECONFIG_WRITER_INSTALL_ACCOUNTS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "credential_provider/alibaba_cloud/clusters.h"
#include "credential_provider/base/environment.h"
#include "kubeconfig_writer/clusters/ack_session.h"
#include "kubeconfig_writer/clusters/cluster_choice.h"
#include "kubeconfig_writer/clusters/context_name_template.h"
#include "kubeconfig_writer/install/install_request.h"

namespace kubeconfig_writer {

struct Account {
  InstallRequest request;               // with its profile alone
  std::unique_ptr<AckSession> service;  // null for one that could not sign in
  NameValues values;
  std::vector<credential_provider::Cluster> listed;  // all that ACK has listed, for --all
  ChosenClusters chosen;
  absl::Status status;  // why nothing is known of it; of several it names the profile
};

// Signs in for each profile of `request`, one after the other, and finds out which clusters are meant. What
// one fails with does not stop the others.
std::vector<Account> AskAccounts(const InstallRequest& request,
                                 const credential_provider::Environment& environment);

// Returns the names of the chosen clusters of those accounts that have not failed: a list for each account.
absl::StatusOr<std::vector<std::vector<std::string>>> NamesIn(absl::Span<const Account> accounts);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_INSTALL_ACCOUNTS_H_
