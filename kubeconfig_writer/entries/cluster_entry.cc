#include "kubeconfig_writer/entries/cluster_entry.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/invocation/invocation.h"
#include "kubeconfig_writer/entries/our_users.h"
#include "kubeconfig_writer/entries/provider_stanza.h"
#include "kubeconfig_writer/entries/stanza_change.h"
#include "kubeconfig_writer/schema/text_field.h"
#include "kubeconfig_writer/schema/user_fields.h"

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
constexpr char kTakenOverHint[] =
    "credential_provider is not on the PATH. Install it: `kubeconfig_writer migrate` has put it in the "
    "place of another plugin.";
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

// Returns what is after --cluster-id, "" when that is not there.
std::string ClusterIdIn(const std::vector<std::string>& args) {
  constexpr absl::string_view kFlag = "--cluster-id";
  for (size_t i = 0; i < args.size(); ++i) {
    if (args[i] == kFlag && i + 1 < args.size()) return args[i + 1];
    if (absl::StartsWith(args[i], absl::StrCat(kFlag, "="))) return args[i].substr(kFlag.size() + 1);
  }
  return "";
}

// Whether the cluster that is there, if there is one, is the entry's.
bool HasSameAuthority(const ClusterEntry& entry, const KubeconfigDocument& document) {
  const absl::optional<json> cluster = document.Find(KubeconfigList::kClusters, entry.name);
  return !cluster || TextAt(*cluster, "certificate-authority-data") == entry.certificate_authority_data;
}

// A name that leads to another cluster from now on would send commands to where nobody means them to go.
absl::Status CheckCluster(const ClusterEntry& entry, const KubeconfigDocument& document) {
  const std::vector<std::string> args = ArgsOf(document, entry.name);
  const std::string existing = ClusterIdIn(args);
  if (existing == ClusterIdIn(entry.args) || (args.empty() && HasSameAuthority(entry, document)))
    return absl::OkStatus();
  return WithHint(absl::AlreadyExistsError(absl::StrCat(
                      "context ", Printable(entry.name),
                      ": already in the kubeconfig, for another cluster: ", Printable(existing))),
                  "choose another name with --context-name, or uninstall that one first");
}

// Who signs in is not changed by the way.
absl::Status CheckIdentity(absl::string_view what, const ClusterEntry& entry,
                           const KubeconfigDocument& document) {
  const ProviderStanza standing = StanzaOf(document, entry.name);
  if (entry.replace || standing.args.empty() || AskAlike(standing, {entry.args, entry.env}))
    return absl::OkStatus();
  const std::string existing = DescribeIdentity(standing);
  return WithHint(absl::AlreadyExistsError(absl::StrCat(
                      what, " ", Printable(entry.name), ": already in the kubeconfig, for another identity: ",
                      existing.empty() ? "whoever is found" : Printable(existing))),
                  "give this one another name, or replace that one with --replace");
}

// Whether what is there was added for this very cluster, and only its user is missing: somebody has deleted
// it. Nobody else uses the cluster's entry then.
bool IsLeftOver(const ClusterEntry& entry, const KubeconfigDocument& document) {
  if (document.Has(KubeconfigList::kUsers, entry.name) || entry.split || !HasSameAuthority(entry, document))
    return false;
  const std::vector<std::string> contexts = document.Names(KubeconfigList::kContexts);
  return std::all_of(contexts.begin(), contexts.end(), [&](const std::string& name) {
    const json context = *document.Find(KubeconfigList::kContexts, name);
    return TextAt(context, "cluster") != entry.name || IsOurContext(context, entry.name);
  });
}

absl::Status CheckNames(const ClusterEntry& entry, const std::string& context_name,
                        const KubeconfigDocument& document) {
  const std::string& name = entry.name;
  const bool ours = IsOurs(document, name);
  absl::Status same = ours ? CheckCluster(entry, document) : absl::OkStatus();
  if (same.ok() && ours) same = CheckIdentity("context", entry, document);
  if (!same.ok()) return same;
  const bool there =
      document.Has(KubeconfigList::kClusters, name) || document.Has(KubeconfigList::kContexts, context_name);
  const bool free = ours || (there && IsLeftOver(entry, document));
  if (document.Has(KubeconfigList::kUsers, name) && !ours) return Taken("user", name);
  if (document.Has(KubeconfigList::kClusters, name) && !free) return Taken("cluster", name);
  const absl::optional<json> context = document.Find(KubeconfigList::kContexts, context_name);
  if (context && !(free && IsOurContext(*context, name))) return Taken("context", context_name);
  return absl::OkStatus();
}

