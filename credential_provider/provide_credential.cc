#include "credential_provider/provide_credential.h"

#include <utility>

#include "credential_provider/base/status_context.h"
#include "credential_provider/exec/exec_credential.h"

namespace credential_provider {
namespace {

// A credential with less than this left is replaced before it is handed out: clients other than kubectl ask
// again when a minute is left, and a command may run for a while.
constexpr absl::Duration kLeastRemaining = absl::Minutes(2);

bool IsFresh(const Entry& entry, absl::Time now) { return entry.expiration - now >= kLeastRemaining; }

}  // namespace

absl::StatusOr<Secret> ProvideCredential(const CredentialKey& key, absl::Time now, DiskStore& store,
                                         absl::FunctionRef<absl::StatusOr<Credential>()> issue,
                                         absl::FunctionRef<void(const absl::Status&)> warn) {
  absl::optional<Entry> stored = store.Find(key);
  if (stored && IsFresh(*stored, now)) return std::move(stored->status_json);
  absl::StatusOr<Credential> credential = issue();
  if (!credential.ok()) return credential.status();
  const absl::optional<absl::Time> expiration = ExpirationToPrint(credential->expires, now);
  Entry entry{now, expiration.value_or(now), Secret(RenderStatus(*credential, expiration))};
  if (!expiration) {
    warn(WithHint(absl::FailedPreconditionError("the new credential has ended by this machine's clock"),
                  "set this machine's clock"));
    return std::move(entry.status_json);
  }
  absl::Status remembered = store.Remember(key, entry, now);
  if (!remembered.ok())
    warn(WithContext(remembered, "the credential cannot be stored, so every run will ask for a new one"));
  return std::move(entry.status_json);
}

}  // namespace credential_provider
