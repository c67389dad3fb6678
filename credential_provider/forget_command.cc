#include "credential_provider/forget_command.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "credential_provider/invocation.h"
#include "credential_provider/sources/source_chain.h"
#include "credential_provider/store/key_state.h"
#include "credential_provider/store/store_options.h"

namespace credential_provider {
namespace {

absl::StatusOr<Output> RunForgetOne(const Command& command, const ParsedFlags& flags,
                                    const Environment& environment) {
  const IssuerKind& issuer = *FindIssuerKind(LastWord(command));
  absl::StatusOr<Invocation> invocation = MakeInvocation(issuer, flags);
  if (!invocation.ok()) return UsageError(invocation.status());
  absl::StatusOr<Found> found = FindIdentity(invocation->identity, environment);
  if (!found.ok()) return found.status();
  CredentialStore store(invocation->store, environment);
  return Forgotten(ForgetOne(issuer.key(invocation->ack, found->identity), store));
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

absl::StatusOr<int> ForgetOne(const CredentialKey& key, CredentialStore& store) {
  const absl::StatusOr<bool> forgotten = store.Forget(key);
  if (!forgotten.ok()) return forgotten.status();
  KeyState(store.state_folders(), key).Remove();
  return *forgotten ? 1 : 0;
}

absl::StatusOr<int> ForgetMatching(absl::FunctionRef<bool(const CredentialKey&)> matches,
                                   CredentialStore& store) {
  int count = 0;
  absl::Status failed;
  for (const StoredKey& stored : store.List()) {
    if (!matches(stored.key)) continue;
    const absl::StatusOr<int> forgotten = ForgetOne(stored.key, store);
    if (forgotten.ok()) {
      count += *forgotten;
    } else {
      failed = forgotten.status();
    }
  }
  if (!failed.ok()) return failed;
  return count;
}

absl::StatusOr<int> ForgetAll(CredentialStore& store) {
  absl::StatusOr<int> count = ForgetMatching([](const CredentialKey&) { return true; }, store);
  for (PrivateFolder* folder : store.state_folders()) RemoveKeyStates(*folder);
  const int strays = store.ForgetStrays();
  if (count.ok()) *count += strays;
  return count;
}

absl::StatusOr<Output> Forgotten(const absl::StatusOr<int>& count) {
  if (!count.ok()) return count.status();
  return Output{*count == 1 ? "forgot 1 credential\n" : absl::StrCat("forgot ", *count, " credentials\n")};
}

const Command kForgetAckCommand = {
    "forget ack",
    "",
    "removes the stored certificate of a cluster",
    "Removes what `get ack` with the same flags has stored.",
    &GetFlags,
    &RunForgetOne,
};

const Command kForgetAckTokenCommand = {
    "forget ack-token",
    "",
    "removes the stored token of a cluster",
    "Removes what `get ack-token` with the same flags has stored.",
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
