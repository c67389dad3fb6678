#include "credential_provider/commands/forget_command.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/answer/principals.h"
#include "credential_provider/answer/run_state.h"
#include "credential_provider/identity/principal.h"
#include "credential_provider/invocation/invocation.h"
#include "credential_provider/sources/source_chain.h"
#include "credential_provider/store/store_options.h"

namespace credential_provider {
namespace {

constexpr char kSession[] = "session";

// Whether a temporary key was got by `who` or on the way to it: roles stand on each other.
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

absl::StatusOr<Output> RunForgetOne(const Command& command, const ParsedFlags& flags,
                                    const Environment& environment) {
  const IssuerKind& issuer = *FindIssuerKind(LastWord(command));
  absl::StatusOr<Invocation> invocation = MakeInvocation(issuer, flags);
  if (!invocation.ok()) return UsageError(invocation.status());
  Principals principals(*invocation, invocation->store, environment);
  absl::StatusOr<Found> found = FindIdentity(invocation->identity, environment, principals.Remembered());
  if (!found.ok()) return found.status();
  CredentialStore store(invocation->store, environment);
  const CredentialKey key = issuer.key(invocation->ack, found->identity);
  if (found->identity.resolved) return Forgotten(ForgetOf(key, found->identity, principals.keys(), store));
  absl::StatusOr<Output> output = Forgotten(ForgetOfAnybody(key, store));
  if (output.ok())
    absl::StrAppend(&output->text, "of whoever asked: who asks now is not known without the network\n");
  return output;
}

// "1 credential", "2 credentials".
std::string Counted(int count, absl::string_view one, absl::string_view many) {
  return absl::StrCat(count, " ", count == 1 ? one : many);
}

std::vector<FlagSpec> ForgetFlags() {
  std::vector<FlagSpec> flags(StoreFlags().begin(), StoreFlags().end());
  flags.push_back({"--all", nullptr, "everything that is stored"});
  return flags;
}

absl::StatusOr<Output> RunForget(const Command&, const ParsedFlags& flags, const Environment& environment) {
  if (!flags.Has("--all")) return UsageError("forget: give what to forget, or --all");
  absl::StatusOr<StoreOptions> options = ParseStoreOptions(flags);
  if (!options.ok()) return UsageError(options.status());
  CredentialStore store(*options, environment);
  return Forgotten(ForgetAll(store));
}

}  // namespace

ForgottenCount& ForgottenCount::operator+=(const ForgottenCount& other) {
  credentials += other.credentials;
  sessions += other.sessions;
  principals += other.principals;
  return *this;
}

absl::StatusOr<ForgottenCount> ForgetOne(const CredentialKey& key, CredentialStore& store) {
  const absl::StatusOr<bool> forgotten = store.Forget(key);
  if (!forgotten.ok()) return forgotten.status();
  KeyState(store.state_folders(), key).Remove();
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
  for (PrivateFolder* folder : store.state_folders()) RemoveKeyStates(*folder);
  const int strays = store.ForgetStrays();
  if (count.ok()) count->credentials += strays;
  return count;
}

absl::StatusOr<Output> Forgotten(const absl::StatusOr<ForgottenCount>& count) {
  if (!count.ok()) return count.status();
  std::string text = absl::StrCat("forgot ", Counted(count->credentials, "credential", "credentials"));
  if (count->sessions > 0) absl::StrAppend(&text, ", ", Counted(count->sessions, "session", "sessions"));
  if (count->principals > 0)
    absl::StrAppend(&text, ", ", Counted(count->principals, "remembered caller", "remembered callers"));
  return Output{text + "\n"};
}

const Command kForgetAckCommand = {
    "forget ack",
    "",
    "removes the stored certificate of a cluster",
    "Removes what `get ack` with the same flags has stored, and the sessions of who asks.",
    &GetFlags,
    &RunForgetOne,
};

const Command kForgetAckTokenCommand = {
    "forget ack-token",
    "",
    "removes the stored token of a cluster",
    "Removes what `get ack-token` with the same flags has stored, and the sessions of who asks.",
    &GetFlags,
    &RunForgetOne,
};

const Command kForgetCommand = {
    "forget",
    "",
    "removes everything stored, with --all",
    "Removes every stored credential: what is known by its name and its content, and nothing else.",
    &ForgetFlags,
    &RunForget,
};

}  // namespace credential_provider
