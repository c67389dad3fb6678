#include "kubeconfig_writer/entries/our_entries.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "credential_provider/answer/principals.h"
#include "credential_provider/identity/identity_text.h"
#include "credential_provider/invocation/exec_invocation.h"
#include "credential_provider/invocation/invocation.h"
#include "credential_provider/issuers/exec_issuer.h"
#include "credential_provider/process/child_environment.h"
#include "credential_provider/process/executable.h"
#include "credential_provider/sources/identity_flags.h"
#include "credential_provider/sources/source_chain.h"
#include "credential_provider/store/credential_store.h"
#include "kubeconfig_writer/entries/install_line.h"
#include "kubeconfig_writer/entries/our_users.h"
#include "kubeconfig_writer/entries/provider_stanza.h"
#include "kubeconfig_writer/schema/exec_stanza.h"
#include "kubeconfig_writer/schema/text_field.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

// Looks each identity and store up once, however many entries share it.
class Lister {
 public:
  explicit Lister(const Environment& environment) : environment_(environment) {}

  void Describe(const KubeconfigEntry& user, OurEntry* entry);

 private:
  void DescribeOwn(const ExecStanza& stanza, OurEntry* entry);
  void DescribeStored(const Invocation& invocation, const Identity& identity, OurEntry* entry);
  void DescribeNewest(CredentialStore& store, const CredentialKey& key, OurEntry* entry);
  void DescribeWrapped(const ExecStanza& stanza, OurEntry* entry);
  const absl::StatusOr<FoundIdentity>& IdentityOf(const Invocation& invocation, const ExecStanza& stanza);
  CredentialStore& StoreOf(const StoreOptions& options);
  bool IsThere(const std::string& command);

  const Environment& environment_;
  std::map<std::string, absl::StatusOr<FoundIdentity>> identities_;
  std::map<std::string, std::unique_ptr<CredentialStore>> stores_;
  std::map<std::string, bool> commands_;
};

void Fail(absl::string_view state, absl::string_view problem, OurEntry* entry) {
  if (!entry->state.empty()) return;
  entry->state = std::string(state);
  entry->problem = std::string(problem);
}

void Lister::Describe(const KubeconfigEntry& user, OurEntry* entry) {
  entry->file = user.file;
  entry->install_line = InstallLine(user);
  absl::StatusOr<ExecStanza> stanza = ParseExecStanza(user.content.at("exec"), user.file);
  if (!stanza.ok()) return Fail("incomplete", stanza.status().message(), entry);
  entry->command = stanza->command;
  if (!IsThere(stanza->command)) Fail("command not found", stanza->command, entry);
  IsWrapped(user.content) ? DescribeWrapped(*stanza, entry) : DescribeOwn(*stanza, entry);
}

void Lister::DescribeOwn(const ExecStanza& stanza, OurEntry* entry) {
  absl::StatusOr<Invocation> invocation = ParseInvocation(stanza.args);
  if (!invocation.ok()) return Fail("arguments", invocation.status().message(), entry);
  if (invocation->issuer->ack() != nullptr) entry->cluster_id = invocation->issuer->ack()->cluster_id;
  entry->issuer = invocation->kind->name;
  entry->identity = absl::StrJoin(FormatIdentityOptions(invocation->identity), " ");
  const absl::StatusOr<FoundIdentity>& found = IdentityOf(*invocation, stanza);
  if (found.ok()) entry->who = ShownIdentity(found->identity.who);
  if (!found.ok()) Fail("no identity", found.status().message(), entry);
  if (entry->state.empty()) DescribeStored(*invocation, found->identity, entry);
}

// Of what the plugin has printed the newest counts: which variables it will have, only kubectl knows.
void Lister::DescribeWrapped(const ExecStanza& stanza, OurEntry* entry) {
  entry->issuer = kExecName;
  absl::StatusOr<ExecInvocation> invocation = ParseExecInvocation(stanza.args);
  if (!invocation.ok()) return Fail("arguments", invocation.status().message(), entry);
  entry->identity = invocation->exec.command.front();
  if (!IsThere(entry->identity)) Fail("command not found", entry->identity, entry);
  if (!entry->state.empty()) return;
  CredentialStore& store = StoreOf(invocation->answer.store);
  for (const StoredKey& stored : store.List()) {
    const absl::optional<Entry> found =
        IsKeyOfCommand(stored.key, invocation->exec) ? store.Find(stored.key) : absl::nullopt;
    if (found.has_value()) entry->expires = std::max(entry->expires, found->expiration);
  }
  entry->state = entry->expires == absl::InfinitePast() ? "not stored" : "stored";
}

