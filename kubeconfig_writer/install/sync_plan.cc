#include "kubeconfig_writer/install/sync_plan.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/command.h"
#include "kubeconfig_writer/clusters/fleet_flags.h"
#include "kubeconfig_writer/entries/stanza_change.h"
#include "kubeconfig_writer/file/kubeconfig_path.h"
#include "kubeconfig_writer/install/installation_planner.h"
#include "kubeconfig_writer/schema/text_field.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

// The flags that say who asks in a stanza of this request.
std::string IdentityFlagsOf(const InstallRequest& request) {
  Invocation invocation = request.invocation;
  AckOptions options = *invocation.issuer->ack();
  options.cluster_id = "c0";  // of any cluster
  invocation.issuer = invocation.kind->for_ack_cluster(options);
  return IdentityFlagsIn(FormatInvocation(invocation));
}

// Whether the variables of the stanza are those that this run would write, or that it has itself.
bool HasVariablesOf(const StandingEntry& entry, const InstallRequest& request,
                    const Environment& environment) {
  const StanzaVariables written = request.with_env ? request.env : StanzaVariables();
  return entry.identity_variables == IdentityVariablesIn(WithShared(written, entry.stanza.env, environment));
}

// Whether the flags name who asks, so that it is the same one tomorrow.
bool IsPinned(const IdentityOptions& who) {
  return !who.profile.empty() || !who.role_arn.empty() || !who.oidc_provider_arn.empty();
}

bool IsIn(const std::vector<Cluster>& clusters, absl::string_view id) {
  return std::any_of(clusters.begin(), clusters.end(),
                     [id](const Cluster& cluster) { return cluster.id == id; });
}

// Which names of the kubeconfig are taken, or will be.
class Names {
 public:
  explicit Names(const KubeconfigFiles& files) : files_(files) {}

  // The entry goes, with the contexts of its file that lead to it. What another file has of it stays.
  void Free(const StandingEntry& entry) {
    if (!entry.is_split) free_.insert(entry.name);
    const KubeconfigDocument& document = *files_.DocumentAt(entry.path);
    for (const std::string& context : document.Names(KubeconfigList::kContexts)) {
      const absl::optional<nlohmann::json> content = document.Find(KubeconfigList::kContexts, context);
      if (content && TextAt(*content, "user") == entry.name) free_.insert(context);
    }
  }

  // Returns `name` for `cluster`, which has no entry yet; where that is taken, with the beginning of its id,
  // and where two identities have that already, with a number.
  std::string Take(const std::string& name, const Cluster& cluster) {
    std::string own = IsTaken(name) ? NameWithId(name, cluster) : name;
    for (int number = 2; IsTaken(own); ++number) own = absl::StrCat(NameWithId(name, cluster), "-", number);
    taken_.insert(own);
    return own;
  }

 private:
  bool IsTaken(const std::string& name) const {
    if (taken_.count(name) > 0) return true;
    if (free_.count(name) > 0) return false;
    const std::vector<std::string>& paths = files_.paths();
    return std::any_of(paths.begin(), paths.end(),
                       [&](const std::string& path) { return IsTakenIn(*files_.DocumentAt(path), name); });
  }

  // What is left of an entry whose user somebody has deleted is free for its own cluster.
  static bool IsTakenIn(const KubeconfigDocument& document, const std::string& name) {
    if (document.Has(KubeconfigList::kUsers, name)) return true;
    const absl::optional<nlohmann::json> context = document.Find(KubeconfigList::kContexts, name);
    if (context) return !IsOurContext(*context, name);
    return document.Has(KubeconfigList::kClusters, name);
  }

  const KubeconfigFiles& files_;
  std::set<std::string> free_;
  std::set<std::string> taken_;
};

// The entries of one account.
class AccountSync {
 public:
  AccountSync(const Account& account, const std::vector<StandingEntry>& standing, const SyncChoice& choice,
              const Environment& environment)
      : account_(account), choice_(choice) {
    const std::string flags = IdentityFlagsOf(account.request);
    for (const StandingEntry& entry : standing) {
      if (entry.identity_flags == flags && HasVariablesOf(entry, account.request, environment))
        by_cluster_[entry.ack().cluster_id].push_back(&entry);
    }
  }

  // Finds out what is gone; frees the names of what will be removed.
  absl::Status FindGone(Names* names, SyncPlan* plan);

  // Plans what is added, as `names_of` has it, and what is changed.
  absl::Status Plan(const std::vector<std::string>& names_of, InstallationPlanner* planner, Names* names,
                    SyncPlan* plan);

