// What was issued, written into the ledger.
#ifndef CREDENTIAL_PROVIDER_ANSWER_ISSUANCE_NOTE_H_
#define CREDENTIAL_PROVIDER_ANSWER_ISSUANCE_NOTE_H_

#include "credential_provider/answer/provide_credential.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/store/credential_key.h"
#include "credential_provider/store/credential_store.h"

namespace credential_provider {

// Writes down that `issuance` was made for `key`, beside what `store` keeps on disk. Best effort, and for
// after the answer: nobody is kept from a credential by it. Nothing where the user wants no store.
void NoteIssuance(const CredentialKey& key, const Issuance& issuance, CredentialStore& store,
                  const Environment& environment);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ANSWER_ISSUANCE_NOTE_H_
