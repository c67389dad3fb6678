#include "kubeconfig_writer/migration/migration.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/invocation/invocation.h"
#include "credential_provider/issuers/ack_issuer.h"
#include "credential_provider/issuers/registry.h"
#include "credential_provider/yaml/yaml_tree.h"
#include "kubeconfig_writer/entries/cluster_entry.h"
#include "kubeconfig_writer/entries/provider_command.h"
#include "kubeconfig_writer/file/backup.h"
#include "kubeconfig_writer/file/edit_choice.h"
#include "kubeconfig_writer/file/kubeconfig_reader.h"
#include "kubeconfig_writer/migration/ack_ram_tool_user.h"
#include "kubeconfig_writer/schema/kubeconfig_entries.h"
#include "kubeconfig_writer/schema/text_field.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

constexpr char kClusterId[] = "--cluster-id";

// Returns the contexts of `view`'s user, which must all lead to its server.
absl::StatusOr<std::vector<std::string>> ContextsOf(const MergedKubeconfig& kubeconfig,
                                                    const ContextView& view) {
  std::vector<std::string> contexts;
  const std::string server = TextAt(view.cluster.content, "server");
  for (const std::string& name : kubeconfig.Names(KubeconfigList::kContexts)) {
    const KubeconfigEntry context = kubeconfig.Get(KubeconfigList::kContexts, name);
    if (TextAt(context.content, "user") != view.user.name) continue;
    const absl::optional<KubeconfigEntry> cluster =
        kubeconfig.Find(KubeconfigList::kClusters, TextAt(context.content, "cluster"));
    if (cluster.has_value() && TextAt(cluster->content, "server") != server) {
      return WithHint(absl::FailedPreconditionError(absl::StrCat("user ", Printable(view.user.name),
                                                                 ": context ", Printable(context.name),
                                                                 " uses it too, for another server")),
                      "give that context a user of its own first");
    }
    contexts.push_back(context.name);
  }
  return contexts;
}

// `env` are variables of the stanza.
absl::StatusOr<nlohmann::ordered_json> NewUser(const IssuerKind& kind,
                                               const std::vector<std::pair<std::string, std::string>>& env,
                                               const KubeconfigEntry& user, const ParsedFlags& flags,
                                               const Environment& environment) {
  absl::StatusOr<Invocation> invocation = MakeInvocation(kind, flags);
  if (!invocation.ok()) return invocation.status();
  ClusterEntry entry;
  entry.args = FormatInvocation(*invocation);
  entry.api_version = invocation->api_version;
  entry.migrated = true;
  entry.env = env;
  absl::StatusOr<ChosenCommand> command =
      ProviderCommand({std::string(flags.Get("--command")), "", user.file}, environment);
  if (!command.ok()) return command.status();
  entry.command = std::move(command->command);
  return UserOf(entry, user.content);
}

// What the old credential can still do; that it can do nothing is no reason to keep it.
absl::StatusOr<Access> TryOld(const Migration& migration, const AccessOptions& options, SayStep say) {
  const auto quiet = [](absl::string_view, absl::string_view) {};
  absl::StatusOr<Access> access = ReachCluster(migration.cluster, migration.old_user, options, quiet);
  const std::string name = migration.has_key ? migration.facts.user_name
                           : access.ok()     ? access->user_name
                                             : "whoever ack-ram-tool signs in as";
  say("old user", absl::StrCat(Printable(name), access.ok() ? ", still accepted" : ", no longer accepted"));
  return access;
}

// Only a certificate has a name in it. Whom a plugin signs in as is known when it does.
absl::StatusOr<std::string> OldName(const Migration& migration, const absl::StatusOr<Access>& old) {
  if (migration.has_key) return migration.facts.user_name;
  if (old.ok()) return old->user_name;
  return WithHint(absl::FailedPreconditionError(
                      absl::StrCat("nothing says as whom ack-ram-tool signs in: ", old.status().message())),
                  "make it work once more, or accept whoever it is with --allow-other-user");
}

