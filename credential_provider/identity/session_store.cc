#include "credential_provider/identity/session_store.h"

namespace credential_provider {

SessionStore SessionsIn(CredentialStore& store, Clock& clock) {
  return {[&store](const CredentialKey& key) { return store.Find(key); },
          [&store, &clock](const CredentialKey& key, const Entry& entry) {
            return store.Remember(key, entry, clock.Now()).status();
          }};
}

}  // namespace credential_provider
