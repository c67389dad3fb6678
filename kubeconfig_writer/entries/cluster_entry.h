// The cluster, user and context that stand for one `credential_provider get` in a kubeconfig. All three have
// the same name, until somebody renames the context.
#ifndef KUBECONFIG_WRITER_ENTRIES_CLUSTER_ENTRY_H_
#define KUBECONFIG_WRITER_ENTRIES_CLUSTER_ENTRY_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "credential_provider/kubernetes/exec_info.h"
#include "kubeconfig_writer/document/kubeconfig_document.h"
#include "kubeconfig_writer/entries/connection.h"
#include "kubeconfig_writer/entries/provider_stanza.h"

namespace kubeconfig_writer {

struct ClusterEntry {
  std::string name;
  std::string server;                      // ACK's address: "https://192.0.2.10:6443"
  std::string certificate_authority_data;  // base64 of PEM
  std::string command;                     // of the exec stanza
  std::vector<std::string> args;
  credential_provider::ExecApiVersion api_version = credential_provider::ExecApiVersion::kV1;
  bool migrated = false;     // the user was there before, with a key
  bool replace = false;      // may take the place of an entry for another identity
  bool split = false;        // other files have an entry of this name
  bool any_context = false;  // any context that leads to it will do, whatever it is called
  Connection connection = {};
  StanzaVariables env = {};  // of the stanza, beside those that are there and do not say who asks
};

// Returns the user that makes kubectl run the provider: `existing`, null for none, with the exec stanza in
// the place of every credential. What else the user has added stays: extensions, and variables of the stanza
// but for those of the same name, and for those that say who asks where another identity is replaced.
nlohmann::ordered_json UserOf(const ClusterEntry& entry, const nlohmann::json& existing);

// Returns true when the user `name` runs our provider: the mark by which this program knows its entries.
bool IsOurs(const KubeconfigDocument& document, absl::string_view name);

// Returns true when `migrate` has made the user `name` run our provider: it was there before, with its
// cluster and contexts. The mark is in the installHint, which kubectl keeps.
bool IsMigrated(const nlohmann::json& user);
bool IsMigrated(const KubeconfigDocument& document, absl::string_view name);

// Returns the command by which the user `name` runs our provider, also when it wraps another plugin; "" when
// it does not.
std::string CommandOf(const KubeconfigDocument& document, absl::string_view name);

// Returns the arguments with which the user `name` runs our provider, also when it wraps another plugin; none
// when it does not.
std::vector<std::string> ArgsOf(const KubeconfigDocument& document, absl::string_view name);

// Returns the stanza by which the user `name` runs our provider, as ArgsOf.
ProviderStanza StanzaOf(const KubeconfigDocument& document, absl::string_view name);

// Returns true when the stanza of the user `name` is for a cluster that install adds too.
bool HasClusterOfOurs(const KubeconfigDocument& document, absl::string_view name);

// Returns true when `context`, the content of one, leads to the cluster and the user that are called `name`.
bool IsOurContext(const nlohmann::json& context, absl::string_view name);

// What adding an entry does to a document.
struct Addition {
  std::vector<KubeconfigEdit> edits;
  std::string context;      // the entry's: it may have been renamed since it was added
  std::string kept_server;  // the one that was set before and stays instead of ACK's; "" for none
};

// Returns how `entry` gets into `document`. AlreadyExists when one of the three names is taken by what is not
// ours, or by an entry of this program for another cluster, or for another identity unless it may be
// replaced. What a deleted user has left of the same cluster is taken over. What the user added to a cluster
// or context of this program (a server, a namespace, a proxy) stays, unless the entry says otherwise; of a
// user no credential does, because kubectl would take that first. One that was migrated stays marked as that.
absl::StatusOr<Addition> AdditionOf(ClusterEntry entry, const KubeconfigDocument& document);

// Puts the user of `entry` alone into `document`. AlreadyExists when the name is taken by what is not ours,
// or for another identity, as above.
absl::Status AddUser(const ClusterEntry& entry, KubeconfigDocument& document);

// Returns the edits that take the user `name` out again with its cluster, its context (our_users.h) and those
// of `contexts` that lead to it, and the current-context when it is one of these. NotFound when the user is
// not ours or not there.
absl::StatusOr<std::vector<KubeconfigEdit>> EditsToRemove(absl::string_view name,
                                                          absl::Span<const std::string> contexts,
                                                          const KubeconfigDocument& document);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_ENTRIES_CLUSTER_ENTRY_H_
