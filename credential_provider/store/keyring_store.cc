#include "credential_provider/store/keyring_store.h"

#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/store/kernel_keyring.h"

namespace credential_provider {
namespace {

constexpr char kPrefix[] = "credential_provider:";

std::string DescriptionOf(const CredentialKey& key) { return absl::StrCat(kPrefix, key.FileName()); }

}  // namespace

absl::optional<Entry> KeyringStore::Find(const CredentialKey& key) {
  const absl::StatusOr<KeySerial> serial = FindUserKey(DescriptionOf(key));
  if (!serial.ok()) return absl::nullopt;
  const absl::StatusOr<Secret> data = ReadUserKey(*serial);
  if (!data.ok()) return absl::nullopt;
  return ParseEntry(data->Reveal(), key.text());
}

absl::Status KeyringStore::Remember(const CredentialKey& key, const Entry& entry, absl::Time now) {
  return PutUserKey(DescriptionOf(key), Secret(FormatEntry(key.text(), entry)), EndOf(entry) - now);
}

absl::StatusOr<bool> KeyringStore::Forget(const CredentialKey& key) {
  const absl::StatusOr<KeySerial> serial = FindUserKey(DescriptionOf(key));
  if (!serial.ok() || !Find(key)) return false;
  absl::Status removed = RemoveUserKey(*serial);
  if (!removed.ok()) return removed;
  return true;
}

std::vector<CredentialKey> KeyringStore::List() {
  std::vector<CredentialKey> keys;
  for (const UserKey& found : ListUserKeys()) {
    if (!absl::StartsWith(found.description, kPrefix)) continue;
    const absl::StatusOr<Secret> data = ReadUserKey(found.serial);
    const absl::optional<std::string> text = data.ok() ? KeyTextOfEntry(data->Reveal()) : absl::nullopt;
    if (text && DescriptionOf(CredentialKey::FromText(*text)) == found.description)
      keys.push_back(CredentialKey::FromText(*text));
  }
  return keys;
}

}  // namespace credential_provider
