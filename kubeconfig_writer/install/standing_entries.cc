#include "kubeconfig_writer/install/standing_entries.h"

#include <map>
#include <set>
#include <utility>

#include "absl/types/optional.h"
#include "kubeconfig_writer/entries/stanza_change.h"
#include "kubeconfig_writer/schema/text_field.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::Invocation;

// Where something is, and what it is called.
struct Placed {
  std::string path;
  std::string name;
};

// What leads to the users, in all files.
class Contexts {
 public:
  explicit Contexts(const KubeconfigFiles& files) {
    std::set<std::string> seen;
    for (const std::string& path : files.paths()) {
      const KubeconfigDocument& document = *files.DocumentAt(path);
      for (const std::string& name : document.Names(KubeconfigList::kContexts)) {
        if (!seen.insert(name).second) continue;
        Note(path, name, document.Find(KubeconfigList::kContexts, name).value_or(nlohmann::json()));
      }
    }
  }

  void Describe(StandingEntry* entry) const {
    entry->is_led_to = users_.count(entry->name) > 0;
    const auto context = to_both_.find(entry->name);
    if (context == to_both_.end()) return;
    entry->context = context->second.name;
    entry->is_split |= context->second.path != entry->path;
  }

 private:
  void Note(const std::string& path, const std::string& name, const nlohmann::json& content) {
    const std::string user = TextAt(content, "user");
    users_.insert(user);
    if (TextAt(content, "cluster") != user) return;
    const auto [known, is_first] = to_both_.emplace(user, Placed{path, name});
    if (!is_first && name == user) known->second = {path, name};
  }

  std::set<std::string> users_;
  std::map<std::string, Placed> to_both_;  // the first that leads to the cluster and the user of one name
};

void DescribeCluster(const KubeconfigFiles& files, StandingEntry* entry) {
  for (const std::string& path : files.paths()) {
    const absl::optional<nlohmann::json> cluster =
        files.DocumentAt(path)->Find(KubeconfigList::kClusters, entry->name);
    if (!cluster) continue;
    entry->server = TextAt(*cluster, "server");
    entry->tls_server_name = TextAt(*cluster, "tls-server-name");
    entry->certificate_authority_data = TextAt(*cluster, "certificate-authority-data");
    entry->is_split |= path != entry->path;
    return;
  }
}

absl::optional<StandingEntry> EntryOf(const Placed& user, const KubeconfigDocument& document) {
  StandingEntry entry;
  entry.path = user.path;
  entry.name = user.name;
  entry.stanza = StanzaOf(document, user.name);
  absl::StatusOr<Invocation> invocation = credential_provider::ParseInvocation(entry.stanza.args);
  if (!invocation.ok() || invocation->issuer->ack() == nullptr) return absl::nullopt;
  entry.invocation = *std::move(invocation);
  entry.kind = KindOf(document, user.name);
  entry.identity_flags = IdentityFlagsIn(entry.stanza.args);
  entry.identity_variables = IdentityVariablesIn(entry.stanza.env);
  return entry;
}

}  // namespace

std::vector<StandingEntry> FindStandingEntries(const KubeconfigFiles& files) {
  std::vector<StandingEntry> entries;
  std::set<std::string> seen;
  const Contexts contexts(files);
  for (const std::string& path : files.paths()) {
    const KubeconfigDocument& document = *files.DocumentAt(path);
    for (const std::string& name : document.Names(KubeconfigList::kUsers)) {
      if (!seen.insert(name).second) continue;
      absl::optional<StandingEntry> entry = EntryOf({path, name}, document);
      if (!entry) continue;
      DescribeCluster(files, &*entry);
      contexts.Describe(&*entry);
      entries.push_back(*std::move(entry));
    }
  }
  return entries;
}

}  // namespace kubeconfig_writer
