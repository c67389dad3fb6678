#include "kubeconfig_writer/entries/our_users.h"

#include <algorithm>
#include <map>

#include "credential_provider/issuers/registry.h"
#include "kubeconfig_writer/entries/cluster_entry.h"
#include "kubeconfig_writer/entries/provider_stanza.h"
#include "kubeconfig_writer/schema/text_field.h"

namespace kubeconfig_writer {
namespace {

using nlohmann::json;

bool AnyContextLeadsTo(const KubeconfigDocument& document, absl::string_view user) {
  const std::vector<std::string> contexts = document.Names(KubeconfigList::kContexts);
  return std::any_of(contexts.begin(), contexts.end(), [&](const std::string& name) {
    return TextAt(*document.Find(KubeconfigList::kContexts, name), "user") == user;
  });
}

// Of what install adds for a cluster something is left, or nothing speaks against it.
bool LooksInstalled(const KubeconfigDocument& document, absl::string_view name) {
  return !HasClusterOfOurs(document, name) || document.Has(KubeconfigList::kClusters, name) ||
         !ContextsLikeInstalled(document, name).empty() || !AnyContextLeadsTo(document, name);
}

}  // namespace

OurKind KindOf(const KubeconfigDocument& document, absl::string_view user) {
  const absl::optional<json> content = document.Find(KubeconfigList::kUsers, user);
  if (!content.has_value()) return OurKind::kNone;
  if (IsWrapped(*content)) return OurKind::kWrapped;
  if (!RunsProvider(*content)) return OurKind::kNone;
  if (IsMigrated(document, user)) return OurKind::kMigrated;
  return LooksInstalled(document, user) ? OurKind::kInstalled : OurKind::kBefore;
}

std::vector<std::string> ContextsLikeInstalled(const KubeconfigDocument& document, absl::string_view name) {
  std::vector<std::string> contexts = document.Names(KubeconfigList::kContexts);
  const auto leads_elsewhere = [&](const std::string& context) {
    return !IsOurContext(*document.Find(KubeconfigList::kContexts, context), name);
  };
  contexts.erase(std::remove_if(contexts.begin(), contexts.end(), leads_elsewhere), contexts.end());
  return contexts;
}

std::string InstalledContext(const KubeconfigDocument& document, absl::string_view name) {
  const absl::optional<json> usual = document.Find(KubeconfigList::kContexts, name);
  if (usual.has_value() && IsOurContext(*usual, name)) return std::string(name);
  const std::vector<std::string> contexts = ContextsLikeInstalled(document, name);
  return contexts.size() == 1 ? contexts.front() : "";
}

std::vector<OurRow> FindOurRows(const MergedKubeconfig& kubeconfig) {
  std::multimap<std::string, std::string> contexts;  // of each user
  for (const std::string& name : kubeconfig.Names(KubeconfigList::kContexts))
    contexts.emplace(TextAt(kubeconfig.Get(KubeconfigList::kContexts, name).content, "user"), name);
  std::vector<OurRow> rows;
  for (const std::string& name : kubeconfig.Names(KubeconfigList::kUsers)) {
    const KubeconfigEntry user = kubeconfig.Get(KubeconfigList::kUsers, name);
    if (!RunsProvider(user.content) && !IsWrapped(user.content)) continue;
    const auto [begin, end] = contexts.equal_range(name);
    if (begin == end) rows.push_back({name, false, user});
    for (auto context = begin; context != end; ++context) rows.push_back({context->second, true, user});
  }
  return rows;
}

}  // namespace kubeconfig_writer
