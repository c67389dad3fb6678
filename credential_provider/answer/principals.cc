#include "credential_provider/answer/principals.h"

#include <unistd.h>

#include <csignal>

#include "credential_provider/answer/answer_kubectl.h"
#include "credential_provider/answer/provide_credential.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/waiting.h"
#include "credential_provider/cli/command.h"
#include "credential_provider/http/curl_transport.h"
#include "credential_provider/runs/run_state.h"

namespace credential_provider {
namespace {

constexpr absl::Duration kLockSlack = absl::Seconds(5);
// The part of its life, at its end, in which a principal is asked for again before it has to be.
constexpr double kRenewedPart = 0.5;

bool IsBelieved(const Entry& entry, const Place& place, absl::Time now) {
  return entry.issued <= now && now < EndOf(entry) && EndOf(entry) - entry.issued <= place.life;
}

bool IsRenewed(const Entry& entry, absl::Time now) {
  return entry.expiration - now < (entry.expiration - entry.issued) * kRenewedPart;
}

// Asks for the principal of a place as one asks for a credential: it ends, and is kept in the same store.
class Asker {
 public:
  Asker(const Caller& caller, const Environment& environment, CredentialStore& store, Clock& clock)
      : caller_(caller), environment_(environment), store_(store), clock_(clock) {}

  absl::StatusOr<Principal> Ask(const Place& place) {
    signal(SIGPIPE, SIG_IGN);
    CurlTransport transport(caller_.ca_file, &SayWaitingFor);
    const auto warn = [](const absl::Status& status) { PrintWarning(kProgramName, status); };
    return place.ask({transport, clock_, environment_, caller_.timeout, SessionsIn(store_, clock_), warn});
  }

  absl::StatusOr<Credential> Issue(const Place& place) {
    absl::StatusOr<Principal> principal = Ask(place);
    if (!principal.ok()) return principal.status();
    return Credential{Secret(principal->text), "", Secret(), clock_.Now() + LifeOf(place, *principal)};
  }

 private:
  const Caller& caller_;
  const Environment& environment_;
  CredentialStore& store_;
  Clock& clock_;
};

ProvideRequest RequestFor(const CredentialKey& key, RunState& state, const Caller& caller) {
  ProvideRequest request{key, state};
  request.refresh_ahead = kRenewedPart;
  request.patience = caller.timeout + kLockSlack;
  request.tell_wait = &SayWaitingFor;
  return request;
}

}  // namespace

absl::optional<std::string> Principals::Find(const Place& place, const CredentialKey& key) {
  const absl::optional<Entry> entry = store_.Find(key);
  if (!entry) return absl::nullopt;
  const absl::Time now = clock_.Now();
  std::string principal = PrincipalIn(entry->payload);
  if (principal.empty() || !IsBelieved(*entry, place, now)) {
    store_.Forget(key).IgnoreError();
    return absl::nullopt;
  }
  if (IsRenewed(*entry, now)) due_.push_back(place);
  return principal;
}

absl::StatusOr<absl::optional<std::string>> Principals::Ask(const Place& place, const CredentialKey& key) {
  RunState state(store_.state_folders(), key);
  ProvideRequest request = RequestFor(key, state, caller_);
  request.starter = ParentOf(environment_);
  Asker asker(caller_, environment_, store_, clock_);
  // That it cannot be stored is said of the credential that it is for.
  absl::StatusOr<Provided> provided = ProvideCredential(
      request, store_, clock_, [&] { return asker.Issue(place); }, [](const absl::Status&) {});
  if (!provided.ok()) return provided.status();
  return absl::optional<std::string>(PrincipalIn(provided->payload));
}

absl::StatusOr<absl::optional<std::string>> Principals::AskAnew(const Place& place,
                                                                const CredentialKey& key) {
  absl::StatusOr<Principal> principal = Asker(caller_, environment_, store_, clock_).Ask(place);
  if (!principal.ok()) return principal.status();
  const absl::Time now = clock_.Now();
  store_.Remember(key, PrincipalEntry(*principal, LifeOf(place, *principal), now), now)
      .status()
      .IgnoreError();
  return absl::optional<std::string>(principal->text);
}

Resolver Principals::Asking() {
  if (options_.kind == StoreKind::kNone) return nullptr;
  return [this](const Place& place) -> absl::StatusOr<absl::optional<std::string>> {
    keys_.push_back(KeyOfPlace(place));
    absl::optional<std::string> found = Find(place, keys_.back());
    if (found) return found;
    return Ask(place, keys_.back());
  };
}

Resolver Principals::Remembered() {
  return [this](const Place& place) -> absl::StatusOr<absl::optional<std::string>> {
    keys_.push_back(KeyOfPlace(place));
    return Find(place, keys_.back());
  };
}

Resolver Principals::Seen() {
  return [this](const Place& place) -> absl::StatusOr<absl::optional<std::string>> {
    const absl::optional<Entry> entry = store_.Find(KeyOfPlace(place));
    if (!entry || !IsBelieved(*entry, place, clock_.Now())) return absl::optional<std::string>();
    const std::string principal = PrincipalIn(entry->payload);
    return principal.empty() ? absl::optional<std::string>() : principal;
  };
}

Resolver Principals::Anew() {
  return [this](const Place& place) {
    keys_.push_back(KeyOfPlace(place));
    return AskAnew(place, keys_.back());
  };
}

void Principals::Renew() const {
  for (const Place& place : due_) {
    CredentialStore store(options_, environment_);
    SystemClock clock;
    const CredentialKey key = KeyOfPlace(place);
    RunState state(store.state_folders(), key);
    Asker asker(caller_, environment_, store, clock);
    RenewAhead(
        RequestFor(key, state, caller_), store, clock, [&] { return asker.Issue(place); },
        [](const absl::Status&) {})
        .IgnoreError();
  }
}

void Principals::Forget() {
  for (const CredentialKey& key : keys_) store_.Forget(key).IgnoreError();
}

}  // namespace credential_provider