 private:
  bool IsAskedAbout(const StandingEntry& entry) const;
  absl::StatusOr<bool> IsGone(const StandingEntry& entry) const;
  void Reconcile(const Cluster& cluster, const StandingEntry& entry, InstallationPlanner* planner,
                 SyncPlan* plan) const;
  void Skip(SyncPlan* plan) const;

  const Account& account_;
  const SyncChoice& choice_;
  std::map<std::string, std::vector<const StandingEntry*>> by_cluster_;
};

// Whether the list of clusters would have it. Where the stanza does not tell the region, only that of all
// would.
bool AccountSync::IsAskedAbout(const StandingEntry& entry) const {
  return entry.kind == OurKind::kInstalled &&
         entry.ack().cs_endpoint == account_.request.invocation.issuer->ack()->cs_endpoint &&
         TakesRegion(account_.request.choice.filter, entry.ack().region);
}

// A list of several pages can lack a cluster, when another one has gone between two of them.
absl::StatusOr<bool> AccountSync::IsGone(const StandingEntry& entry) const {
  absl::StatusOr<AcsClient> client = account_.service->At(*account_.request.invocation.issuer->ack());
  if (!client.ok()) return client.status();
  ClusterFilter filter;
  filter.id = entry.ack().cluster_id;
  absl::StatusOr<std::vector<Cluster>> found = DescribeClusters(*client, account_.service->key(), filter);
  if (!found.ok()) return found.status();
  return !IsIn(*found, entry.ack().cluster_id);
}

absl::Status AccountSync::FindGone(Names* names, SyncPlan* plan) {
  std::vector<const StandingEntry*> gone;
  size_t present = 0;
  for (const auto& [id, entries] : by_cluster_) {
    const bool is_listed = IsIn(account_.listed, id);
    for (const StandingEntry* const entry : entries) {
      if (!IsAskedAbout(*entry)) continue;
      absl::StatusOr<bool> is_gone = is_listed ? false : IsGone(*entry);
      if (!is_gone.ok()) return is_gone.status();
      if (*is_gone) gone.push_back(entry);
      if (!*is_gone) ++present;
    }
  }
  const bool may_be_another =
      !IsPinned(account_.request.invocation.identity) && present == 0 && !gone.empty();
  if (choice_.prune && may_be_another) {
    plan->refused.push_back(
        WithHint(absl::FailedPreconditionError(absl::StrCat(
                     "--prune: nothing is removed: none of the ", gone.size(),
                     " contexts is of a cluster that this identity can see, so it may be another account")),
                 "`kubeconfig_writer whoami` says who asks; --profile makes sure; `kubeconfig_writer "
                 "uninstall` removes "
                 "contexts"));
  }
  for (const StandingEntry* const entry : gone) {
    if (!choice_.prune || may_be_another) {
      plan->gone.push_back(*entry);
      continue;
    }
    names->Free(*entry);
    Removal removal;
    removal.path = entry->path;
    removal.user = entry->name;
    removal.stanza = entry->stanza;
    plan->removals.push_back(std::move(removal));
  }
  return absl::OkStatus();
}

void AccountSync::Reconcile(const Cluster& cluster, const StandingEntry& entry, InstallationPlanner* planner,
                            SyncPlan* plan) const {
  AckOptions options = entry.ack();
  if (choice_.endpoint_given) {
    const AckOptions& given = *account_.request.invocation.issuer->ack();
    options.private_endpoint = WithEndpoint(given, account_.request.choice, cluster).private_endpoint;
  }
  const std::string& of_ack = options.private_endpoint ? cluster.private_endpoint : cluster.public_endpoint;
  const bool is_whole =
      !entry.context.empty() && !entry.server.empty() && !entry.certificate_authority_data.empty();
  const bool is_same = options.private_endpoint == entry.ack().private_endpoint;
  // Led to another cluster, or split over files, it is as somebody wants it.
  const bool is_arranged = entry.is_split || (entry.context.empty() && entry.is_led_to);
  const bool can_be_changed =
      entry.kind == OurKind::kInstalled && WhyNotUsable(cluster).empty() && !is_arranged;
  const bool is_moved = !of_ack.empty() && entry.server != of_ack;
  const bool takes_of_ack = !account_.request.connection.server.empty();
  if (can_be_changed && (!is_whole || (!is_same && !of_ack.empty()) || (is_moved && takes_of_ack))) {
    Invocation invocation = entry.invocation;
    invocation.issuer = invocation.kind->for_ack_cluster(options);
    planner->BeginStanding(entry, std::move(invocation));
    plan->added.emplace_back();
    return;
  }
  ++plan->unchanged;
  // Whoever has set the server's name, too, has a tunnel.
  if (can_be_changed && is_moved && is_same && entry.tls_server_name.empty())
    plan->other_servers.push_back({entry.context, entry.server, of_ack});
}

