#include "kubeconfig_writer/entries/cluster_entry.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "kubeconfig_writer/entries/provider_stanza.h"
#include "kubeconfig_writer/schema/text_field.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::Printable;
using credential_provider::WithHint;
using nlohmann::json;
using nlohmann::ordered_json;

constexpr char kInstallHint[] =
    "credential_provider is not on the PATH. Install it, or run `kubeconfig_writer install` again.";
constexpr char kMigratedHint[] =
    "credential_provider is not on the PATH. Install it: `kubeconfig_writer migrate` has put it in the "
    "place of a key.";
constexpr char kMigratedMark[] = "`kubeconfig_writer migrate`";

// Returns `fields` over what the entry has already.
ordered_json Over(const absl::optional<json>& existing, const ordered_json& fields) {
  ordered_json content = existing && existing->is_object() ? ordered_json(*existing) : ordered_json::object();
  for (const auto& [key, value] : fields.items()) content[key] = value;
  return content;
}

// kubectl writes what has no value as null ("env: null"), whenever it writes.
json WithoutNulls(const json& value) {
  if (!value.is_object()) return value;
  json object = json::object();
  for (const auto& [key, field] : value.items()) {
    if (!field.is_null()) object[key] = WithoutNulls(field);
  }
  return object;
}

// Returns `content`, or what the entry has already when that means the same.
ordered_json UnlessThere(const absl::optional<json>& existing, const ordered_json& content) {
  return existing && WithoutNulls(*existing) == json(content) ? ordered_json(*existing) : content;
}

absl::Status Taken(absl::string_view what, absl::string_view name,
                   absl::string_view flag = "--context-name") {
  return WithHint(
      absl::AlreadyExistsError(absl::StrCat(what, " ", Printable(name),
                                            ": already in the kubeconfig, and not made by this program")),
      absl::StrCat("choose another name with ", flag));
}

// Our context leads to our cluster and user; one that leads elsewhere is somebody else's.
bool IsOurContext(const json& context, absl::string_view name) {
  return TextAt(context, "cluster") == name && TextAt(context, "user") == name;
}

// Returns what is after --cluster-id, "" when that is not there.
std::string ClusterIdIn(const std::vector<std::string>& args) {
  constexpr absl::string_view kFlag = "--cluster-id";
  for (size_t i = 0; i < args.size(); ++i) {
    if (args[i] == kFlag && i + 1 < args.size()) return args[i + 1];
    if (absl::StartsWith(args[i], absl::StrCat(kFlag, "="))) return args[i].substr(kFlag.size() + 1);
  }
  return "";
}

// A name that leads to another cluster from now on would send commands to where nobody means them to go.
absl::Status CheckCluster(const ClusterEntry& entry, const KubeconfigDocument& document) {
  const std::string existing = ClusterIdIn(ArgsOf(document, entry.name));
  if (existing == ClusterIdIn(entry.args)) return absl::OkStatus();
  return WithHint(absl::AlreadyExistsError(absl::StrCat(
                      "context ", Printable(entry.name),
                      ": already in the kubeconfig, for another cluster: ", Printable(existing))),
                  "choose another name with --context-name, or uninstall that one first");
}

absl::Status CheckNames(const ClusterEntry& entry, const KubeconfigDocument& document) {
  const std::string& name = entry.name;
  const bool ours = IsOurs(document, name);
  absl::Status same_cluster = ours ? CheckCluster(entry, document) : absl::OkStatus();
  if (!same_cluster.ok()) return same_cluster;
  if (document.Has(KubeconfigList::kUsers, name) && !ours) return Taken("user", name);
  if (document.Has(KubeconfigList::kClusters, name) && !ours) return Taken("cluster", name);
  const absl::optional<json> context = document.Find(KubeconfigList::kContexts, name);
  if (context && !(ours && IsOurContext(*context, name))) return Taken("context", name);
  return absl::OkStatus();
}

}  // namespace

