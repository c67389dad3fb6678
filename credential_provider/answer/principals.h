// Whom the places stand for at which identities are found (identity/principal.h): remembered in the store,
// and asked for where nobody knows.
#ifndef CREDENTIAL_PROVIDER_ANSWER_PRINCIPALS_H_
#define CREDENTIAL_PROVIDER_ANSWER_PRINCIPALS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "credential_provider/base/clock.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/identity/principal.h"
#include "credential_provider/invocation/invocation.h"
#include "credential_provider/store/credential_key.h"
#include "credential_provider/store/credential_store.h"
#include "credential_provider/store/store_options.h"

namespace credential_provider {

class Principals {
 public:
  // `environment` must outlive this object.
  Principals(const Caller& caller, const StoreOptions& store, const Environment& environment)
      : caller_(caller), options_(store), environment_(environment), store_(store, environment) {}

  // Each of these must not outlive this object.
  //
  // What is remembered; else asks, once however many runs need it at the same moment, and remembers what came
  // of it, a failure too. Without a store nothing is asked: there is nothing to keep apart.
  Resolver Asking();
  // What is remembered, and no more.
  Resolver Remembered();
  // The same, and nothing is changed by looking.
  Resolver Seen();
  // Asks in any case.
  Resolver Anew();

  // Whether one that was found is in the last half of its life.
  bool IsDue() const { return !due_.empty(); }
  // Asks for those again, unless another process has or is about to. For a process that nobody waits for.
  void Renew() const;

  // The keys of what was resolved by the above.
  const std::vector<CredentialKey>& keys() const { return keys_; }
  // Forgets what was resolved, so that it is asked for again.
  void Forget();

 private:
  absl::optional<std::string> Find(const Place& place, const CredentialKey& key);
  absl::StatusOr<absl::optional<std::string>> Ask(const Place& place, const CredentialKey& key);
  absl::StatusOr<absl::optional<std::string>> AskAnew(const Place& place, const CredentialKey& key);

  const Caller caller_;
  const StoreOptions options_;
  const Environment& environment_;
  CredentialStore store_;
  SystemClock clock_;
  std::vector<CredentialKey> keys_;
  std::vector<Place> due_;
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ANSWER_PRINCIPALS_H_
