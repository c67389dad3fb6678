#include "credential_provider/store/keyring_shares.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/platform/kernel_keyring.h"
#include "credential_provider/process/random.h"
#include "credential_provider/store/entry.h"

namespace credential_provider {
namespace {

constexpr char kPrefix[] = "credential_provider:";
constexpr size_t kRandomBytes = 8;

// Returns how the descriptions of the shares of one name begin.
std::string PrefixOf(const std::string& name) { return absl::StrCat(kPrefix, name, ":"); }

// Says whether a key of this size still fits into our half of the quota, beside all that this program holds
// but `replaced`.
absl::Status CheckQuota(size_t description_size, size_t payload_size, ShareId replaced) {
  const KeyQuota quota = QuotaOfUser();
  size_t bytes = QuotaCharge(description_size, payload_size);
  size_t keys = 1;
  for (const UserKey& key : ListUserKeys()) {
    if (!absl::StartsWith(key.description, kPrefix) || static_cast<ShareId>(key.serial) == replaced) continue;
    bytes += QuotaCharge(key.description.size(), SizeOfUserKey(key.serial));
    ++keys;
  }
  if (bytes <= quota.bytes / 2 && keys <= quota.keys / 2) return absl::OkStatus();
  return absl::ResourceExhaustedError(
      absl::StrCat("keyring: with this one, credentials would fill more than half of this "
                   "user's quota of ",
                   quota.bytes, " bytes and ", quota.keys, " keys"));
}

}  // namespace

absl::StatusOr<ShareId> KeyringShares::Put(const std::string& name, absl::string_view share, absl::Time end,
                                           absl::Time now, ShareId replaced) {
  absl::Status possible = CheckKeyringsCanBeTried();
  if (!possible.ok()) return possible;
  const std::string description = PrefixOf(name) + RandomHex(kRandomBytes);
  possible = CheckQuota(description.size(), share.size(), replaced);
  if (!possible.ok()) return possible;
  const absl::StatusOr<KeySerial> key = PutUserKey(description, share, end - now);
  if (!key.ok()) return key.status();
  return static_cast<ShareId>(*key);
}

bool KeyringShares::Get(const std::string&, ShareId id, std::string* share) {
  return ReadUserKey(static_cast<KeySerial>(id), share);
}

void KeyringShares::Remove(const std::string& name, ShareId id) {
  const auto key = static_cast<KeySerial>(id);
  if (CheckKeyringsCanBeTried().ok() && absl::StartsWith(DescriptionOfUserKey(key), PrefixOf(name)))
    RemoveUserKey(key).IgnoreError();
}

int RemoveAllKeys() {
  int credentials = 0;
  if (!CheckKeyringsCanBeTried().ok()) return credentials;
  for (const UserKey& key : ListUserKeys()) {
    if (!absl::StartsWith(key.description, kPrefix)) continue;
    std::string payload(SizeOfUserKey(key.serial), '\0');
    const bool whole = ReadUserKey(key.serial, &payload) && KeyTextOfEntry(payload).has_value();
    const Secret cleared(std::move(payload));
    if (RemoveUserKey(key.serial).ok() && whole) ++credentials;
  }
  return credentials;
}

}  // namespace credential_provider
