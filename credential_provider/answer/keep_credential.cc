#include "credential_provider/answer/keep_credential.h"

#include "credential_provider/answer/issuance_note.h"
#include "credential_provider/base/clock.h"
#include "credential_provider/kubernetes/exec_credential.h"
#include "credential_provider/store/credential_store.h"

namespace credential_provider {

Entry EntryOf(const Credential& credential, absl::Time now) {
  const absl::optional<absl::Time> expiration = credential.expires == absl::InfiniteFuture()
                                                    ? absl::nullopt
                                                    : ExpirationToPrint(credential.expires, now);
  return {now, expiration.value_or(now), Secret(RenderStatus(credential, expiration))};
}

void KeepForGet(const Credential& credential, const Invocation& invocation, const Identity& identity,
                const Environment& environment) {
  if (!identity.resolved) return;
  SystemClock clock;
  const absl::Time now = clock.Now();
  const Entry entry = EntryOf(credential, now);
  CredentialStore store(invocation.store, environment);
  const CredentialKey key = invocation.issuer->Key(identity);
  const absl::optional<Entry> stored = store.Find(key);
  if (entry.expiration <= now || (stored && stored->expiration >= entry.expiration)) return;
  const absl::StatusOr<Placement> placement = store.Remember(key, entry, now);
  if (placement.ok()) NoteIssuance(key, {"forced", now, credential, placement->kind}, store, environment);
}

}  // namespace credential_provider