// Fields in the order in which kubectl writes them.
ordered_json UserOf(const ClusterEntry& entry) {
  return {{"exec",
           {{"apiVersion", std::string(FullName(entry.api_version))},
            {"args", entry.args},
            {"command", entry.command},
            {"installHint", entry.migrated ? kMigratedHint : kInstallHint},
            {"interactiveMode", "Never"},
            {"provideClusterInfo", false}}}};
}

std::vector<std::string> ArgsOf(const KubeconfigDocument& document, absl::string_view name) {
  const absl::optional<json> user = document.Find(KubeconfigList::kUsers, name);
  return user ? ProviderArgs(*user) : std::vector<std::string>();
}

std::string CommandOf(const KubeconfigDocument& document, absl::string_view name) {
  const absl::optional<json> user = document.Find(KubeconfigList::kUsers, name);
  return user && !ProviderArgs(*user).empty() ? TextAt(user->at("exec"), "command") : "";
}

bool IsOurs(const KubeconfigDocument& document, absl::string_view name) {
  const absl::optional<json> user = document.Find(KubeconfigList::kUsers, name);
  return user && RunsProvider(*user);
}

bool IsMigrated(const KubeconfigDocument& document, absl::string_view name) {
  const absl::optional<json> user = document.Find(KubeconfigList::kUsers, name);
  return user && RunsProvider(*user) &&
         absl::StrContains(TextAt(user->at("exec"), "installHint"), kMigratedMark);
}

absl::StatusOr<std::vector<KubeconfigEdit>> EditsToAdd(ClusterEntry entry,
                                                       const KubeconfigDocument& document) {
  absl::Status free = CheckNames(entry, document);
  if (!free.ok()) return free;
  entry.migrated = IsMigrated(document, entry.name);
  const ordered_json cluster = {{"certificate-authority-data", entry.certificate_authority_data},
                                {"server", entry.server}};
  const ordered_json context = {{"cluster", entry.name}, {"user", entry.name}};
  const auto over = [&](KubeconfigList list, const ordered_json& fields) {
    return KubeconfigEdit::Set(list, entry.name, Over(document.Find(list, entry.name), fields));
  };
  return std::vector<KubeconfigEdit>{
      over(KubeconfigList::kClusters, cluster), over(KubeconfigList::kContexts, context),
      KubeconfigEdit::Set(KubeconfigList::kUsers, entry.name,
                          UnlessThere(document.Find(KubeconfigList::kUsers, entry.name), UserOf(entry)))};
}

absl::Status AddUser(const ClusterEntry& entry, KubeconfigDocument& document) {
  const absl::optional<json> existing = document.Find(KubeconfigList::kUsers, entry.name);
  if (existing && !RunsProvider(*existing)) return Taken("user", entry.name, "--user");
  return document.Apply(
      {KubeconfigEdit::Set(KubeconfigList::kUsers, entry.name, UnlessThere(existing, UserOf(entry)))});
}

absl::StatusOr<std::vector<KubeconfigEdit>> EditsToRemove(absl::string_view name,
                                                          const KubeconfigDocument& document) {
  if (!IsOurs(document, name)) {
    return absl::NotFoundError(absl::StrCat(Printable(name), ": not an entry that this program made"));
  }
  std::vector<KubeconfigEdit> edits;
  if (document.current_context() == name) edits.push_back(KubeconfigEdit::Unuse());
  edits.push_back(KubeconfigEdit::Remove(KubeconfigList::kUsers, name));
  const absl::optional<json> context = document.Find(KubeconfigList::kContexts, name);
  if (context && IsOurContext(*context, name))
    edits.push_back(KubeconfigEdit::Remove(KubeconfigList::kContexts, name));
  edits.push_back(KubeconfigEdit::Remove(KubeconfigList::kClusters, name));
  return edits;
}

}  // namespace kubeconfig_writer
