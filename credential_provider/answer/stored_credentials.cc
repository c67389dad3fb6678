#include "credential_provider/answer/stored_credentials.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "credential_provider/answer/principals.h"
#include "credential_provider/identity/principal.h"
#include "credential_provider/identity/shown_key.h"
#include "credential_provider/issuers/exec_issuer.h"
#include "credential_provider/ledger/ledger.h"
#include "credential_provider/runs/run_state.h"
#include "credential_provider/sources/source_chain.h"

namespace credential_provider {
namespace {

constexpr char kSession[] = "session";
constexpr char kPrincipalIssuer[] = "caller";  // whom a place stands for

StoredCredential Describe(const CredentialKey& key, StoreKind kind, const Entry& entry,
                          const RunState& state) {
  StoredCredential stored;
  const std::string session = key.Part(kSession);
  stored.cluster = key.Part("cluster");
  stored.identity = session.empty() ? key.Part("identity") : session;
  stored.issuer = session.empty() ? key.Part("issuer") : kSession;
  if (IsKeyOfPlace(key)) {
    stored.identity = PrincipalIn(entry.payload);
    stored.issuer = kPrincipalIssuer;
  }
  stored.expires = entry.expiration;
  stored.issued = entry.issued;
  stored.store = kind;
  if (state.issuance.place == static_cast<int32_t>(kind))
    stored.passed_over = GetField(state.issuance.passed_over, sizeof(state.issuance.passed_over));
  stored.starts = state.servings.starts;
  stored.issuances = state.issuance.issuances;
  stored.failure = state.issuance.Failure();
  stored.key = ShownParts(key);
  stored.name = key.FileName();
  return stored;
}

// Whether a temporary key was got by `who` or on the way to it: roles build on each other.
bool IsSessionOf(const CredentialKey& key, absl::string_view who) {
  const std::string session = key.Part(kSession);
  return !session.empty() && (who == session || absl::StartsWith(who, absl::StrCat(session, " ")));
}

// What `get` has stored for `key`, and for who asks: the sessions, and whom a place stands for.
absl::StatusOr<ForgottenCount> ForgetOf(const CredentialKey& key, const Identity& identity,
                                        const std::vector<CredentialKey>& places, CredentialStore& store) {
  absl::StatusOr<ForgottenCount> one = ForgetOne(key, store);
  absl::StatusOr<ForgottenCount> others = ForgetMatching(
      [&](const CredentialKey& stored) {
        const auto is = [&stored](const CredentialKey& other) { return stored.text() == other.text(); };
        return IsSessionOf(stored, identity.who) || std::any_of(places.begin(), places.end(), is);
      },
      store);
  if (!one.ok()) return one;
  if (others.ok()) *others += *one;
  return others;
}

// Who asks is not known without asking: then it is all that anybody has stored for the cluster, which costs a
// request when it is needed.
absl::StatusOr<ForgottenCount> ForgetOfAnybody(const CredentialKey& key, CredentialStore& store) {
  return ForgetMatching(
      [&key](const CredentialKey& stored) {
        const bool same =
            stored.Part("issuer") == key.Part("issuer") && stored.Part("cluster") == key.Part("cluster");
        return same || !stored.Part(kSession).empty() || IsKeyOfPlace(stored);
      },
      store);
}

}  // namespace

std::vector<StoredCredential> ListStored(CredentialStore& store) {
  std::vector<StoredCredential> all;
  for (const StoredKey& found : store.List()) {
    const absl::optional<Entry> entry = store.Find(found.key, found.kind);
    if (!entry) continue;
    RunState state(store.state_folders(), found.key);
    state.Load();
    all.push_back(Describe(found.key, found.kind, *entry, state));
  }
  std::sort(all.begin(), all.end(), [](const StoredCredential& a, const StoredCredential& b) {
    return std::tie(a.cluster, a.identity, a.issuer, a.expires) <
           std::tie(b.cluster, b.identity, b.issuer, b.expires);
  });
  return all;
}

ForgottenCount& ForgottenCount::operator+=(const ForgottenCount& other) {
  credentials += other.credentials;
  sessions += other.sessions;
  principals += other.principals;
  issuances += other.issuances;
  return *this;
}

absl::StatusOr<ForgottenCount> ForgetOne(const CredentialKey& key, CredentialStore& store) {
  const absl::StatusOr<bool> forgotten = store.Forget(key);
  if (!forgotten.ok()) return forgotten.status();
  RunState(store.state_folders(), key).Remove();
  ForgottenCount count;
  if (IsKeyOfPlace(key)) {
    count.principals = *forgotten;
  } else if (!key.Part(kSession).empty()) {
    count.sessions = *forgotten;
  } else {
    count.credentials = *forgotten;
  }
  return count;
}

absl::StatusOr<ForgottenCount> ForgetMatching(absl::FunctionRef<bool(const CredentialKey&)> matches,
                                              CredentialStore& store) {
  ForgottenCount count;
  absl::Status failed;
  for (const StoredKey& stored : store.List()) {
    if (!matches(stored.key)) continue;
    const absl::StatusOr<ForgottenCount> forgotten = ForgetOne(stored.key, store);
    if (forgotten.ok()) {
      count += *forgotten;
    } else {
      failed = forgotten.status();
    }
  }
  if (!failed.ok()) return failed;
  return count;
}

absl::StatusOr<ForgottenCount> ForgetAll(CredentialStore& store) {
  absl::StatusOr<ForgottenCount> count = ForgetMatching([](const CredentialKey&) { return true; }, store);
  for (PrivateFolder* folder : store.state_folders()) RemoveRunStates(*folder);
  const int strays = store.ForgetStrays();
  if (count.ok()) count->credentials += strays;
  const int noted = store.disk_folder() == nullptr ? 0 : RemoveLedger(*store.disk_folder());
  if (count.ok()) count->issuances += noted;
  return count;
}

absl::StatusOr<ForgottenCount> ForgetFor(const Invocation& invocation, const Environment& environment) {
  Principals principals(invocation, invocation.store, environment);
  absl::StatusOr<FoundIdentity> found =
      FindIdentity(invocation.identity, environment, principals.Remembered());
  if (!found.ok()) return found.status();
  CredentialStore store(invocation.store, environment);
  const CredentialKey key = invocation.issuer->Key(found->identity);
  if (found->identity.resolved) return ForgetOf(key, found->identity, principals.keys(), store);
  absl::StatusOr<ForgottenCount> count = ForgetOfAnybody(key, store);
  if (count.ok()) count->of_anybody = true;
  return count;
}

absl::StatusOr<ForgottenCount> ForgetCluster(const Invocation& invocation, const Environment& environment) {
  const std::string cluster = invocation.issuer->Key(Identity()).Part("cluster");
  if (cluster.empty()) return ForgetFor(invocation, environment);
  Principals principals(invocation, invocation.store, environment);
  const absl::StatusOr<FoundIdentity> found =
      FindIdentity(invocation.identity, environment, principals.Remembered());
  const bool known = found.ok() && found->identity.resolved;
  const std::vector<CredentialKey> places = principals.keys();
  const auto is_of_who_asks = [&](const CredentialKey& stored) {
    if (!known) return !stored.Part(kSession).empty() || IsKeyOfPlace(stored);
    return IsSessionOf(stored, found->identity.who) ||
           std::any_of(places.begin(), places.end(),
                       [&](const CredentialKey& place) { return place.text() == stored.text(); });
  };
  CredentialStore store(invocation.store, environment);
  absl::StatusOr<ForgottenCount> count = ForgetMatching(
      [&](const CredentialKey& stored) {
        return stored.Part("cluster") == cluster || is_of_who_asks(stored);
      },
      store);
  if (count.ok()) count->of_anybody = !known;
  return count;
}

absl::StatusOr<ForgottenCount> ForgetFor(const ExecInvocation& invocation, const Environment& environment) {
  CredentialStore store(invocation.answer.store, environment);
  return ForgetMatching([&](const CredentialKey& key) { return IsKeyOfCommand(key, invocation.exec); },
                        store);
}

}  // namespace credential_provider
