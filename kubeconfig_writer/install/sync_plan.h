// What `sync` is going to do: which clusters the kubeconfig lacks, which of its entries differ from what ACK
// says, and which are about clusters that are gone.
#ifndef KUBECONFIG_WRITER_INSTALL_SYNC_PLAN_H_
#define KUBECONFIG_WRITER_INSTALL_SYNC_PLAN_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "credential_provider/base/environment.h"
#include "kubeconfig_writer/entries/installation.h"
#include "kubeconfig_writer/install/accounts.h"
#include "kubeconfig_writer/install/install_plan.h"
#include "kubeconfig_writer/install/standing_entries.h"

namespace kubeconfig_writer {

struct SyncChoice {
  bool prune = false;
  bool endpoint_given = false;  // so that entries get it that are there, too
};

// An entry whose server is not ACK's, and stays.
struct OtherServer {
  std::string context;
  std::string server;
  std::string of_ack;
};

struct SyncPlan {
  InstallPlan install;
  std::vector<std::string> added;   // of each installation the cluster's title; "" for one that was there
  std::vector<Removal> removals;    // of the clusters that are gone, with --prune
  std::vector<StandingEntry> gone;  // the others
  std::vector<OtherServer> other_servers;
  std::vector<absl::Status> refused;  // why a removal is none
  size_t unchanged = 0;
  std::string choose_in;           // EntryChanges::choose_in
  std::vector<std::string> paths;  // of all files
};

// Plans it for those `accounts` that have not failed. An entry is of an account when its stanza has the same
// identity flags, and no variables that say who asks but those that `environment` has, or that the request
// writes; and is about a cluster there by its id: names do not matter. One that is there keeps its arguments
// and its command; what is wrong with its cluster or context is put right, and its endpoint type where one is
// given, but for one whose parts are in several files or whose contexts lead to other clusters. Gone is one
// of an installed entry, of the account's regions, that is neither in the list of clusters nor found by its
// id. REQUIRES: `accounts` have asked for all. Changes nothing, and must not outlive `accounts`.
absl::StatusOr<SyncPlan> PlanSync(absl::Span<const Account> accounts, const SyncChoice& choice,
                                  const credential_provider::Environment& environment);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_INSTALL_SYNC_PLAN_H_
