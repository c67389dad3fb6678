// Where temporary AccessKeys are remembered from run to run.
#ifndef CREDENTIAL_PROVIDER_IDENTITY_SESSION_STORE_H_
#define CREDENTIAL_PROVIDER_IDENTITY_SESSION_STORE_H_

#include <functional>

#include "absl/status/status.h"
#include "absl/types/optional.h"
#include "credential_provider/base/clock.h"
#include "credential_provider/store/credential_key.h"
#include "credential_provider/store/credential_store.h"
#include "credential_provider/store/entry.h"

namespace credential_provider {

// Either may be null.
struct SessionStore {
  std::function<absl::optional<Entry>(const CredentialKey&)> find;
  std::function<absl::Status(const CredentialKey&, const Entry&)> remember;
};

// Returns the sessions in `store`. Both must outlive what is returned.
SessionStore SessionsIn(CredentialStore& store, Clock& clock);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_IDENTITY_SESSION_STORE_H_