// Those that would be added, if they could be.
void AccountSync::Skip(SyncPlan* plan) const {
  std::vector<Cluster> others;
  for (const Cluster& cluster : account_.listed) {
    if (by_cluster_.count(cluster.id) == 0) others.push_back(cluster);
  }
  ChosenClusters chosen =
      ChooseAmong(std::move(others), account_.request.choice, *account_.request.invocation.issuer->ack());
  for (const Cluster& cluster : chosen.clusters) {
    if (!IsIn(account_.chosen.clusters, cluster.id))
      chosen.skipped.push_back(absl::StrCat(TitleOf(cluster), ": has a name that nobody could type"));
  }
  std::vector<std::string>& skipped = plan->install.skipped;
  skipped.insert(skipped.end(), chosen.skipped.begin(), chosen.skipped.end());
}

absl::Status AccountSync::Plan(const std::vector<std::string>& names_of, InstallationPlanner* planner,
                               Names* names, SyncPlan* plan) {
  for (const Cluster& cluster : account_.listed) {
    const auto entries = by_cluster_.find(cluster.id);
    if (entries == by_cluster_.end() || !Takes(account_.request.choice.filter, cluster)) continue;
    for (const StandingEntry* const entry : entries->second) Reconcile(cluster, *entry, planner, plan);
  }
  for (size_t i = 0; i < names_of.size(); ++i) {
    const Cluster& cluster = account_.chosen.clusters[i];
    if (by_cluster_.count(cluster.id) > 0) continue;
    absl::Status begun = planner->Begin(cluster, names->Take(names_of[i], cluster), false);
    if (!begun.ok()) return begun;
    plan->added.push_back(TitleOf(cluster));
  }
  Skip(plan);
  return absl::OkStatus();
}

// The one file that has contexts, or will have, if no other has a current-context.
std::string FileToChooseIn(const KubeconfigFiles& files, const SyncPlan& plan) {
  std::set<std::string> with_contexts;
  for (const std::string& path : files.paths()) {
    const KubeconfigDocument& document = *files.DocumentAt(path);
    if (!document.Names(KubeconfigList::kContexts).empty() || !document.current_context().empty())
      with_contexts.insert(path);
  }
  for (const Installation& installation : plan.install.installations) with_contexts.insert(installation.path);
  return with_contexts.size() == 1 ? *with_contexts.begin() : "";
}

}  // namespace

absl::StatusOr<SyncPlan> PlanSync(absl::Span<const Account> accounts, const SyncChoice& choice,
                                  const Environment& environment) {
  absl::StatusOr<std::vector<std::vector<std::string>>> names_of = NamesIn(accounts);
  if (!names_of.ok()) return UsageError(names_of.status());
  absl::StatusOr<std::vector<std::string>> paths =
      KubeconfigPathsToChange(accounts.front().request.kubeconfig, environment);
  if (!paths.ok()) return paths.status();
  absl::StatusOr<KubeconfigFiles> files = KubeconfigFiles::Read(*paths);
  if (!files.ok()) return files.status();
  const std::vector<StandingEntry> standing = FindStandingEntries(*files);
  SyncPlan plan;
  Names names(*files);
  std::vector<std::unique_ptr<AccountSync>> syncs;  // of each account; null for one that has failed
  for (const Account& account : accounts) {
    syncs.push_back(account.status.ok()
                        ? std::make_unique<AccountSync>(account, standing, choice, environment)
                        : nullptr);
    absl::Status found = syncs.back() == nullptr ? absl::OkStatus() : syncs.back()->FindGone(&names, &plan);
    if (!found.ok()) plan.refused.push_back(found);
  }
  for (size_t i = 0; i < accounts.size(); ++i) {
    if (syncs[i] == nullptr) continue;
    InstallationPlanner planner(accounts[i].request, *files, *accounts[i].service, environment, plan.install);
    absl::Status planned = syncs[i]->Plan((*names_of)[i], &planner, &names, &plan);
    if (!planned.ok()) return planned;
    planner.AskAboutTheRest();
  }
  plan.choose_in = FileToChooseIn(*files, plan);
  plan.paths = *std::move(paths);
  return plan;
}

}  // namespace kubeconfig_writer