// That nobody says who signs in is no proof that it is the same user.
absl::Status CheckSameUser(const std::string& old_name, const std::string& fresh_name, bool has_key) {
  const char* const old = has_key ? "the key" : "ack-ram-tool";
  if (fresh_name.empty()) {
    return WithHint(absl::FailedPreconditionError(absl::StrCat(
                        "neither the cluster nor a certificate says as whom the exec stanza signs in; ", old,
                        " does as ", Printable(old_name))),
                    "accept whoever it is with --allow-other-user");
  }
  if (IsSameAckUser(old_name, fresh_name)) return absl::OkStatus();
  return WithHint(absl::FailedPreconditionError(absl::StrCat("the exec stanza signs in as ", fresh_name, ", ",
                                                             old, " as ", Printable(old_name))),
                  "choose who asks with --identity, --profile or --role-arn, or accept the other user with "
                  "--allow-other-user");
}

// Returns the longest part of `key` that is on one line of a file.
std::string OneLineOf(const std::string& key) {
  absl::string_view longest;
  for (const absl::string_view line : absl::StrSplit(key, absl::ByAnyChar(" \t\r\n"))) {
    if (line.size() >= longest.size()) longest = line;
  }
  return std::string(longest);
}

// Returns the user in whose entry the byte `at` of a kubeconfig is; "" for none.
std::string UserAt(size_t at, const KubeconfigEntries& entries) {
  for (const YamlNode* item : entries.In(KubeconfigList::kUsers)) {
    if (item->begin <= at && at < item->end) return std::string(NameOf(*item));
  }
  return "";
}

// Returns the lines of a kubeconfig that hold `part`, with the users in whose entries they are: "" for what
// is in none, or in that of `user` beside its fields.
std::map<std::string, std::vector<size_t>> LinesWith(const std::string& text, const std::string& part,
                                                     absl::string_view user) {
  std::map<std::string, std::vector<size_t>> lines;
  const absl::StatusOr<YamlTree> tree = YamlTree::Parse(text);
  if (!tree.ok() || part.empty()) return lines;
  const KubeconfigEntries entries(tree->root());
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) {
    std::string owner = UserAt(at, entries);
    if (owner == user) owner.clear();
    lines[owner].push_back(1 + std::count(text.begin(), text.begin() + static_cast<ptrdiff_t>(at), '\n'));
  }
  return lines;
}

// What the tool was told, but for what was typed here.
absl::StatusOr<ParsedFlags> FlagsOf(const AckRamToolUser& tool, const IssuerKind& kind,
                                    const ParsedFlags& given) {
  const std::vector<FlagSpec> specs = GetFlags(kind);
  const absl::StatusOr<ParsedFlags> told = ParseFlags(specs, absl::MakeSpan(tool.args).subspan(1));
  if (!told.ok()) return told.status();
  ParsedFlags all = given.WithoutDefaults(specs);
  for (const FlagSpec& spec : specs) {
    if (told->Has(spec.name) && !all.Has(spec.name)) all = all.With(spec.name, told->Get(spec.name));
  }
  return all;
}

absl::StatusOr<Migration> PlanFromAckRamTool(const MergedKubeconfig& kubeconfig, const ContextView& view,
                                             const ParsedFlags& given, const Environment& environment) {
  absl::StatusOr<AckRamToolUser> tool = ReadAckRamToolUser(view.user, environment);
  if (!tool.ok()) return tool.status();
  const IssuerKind& kind = *FindIssuerKind(tool->args.front());
  absl::StatusOr<ParsedFlags> flags = FlagsOf(*tool, kind, given);
  if (!flags.ok()) return flags.status();
  absl::StatusOr<std::vector<std::string>> contexts = ContextsOf(kubeconfig, view);
  if (!contexts.ok()) return contexts.status();
  absl::StatusOr<nlohmann::ordered_json> user = NewUser(kind, tool->env, view.user, *flags, environment);
  if (!user.ok()) return user.status();
  StaticAckUser facts;
  facts.cluster_id = std::string(flags->Get(kClusterId));
  return Migration{view.user,
                   /*has_key=*/false, std::move(facts),     *std::move(user),
                   view.cluster,      *std::move(contexts), UsualBackupFolder(environment)};
}

}  // namespace

