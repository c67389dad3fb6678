// The cluster, user and context that stand for one `credential_provider get` in a kubeconfig. All three have
// the same name.
#ifndef KUBECONFIG_WRITER_ENTRIES_CLUSTER_ENTRY_H_
#define KUBECONFIG_WRITER_ENTRIES_CLUSTER_ENTRY_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "credential_provider/kubernetes/exec_info.h"
#include "kubeconfig_writer/document/kubeconfig_document.h"
#include "kubeconfig_writer/entries/provider_stanza.h"

namespace kubeconfig_writer {

struct ClusterEntry {
  std::string name;
  std::string server;                      // "https://192.0.2.10:6443"
  std::string certificate_authority_data;  // base64 of PEM
  std::string command;                     // of the exec stanza
  std::vector<std::string> args;
  credential_provider::ExecApiVersion api_version = credential_provider::ExecApiVersion::kV1;
  bool migrated = false;  // the user was there before, with a key
};

// Returns the user that makes kubectl run the provider: the exec stanza and nothing beside it.
nlohmann::ordered_json UserOf(const ClusterEntry& entry);

// Returns true when the user `name` runs our provider: the mark by which this program knows its entries.
bool IsOurs(const KubeconfigDocument& document, absl::string_view name);

// Returns true when `migrate` has made the user `name` run our provider: it was there before, with its
// cluster and contexts. The mark is in the installHint, which kubectl keeps.
bool IsMigrated(const KubeconfigDocument& document, absl::string_view name);

// Returns the command by which the user `name` runs our provider, also when it wraps another plugin; "" when
// it does not.
std::string CommandOf(const KubeconfigDocument& document, absl::string_view name);

// Returns the arguments with which the user `name` runs our provider, also when it wraps another plugin; none
// when it does not.
std::vector<std::string> ArgsOf(const KubeconfigDocument& document, absl::string_view name);

// Returns the edits that put `entry` into `document`. AlreadyExists when one of the three names is taken by
// what is not ours, or by an entry of this program for another cluster. What the user added to a cluster or
// context of ours (a namespace, a proxy) stays; a user of this program holds the exec stanza and nothing
// else, because a token or certificate beside it would silently win. One that was migrated stays marked as
// that.
absl::StatusOr<std::vector<KubeconfigEdit>> EditsToAdd(ClusterEntry entry,
                                                       const KubeconfigDocument& document);

// Puts the user of `entry` alone into `document`. AlreadyExists when the name is taken by what is not ours.
absl::Status AddUser(const ClusterEntry& entry, KubeconfigDocument& document);

// Returns the edits that take the three entries called `name` out again, and the current-context when it is
// theirs. NotFound when the user is not ours or not there.
absl::StatusOr<std::vector<KubeconfigEdit>> EditsToRemove(absl::string_view name,
                                                          const KubeconfigDocument& document);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_ENTRIES_CLUSTER_ENTRY_H_