// Whether the stanza that is there asks for the same of ACK's two addresses.
bool SameEndpoint(const std::vector<std::string>& existing, const std::vector<std::string>& args) {
  const auto is_private = [](const std::vector<std::string>& of) {
    const absl::StatusOr<credential_provider::Invocation> invocation =
        credential_provider::ParseInvocation(of);
    return invocation.ok() && invocation->issuer->ack() != nullptr &&
           invocation->issuer->ack()->private_endpoint;
  };
  return existing.empty() || is_private(existing) == is_private(args);
}

// Returns the server that was set instead of ACK's and stays; "" for none.
std::string KeptServer(const ClusterEntry& entry, const KubeconfigDocument& document) {
  const absl::optional<json> cluster = document.Find(KubeconfigList::kClusters, entry.name);
  if (!entry.connection.server.empty() || !cluster.has_value()) return "";
  std::string standing = TextAt(*cluster, "server");
  if (standing == entry.server || !SameEndpoint(ArgsOf(document, entry.name), entry.args)) return "";
  return standing;
}

ordered_json ClusterFields(const ClusterEntry& entry, const std::string& kept_server) {
  const Connection& connection = entry.connection;
  ordered_json fields = {{"certificate-authority-data", entry.certificate_authority_data},
                         {"server", connection.has_server() ? connection.server
                                    : kept_server.empty()   ? entry.server
                                                            : kept_server}};
  if (!connection.tls_server_name.empty()) fields["tls-server-name"] = connection.tls_server_name;
  if (!connection.proxy_url.empty()) fields["proxy-url"] = connection.proxy_url;
  return fields;
}

ordered_json ContextFields(const ClusterEntry& entry) {
  ordered_json fields = {{"cluster", entry.name}, {"user", entry.name}};
  if (!entry.connection.name_space.empty()) fields["namespace"] = entry.connection.name_space;
  return fields;
}

// What is there already stays when it means the same.
KubeconfigEdit EditOfUser(const ClusterEntry& entry, const KubeconfigDocument& document) {
  const absl::optional<json> existing = document.Find(KubeconfigList::kUsers, entry.name);
  return KubeconfigEdit::Set(KubeconfigList::kUsers, entry.name,
                             UnlessThere(existing, UserOf(entry, existing.value_or(json()))));
}

// A mark stays as it is.
std::string HintOf(const ClusterEntry& entry, const json& existing) {
  if (!entry.migrated) return kInstallHint;
  if (IsMigrated(existing)) return TextAt(existing.at("exec"), "installHint");
  return existing.is_object() && existing.contains("exec") ? kTakenOverHint : kMigratedHint;
}

// The variables that are there and stay. Those of an identity that is replaced do not.
json StandingEnvOf(const ClusterEntry& entry, const json& existing) {
  const bool is_ours = existing.is_object() && RunsProvider(existing);
  const json standing = is_ours ? existing.at("exec").value("env", json()) : json();
  if (!entry.replace || !standing.is_array()) return standing;
  json env = json::array();
  for (const json& variable : standing) {
    const std::string name = TextAt(variable, "name");
    const bool is_of_entry = std::any_of(entry.env.begin(), entry.env.end(),
                                         [&name](const auto& wanted) { return wanted.first == name; });
    if (is_of_entry || !SaysWhoAsks(name)) env.push_back(variable);
  }
  return env.empty() ? json() : env;
}

// The variables of a stanza: those that are there, and those of `entry`.
json EnvOf(const ClusterEntry& entry, const json& existing) {
  json env = StandingEnvOf(entry, existing);
  for (const auto& [name, value] : entry.env) {
    if (!env.is_array()) env = json::array();
    const auto same = std::find_if(env.begin(), env.end(), [&wanted = name](const json& variable) {
      return TextAt(variable, "name") == wanted;
    });
    if (same == env.end()) {
      env.push_back({{"name", name}, {"value", value}});
    } else if (TextAt(*same, "value") != value) {
      *same = {{"name", name}, {"value", value}};
    }
  }
  return env;
}

}  // namespace

bool IsOurContext(const json& context, absl::string_view name) {
  return TextAt(context, "cluster") == name && TextAt(context, "user") == name;
}

bool HasClusterOfOurs(const KubeconfigDocument& document, absl::string_view name) {
  const std::vector<std::string> args = ArgsOf(document, name);
  const credential_provider::IssuerKind* const kind =
      args.size() > 1 ? credential_provider::FindIssuerKind(args[1]) : nullptr;
  return args.empty() || (kind != nullptr && kind->for_ack_cluster != nullptr);
}

