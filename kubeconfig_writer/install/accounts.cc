#include "kubeconfig_writer/install/accounts.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "credential_provider/base/status_context.h"
#include "kubeconfig_writer/clusters/caller_names.h"
#include "kubeconfig_writer/install/shell_identity.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two
using By = ClusterChoice::By;

// Of all clusters those whose name nobody could type are left out.
void SkipOddNames(Account* account) {
  if (account->request.choice.by != By::kAll) return;
  std::vector<Cluster> sound;
  for (Cluster& cluster : account->chosen.clusters) {
    const absl::Status named = CheckNameOf(cluster, account->request.name_template, account->values);
    if (!named.ok()) account->chosen.skipped.push_back(absl::StrCat(TitleOf(cluster), ": ", named.message()));
    if (named.ok()) sound.push_back(std::move(cluster));
  }
  account->chosen.clusters = std::move(sound);
}

absl::Status Choose(const Environment& environment, Account* account) {
  const InstallRequest& request = account->request;
  const AckOptions& options = *request.invocation.issuer->ack();
  if (request.choice.by == By::kAll) {
    absl::StatusOr<std::vector<Cluster>> listed = ListClusters(options, *account->service);
    if (!listed.ok()) return listed.status();
    account->listed = *std::move(listed);
    account->chosen = ChooseAmong(account->listed, request.choice, options);
    return absl::OkStatus();
  }
  absl::StatusOr<ChosenClusters> chosen = ChooseClusters(
      request.choice, options, NeedsDetails(request.name_template), *account->service, environment);
  if (!chosen.ok()) return chosen.status();
  account->chosen = *std::move(chosen);
  return absl::OkStatus();
}

absl::Status Ask(const Environment& environment, Account* account) {
  const InstallRequest& request = account->request;
  absl::StatusOr<std::unique_ptr<AckSession>> service = AckSession::SignIn(
      request.invocation, environment,
      request.edit.dry_run ? absl::nullopt : absl::make_optional(request.invocation.store));
  if (!service.ok()) return service.status();
  account->service = *std::move(service);
  absl::Status chosen = Choose(environment, account);
  if (!chosen.ok()) return chosen;
  absl::StatusOr<NameValues> values = CallerNames(request.name_template, request.invocation.identity,
                                                  request.alias, *account->service, environment);
  if (!values.ok()) return values.status();
  account->values = *std::move(values);
  account->values.emplace("issuer", request.invocation.kind->name);
  SkipOddNames(account);
  return absl::OkStatus();
}

}  // namespace

std::vector<Account> AskAccounts(const InstallRequest& request, const Environment& environment) {
  std::vector<Account> accounts(request.profiles.empty() ? 1 : request.profiles.size());
  for (size_t i = 0; i < accounts.size(); ++i) {
    Account& account = accounts[i];
    account.request = request;
    if (!request.profiles.empty()) account.request.invocation.identity.profile = request.profiles[i];
    account.request.env = FindShellIdentity(account.request.invocation.identity, environment).plain;
    account.status = Ask(environment, &account);
    if (accounts.size() > 1) {
      account.status =
          WithContext(account.status, absl::StrCat("profile ", Printable(request.profiles[i], 60)));
    }
  }
  return accounts;
}

absl::StatusOr<std::vector<std::vector<std::string>>> NamesIn(absl::Span<const Account> accounts) {
  std::vector<ClusterToName> to_name;
  for (const Account& account : accounts) {
    if (!account.status.ok()) continue;
    for (const Cluster& cluster : account.chosen.clusters) to_name.push_back({&cluster, &account.values});
  }
  absl::StatusOr<std::vector<std::string>> all = NamesFor(accounts.front().request.name_template, to_name);
  if (!all.ok()) return all.status();
  std::vector<std::vector<std::string>> names;
  size_t used = 0;
  for (const Account& account : accounts) {
    const size_t count = account.status.ok() ? account.chosen.clusters.size() : 0;
    const auto begin = all->begin() + static_cast<ptrdiff_t>(used);
    names.emplace_back(begin, begin + static_cast<ptrdiff_t>(count));
    used += count;
  }
  return names;
}

}  // namespace kubeconfig_writer
