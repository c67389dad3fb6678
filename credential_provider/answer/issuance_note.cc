#include "credential_provider/answer/issuance_note.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/sha256.h"
#include "credential_provider/crypto/certificate_facts.h"
#include "credential_provider/identity/shown_key.h"
#include "credential_provider/kubernetes/exec_info.h"
#include "credential_provider/ledger/ledger.h"

namespace credential_provider {
namespace {

// A token that is shorter could be guessed, and then its hash would tell whether it was guessed right.
constexpr size_t kLeastHashed = 64;
constexpr size_t kShownDigits = 16;

std::string IdOf(const Credential& credential) {
  if (!credential.certificate_pem.empty()) return SerialOf(credential.certificate_pem);
  const std::string& token = credential.token.Reveal();
  if (token.size() < kLeastHashed) return "";
  return absl::StrCat("#", Fingerprint(token).substr(0, kShownDigits));
}

}  // namespace

void NoteIssuance(const CredentialKey& key, const Issuance& issuance, CredentialStore& store,
                  const Environment& environment) {
  PrivateFolder* const folder = store.disk_folder();
  if (folder == nullptr) return;
  LedgerRecord record;
  record.time = issuance.time;
  record.why = std::string(issuance.why);
  record.id = IdOf(issuance.credential);
  record.until = issuance.credential.expires;
  record.store = std::string(StoreKindName(issuance.place));
  record.server = ServerAsked(environment.Get("KUBERNETES_EXEC_INFO"));
  record.name = key.FileName();
  record.key = ShownParts(key);
  AppendToLedger(*folder, record).IgnoreError();
}

}  // namespace credential_provider