void Lister::DescribeStored(const Invocation& invocation, const Identity& identity, OurEntry* entry) {
  CredentialStore& store = StoreOf(invocation.store);
  const CredentialKey key = invocation.issuer->Key(identity);
  if (!identity.resolved) return DescribeNewest(store, key, entry);
  const absl::optional<Entry> stored = store.Find(key);
  entry->state = stored ? "stored" : "not stored";
  if (stored) entry->expires = stored->expiration;
}

// Whom a place stands for only asking tells: of what is stored for the cluster the newest counts.
void Lister::DescribeNewest(CredentialStore& store, const CredentialKey& key, OurEntry* entry) {
  const auto same = [&](const CredentialKey& stored, const char* part) {
    return stored.Part(part) == key.Part(part);
  };
  for (const StoredKey& stored : store.List()) {
    if (!same(stored.key, "issuer") || !same(stored.key, "cluster")) continue;
    const absl::optional<Entry> found = store.Find(stored.key);
    if (found.has_value()) entry->expires = std::max(entry->expires, found->expiration);
  }
  entry->state = entry->expires == absl::InfinitePast() ? "not stored" : "stored";
}

const absl::StatusOr<FoundIdentity>& Lister::IdentityOf(const Invocation& invocation,
                                                        const ExecStanza& stanza) {
  std::string key = absl::StrJoin(FormatIdentityOptions(invocation.identity), "\n");
  absl::StrAppend(&key, "\n", invocation.identity.region);
  absl::StrAppend(&key, "\n\n", absl::StrJoin(FormatStoreOptions(invocation.store), "\n"));
  absl::StrAppend(&key, "\n\n", absl::StrJoin(stanza.env, "\n", absl::PairFormatter("=")));
  const auto known = identities_.find(key);
  if (known != identities_.end()) return known->second;
  ChildEnvironment variables(environment_);
  for (const auto& [name, value] : stanza.env) variables.Set(name, value);
  Principals principals(invocation, invocation.store, variables.environment());
  return identities_
      .emplace(key, FindIdentity(invocation.identity, variables.environment(), principals.Remembered()))
      .first->second;
}

CredentialStore& Lister::StoreOf(const StoreOptions& options) {
  std::unique_ptr<CredentialStore>& store = stores_[absl::StrJoin(FormatStoreOptions(options), "\n")];
  if (store == nullptr) store = std::make_unique<CredentialStore>(options, environment_);
  return *store;
}

bool Lister::IsThere(const std::string& command) {
  const auto known = commands_.find(command);
  if (known != commands_.end()) return known->second;
  const bool there = !FindExecutable(command, environment_.Get("PATH")).empty();
  return commands_.emplace(command, there).first->second;
}

// What is missing beside the user.
std::string MissingOf(const OurRow& row, const MergedKubeconfig& kubeconfig) {
  if (!row.is_context) return "no context leads to this user";
  const KubeconfigEntry context = kubeconfig.Get(KubeconfigList::kContexts, row.name);
  const bool there =
      kubeconfig.Find(KubeconfigList::kClusters, TextAt(context.content, "cluster")).has_value();
  return there ? "" : "its cluster is not there";
}

OurEntry EntryOf(const OurRow& row, const MergedKubeconfig& kubeconfig, Lister& lister) {
  OurEntry entry;
  entry.context = row.name;
  entry.user = row.user.name;
  entry.is_context = row.is_context;
  entry.current = row.is_context && row.name == kubeconfig.current_context();
  const std::string missing = MissingOf(row, kubeconfig);
  if (!missing.empty()) Fail("incomplete", missing, &entry);
  lister.Describe(row.user, &entry);
  return entry;
}

}  // namespace

std::vector<OurEntry> ListOurEntries(const MergedKubeconfig& kubeconfig, const Environment& environment) {
  Lister lister(environment);
  std::vector<OurEntry> entries;
  for (const OurRow& row : FindOurRows(kubeconfig)) entries.push_back(EntryOf(row, kubeconfig, lister));
  return entries;
}

absl::optional<OurEntry> FindOurEntry(const MergedKubeconfig& kubeconfig, absl::string_view name,
                                      const Environment& environment) {
  Lister lister(environment);
  for (const OurRow& row : FindOurRows(kubeconfig)) {
    if (row.is_context && row.name == name) return EntryOf(row, kubeconfig, lister);
  }
  return absl::nullopt;
}

}  // namespace kubeconfig_writer