absl::StatusOr<Migration> PlanMigration(const MergedKubeconfig& kubeconfig, const std::string& context,
                                        const ParsedFlags& flags, const Environment& environment) {
  absl::StatusOr<ContextView> view = FindContext(kubeconfig, context);
  if (!view.ok()) return view.status();
  if (RunsAckRamTool(view->user.content)) return PlanFromAckRamTool(kubeconfig, *view, flags, environment);
  const std::string subject = absl::StrCat("user ", Printable(view->user.name));
  absl::StatusOr<StaticAckUser> facts = ReadStaticAckUser(view->user, context, flags.Get(kClusterId));
  if (!facts.ok()) return WithContext(facts.status(), subject);
  absl::StatusOr<std::vector<std::string>> contexts = ContextsOf(kubeconfig, *view);
  if (!contexts.ok()) return contexts.status();
  const ParsedFlags with_cluster = flags.Has(kClusterId) ? flags : flags.With(kClusterId, facts->cluster_id);
  absl::StatusOr<nlohmann::ordered_json> user =
      NewUser(kAckIssuer, {}, view->user, with_cluster, environment);
  if (!user.ok()) return user.status();
  return Migration{std::move(view->user),    /*has_key=*/true,     *std::move(facts),   *std::move(user),
                   std::move(view->cluster), *std::move(contexts), /*backup_folder=*/""};
}

absl::StatusOr<std::string> ProveMigration(const Migration& migration, const AccessOptions& options,
                                           bool allow_other_user, SayStep say) {
  absl::StatusOr<Access> old = TryOld(migration, options, say);
  const KubeconfigEntry user = {migration.old_user.name, nlohmann::json(migration.new_user),
                                migration.old_user.file};
  absl::StatusOr<Access> fresh = ReachCluster(migration.cluster, user, options, say);
  if (!fresh.ok()) return fresh.status();
  const absl::StatusOr<std::string> old_name = OldName(migration, old);
  absl::Status same = allow_other_user ? absl::OkStatus()
                      : old_name.ok()  ? CheckSameUser(*old_name, fresh->user_name, migration.has_key)
                                       : old_name.status();
  if (!same.ok()) return same;
  if (old.ok() && old->namespaces.ok() && !fresh->namespaces.ok()) {
    return WithHint(WithContext(fresh->namespaces, "with the exec stanza"),
                    "give the new user the role (RBAC) that the old one has");
  }
  if (!fresh->namespaces.ok() && !absl::IsPermissionDenied(fresh->namespaces)) return fresh->namespaces;
  return fresh->user_name;
}

absl::StatusOr<std::string> WriteMigration(const Migration& migration, bool dry_run,
                                           std::function<void()> written) {
  const std::string& name = migration.old_user.name;
  const auto edit = [&](KubeconfigDocument& document) {
    const KubeconfigEdit replace = KubeconfigEdit::Set(KubeconfigList::kUsers, name, migration.new_user);
    const absl::StatusOr<bool> made = document.HasMade({replace});
    if (made.ok() && *made) return absl::OkStatus();
    if (document.Find(KubeconfigList::kUsers, name) == migration.old_user.content)
      return document.Apply({replace});
    return WithHint(absl::AbortedError(absl::StrCat("user ", Printable(name), ": changed meanwhile")),
                    "try again");
  };
  const EditChoice choice = {dry_run, {migration.backup_folder, std::move(written)}};
  absl::StatusOr<Edited> edited = EditAsAsked(migration.old_user.file, edit, choice);
  if (!edited.ok()) return edited.status();
  return edited->diff;
}

absl::Status CheckKeyIsGone(const Migration& migration, absl::Span<const Migration> all) {
  const KubeconfigEntry& user = migration.old_user;
  absl::StatusOr<KubeconfigDocument> document = ReadKubeconfig(user.file);
  if (!document.ok()) return document.status();
  for (const Migration& one : all) {
    if (one.old_user.file != user.file) continue;
    absl::Status set = document->Set(KubeconfigList::kUsers, one.old_user.name, one.new_user);
    if (!set.ok()) return set;
  }
  const std::string key = OneLineOf(TextAt(user.content, "client-key-data"));
  std::vector<std::string> places;
  for (const auto& [owner, lines] : LinesWith(document->text(), key, user.name)) {
    const std::string where =
        owner.empty() ? "outside the user's fields" : absl::StrCat("of user ", Printable(owner));
    places.push_back(absl::StrCat("in line ", absl::StrJoin(lines, ", "), ", ", where));
  }
  if (places.empty()) return absl::OkStatus();
  return WithHint(absl::FailedPreconditionError(
                      absl::StrCat(user.file, ": the key is also ", absl::StrJoin(places, ", and "))),
                  "take it out there too");
}

}  // namespace kubeconfig_writer
