#include "credential_provider/answer/warm_credential.h"

#include "absl/time/clock.h"
#include "credential_provider/answer/issuance_note.h"
#include "credential_provider/answer/issue_credential.h"
#include "credential_provider/base/clock.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/runs/run_state.h"
#include "credential_provider/runs/verdict.h"

namespace credential_provider {
namespace {

double PartRenewedAhead(const Invocation& invocation) { return invocation.refresh_ahead / 100.0; }

}  // namespace

bool IsWarm(const Invocation& invocation, const Identity& identity, CredentialStore& store) {
  const absl::optional<Entry> stored = store.Find(invocation.issuer->Key(identity));
  return stored && !IsDue(*stored, PartRenewedAhead(invocation), absl::Now());
}

absl::StatusOr<Renewal> WarmCredential(const Invocation& invocation, const Identity& identity,
                                       const Environment& environment, HttpTransport& transport,
                                       WarnFunction warn) {
  if (invocation.store.kind == StoreKind::kNone) {
    return WithHint(absl::FailedPreconditionError("--store none: nothing is stored for it"),
                    "install it anew without --store none");
  }
  CredentialStore store(invocation.store, environment);
  const CredentialKey key = invocation.issuer->Key(identity);
  RunState state(store.state_folders(), key);
  SystemClock clock;
  ProvideRequest request{key, state};
  request.refresh_ahead = PartRenewedAhead(invocation);
  request.is_forced = true;
  absl::optional<Issuance> issued;
  request.issued = &issued;
  request.proof = [&] { return ProofOf(invocation, identity, environment); };
  absl::StatusOr<Renewal> renewal = RenewAhead(
      request, store, clock,
      [&] { return IssueCredential(invocation, identity, environment, store, transport); }, warn);
  if (issued) NoteIssuance(key, *issued, store, environment);
  return renewal;
}

}  // namespace credential_provider
