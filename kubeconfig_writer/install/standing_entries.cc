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

// The first context that leads to the cluster and the user of one name, by that.
std::map<std::string, std::string> ContextsOf(const KubeconfigDocument& document) {
  std::map<std::string, std::string> contexts;
  for (const std::string& name : document.Names(KubeconfigList::kContexts)) {
    const nlohmann::json context = document.Find(KubeconfigList::kContexts, name).value_or(nlohmann::json());
    const std::string user = TextAt(context, "user");
    if (TextAt(context, "cluster") != user) continue;
    const auto [known, is_first] = contexts.emplace(user, name);
    if (!is_first && name == user) known->second = name;
  }
  return contexts;
}

absl::optional<StandingEntry> EntryOf(const std::string& name, const KubeconfigDocument& document) {
  StandingEntry entry;
  entry.name = name;
  entry.stanza = StanzaOf(document, name);
  absl::StatusOr<Invocation> invocation = credential_provider::ParseInvocation(entry.stanza.args);
  if (!invocation.ok() || invocation->issuer->ack() == nullptr) return absl::nullopt;
  entry.invocation = *std::move(invocation);
  entry.kind = KindOf(document, name);
  entry.identity_flags = IdentityFlagsIn(entry.stanza.args);
  entry.identity_variables = IdentityVariablesIn(entry.stanza.env);
  if (const absl::optional<nlohmann::json> cluster = document.Find(KubeconfigList::kClusters, name)) {
    entry.server = TextAt(*cluster, "server");
    entry.tls_server_name = TextAt(*cluster, "tls-server-name");
    entry.certificate_authority_data = TextAt(*cluster, "certificate-authority-data");
  }
  return entry;
}

}  // namespace

std::vector<StandingEntry> FindStandingEntries(const KubeconfigFiles& files) {
  std::vector<StandingEntry> entries;
  std::set<std::string> seen;
  for (const std::string& path : files.paths()) {
    const KubeconfigDocument& document = *files.DocumentAt(path);
    const std::map<std::string, std::string> contexts = ContextsOf(document);
    for (const std::string& name : document.Names(KubeconfigList::kUsers)) {
      if (!seen.insert(name).second) continue;
      absl::optional<StandingEntry> entry = EntryOf(name, document);
      if (!entry) continue;
      entry->path = path;
      const auto context = contexts.find(name);
      if (context != contexts.end()) entry->context = context->second;
      entries.push_back(*std::move(entry));
    }
  }
  return entries;
}

}  // namespace kubeconfig_writer