// Fields in the order in which kubectl writes them.
ordered_json UserOf(const ClusterEntry& entry, const json& existing) {
  ordered_json exec = {{"apiVersion", std::string(FullName(entry.api_version))},
                       {"args", entry.args},
                       {"command", entry.command}};
  const json env = EnvOf(entry, existing);
  if (!env.is_null()) exec["env"] = env;
  exec["installHint"] = HintOf(entry, existing);
  exec["interactiveMode"] = "Never";
  exec["provideClusterInfo"] = false;
  ordered_json user = {{"exec", std::move(exec)}};
  const json rest = WithoutCredentials(existing);
  for (const auto& [key, value] : rest.items()) {
    if (!value.is_null()) user[key] = value;
  }
  return user;
}

std::vector<std::string> ArgsOf(const KubeconfigDocument& document, absl::string_view name) {
  const absl::optional<json> user = document.Find(KubeconfigList::kUsers, name);
  return user ? ProviderArgs(*user) : std::vector<std::string>();
}

ProviderStanza StanzaOf(const KubeconfigDocument& document, absl::string_view name) {
  const absl::optional<json> user = document.Find(KubeconfigList::kUsers, name);
  return user ? ProviderStanzaOf(*user) : ProviderStanza();
}

std::string CommandOf(const KubeconfigDocument& document, absl::string_view name) {
  const absl::optional<json> user = document.Find(KubeconfigList::kUsers, name);
  return user && !ProviderArgs(*user).empty() ? TextAt(user->at("exec"), "command") : "";
}

bool IsOurs(const KubeconfigDocument& document, absl::string_view name) {
  const absl::optional<json> user = document.Find(KubeconfigList::kUsers, name);
  return user && RunsProvider(*user);
}

bool IsMigrated(const json& user) {
  return RunsProvider(user) && absl::StrContains(TextAt(user.at("exec"), "installHint"), kMigratedMark);
}

bool IsMigrated(const KubeconfigDocument& document, absl::string_view name) {
  const absl::optional<json> user = document.Find(KubeconfigList::kUsers, name);
  return user && IsMigrated(*user);
}

absl::StatusOr<Addition> AdditionOf(ClusterEntry entry, const KubeconfigDocument& document) {
  const std::string& name = entry.name;
  Addition addition;
  if (IsOurs(document, name)) addition.context = InstalledContext(document, name);
  const std::vector<std::string> others =
      entry.any_context ? ContextsLikeInstalled(document, name) : std::vector<std::string>();
  if (addition.context.empty()) addition.context = others.empty() ? name : others.front();
  absl::Status free = CheckNames(entry, addition.context, document);
  if (!free.ok()) return free;
  entry.migrated = IsMigrated(document, name);
  addition.kept_server = KeptServer(entry, document);
  const auto over = [&](KubeconfigList list, const std::string& of, const ordered_json& fields) {
    return KubeconfigEdit::Set(list, of, Over(document.Find(list, of), fields));
  };
  addition.edits = {over(KubeconfigList::kClusters, name, ClusterFields(entry, addition.kept_server)),
                    over(KubeconfigList::kContexts, addition.context, ContextFields(entry)),
                    EditOfUser(entry, document)};
  return addition;
}

absl::Status AddUser(const ClusterEntry& entry, KubeconfigDocument& document) {
  const absl::optional<json> existing = document.Find(KubeconfigList::kUsers, entry.name);
  if (existing && !RunsProvider(*existing)) return Taken("user", entry.name, "--user");
  absl::Status same = existing ? CheckIdentity("user", entry, document) : absl::OkStatus();
  return same.ok() ? document.Apply({EditOfUser(entry, document)}) : same;
}

absl::StatusOr<std::vector<KubeconfigEdit>> EditsToRemove(absl::string_view name,
                                                          absl::Span<const std::string> contexts,
                                                          const KubeconfigDocument& document) {
  if (!IsOurs(document, name)) {
    return absl::NotFoundError(absl::StrCat(Printable(name), ": not an entry that this program made"));
  }
  std::set<std::string> gone;
  const std::string made = InstalledContext(document, name);
  if (!made.empty()) gone.insert(made);
  for (const std::string& context : contexts) {
    const absl::optional<json> content = document.Find(KubeconfigList::kContexts, context);
    if (content && TextAt(*content, "user") == name) gone.insert(context);
  }
  std::vector<KubeconfigEdit> edits;
  const std::string current = document.current_context();
  const bool is_left_over = current == name && !document.Has(KubeconfigList::kContexts, name);
  if (gone.count(current) > 0 || is_left_over) edits.push_back(KubeconfigEdit::Unuse());
  edits.push_back(KubeconfigEdit::Remove(KubeconfigList::kUsers, name));
  for (const std::string& context : gone)
    edits.push_back(KubeconfigEdit::Remove(KubeconfigList::kContexts, context));
  if (HasClusterOfOurs(document, name) && KindOf(document, name) == OurKind::kInstalled)
    edits.push_back(KubeconfigEdit::Remove(KubeconfigList::kClusters, name));
  return edits;
}

}  // namespace kubeconfig_writer
