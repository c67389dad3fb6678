#include "credential_provider/store/credential_store.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/store/disk_store.h"
#include "credential_provider/store/keyring_store.h"
#include "credential_provider/store/store_directory.h"

namespace credential_provider {
namespace {

// Adds a reason to a list of them: "keyring: not available here; runtime: …".
void AddReason(const absl::Status& status, StoreKind kind, absl::Status* all) {
  const absl::string_view name = StoreKindName(kind);
  absl::Status named =
      absl::StartsWith(status.message(), absl::StrCat(name, ": ")) ? status : WithContext(status, name);
  if (all->ok()) {
    *all = named;
    return;
  }
  *all =
      WithHint(absl::Status(all->code(), absl::StrCat(all->message(), "; ", named.message())), HintOf(named));
}

}  // namespace

CredentialStore::CredentialStore(const StoreOptions& options, const Environment& environment) {
  StoreKind kind = options.kind;
  if (kind == StoreKind::kNone) return;
  absl::StatusOr<std::string> folder = options.cache_dir;
  if (kind == StoreKind::kAuto && folder->empty()) folder = JobStoreDirectory(environment).value_or("");
  if (kind == StoreKind::kAuto && !folder->empty()) kind = StoreKind::kDisk;
  if (folder->empty()) folder = DefaultStoreDirectory(environment);
  if (kind == StoreKind::kAuto || kind == StoreKind::kKeyring) AddKeyring();
  if (kind != StoreKind::kDisk) AddFolder(StoreKind::kRuntime, RuntimeStoreDirectory(environment));
  AddFolder(StoreKind::kDisk, folder);
  if (kind == StoreKind::kAuto) return;
  // The folders of the others are for what runs say to each other.
  places_.erase(std::remove_if(places_.begin(), places_.end(),
                               [kind](const Place& place) { return place.kind != kind; }),
                places_.end());
}

void CredentialStore::AddKeyring() {
  places_.push_back({StoreKind::kKeyring, std::make_unique<KeyringStore>(), absl::OkStatus()});
}

void CredentialStore::AddFolder(StoreKind kind, const absl::StatusOr<std::string>& path) {
  if (!path.ok()) {
    places_.push_back({kind, nullptr, path.status()});
    return;
  }
  folders_.push_back(std::make_unique<PrivateFolder>(*path));
  state_folders_.push_back(folders_.back().get());
  places_.push_back({kind, std::make_unique<DiskStore>(*folders_.back()), absl::OkStatus()});
}

absl::optional<Entry> CredentialStore::Find(const CredentialKey& key, StoreKind first) {
  for (const bool preferred : {true, false}) {
    for (const Place& place : places_) {
      if (place.store == nullptr || (place.kind == first) != preferred) continue;
      absl::optional<Entry> entry = place.store->Find(key);
      if (entry) return entry;
    }
  }
  return absl::nullopt;
}

absl::StatusOr<Placement> CredentialStore::Remember(const CredentialKey& key, const Entry& entry,
                                                    absl::Time now) {
  absl::Status failed;
  Placement placement;
  for (const Place& place : places_) {
    if (placement.kind != StoreKind::kNone) {
      if (place.store != nullptr) place.store->Forget(key).IgnoreError();
      continue;
    }
    absl::Status remembered =
        place.store == nullptr ? place.unavailable : place.store->Remember(key, entry, now);
    if (remembered.ok()) {
      placement = {place.kind, std::string(failed.message())};
      continue;
    }
    AddReason(remembered, place.kind, &failed);
    if (place.store != nullptr) place.store->Forget(key).IgnoreError();
  }
  if (placement.kind == StoreKind::kNone && !failed.ok()) return failed;
  return placement;
}

absl::StatusOr<bool> CredentialStore::Forget(const CredentialKey& key) {
  bool any = false;
  absl::Status failed;
  for (const Place& place : places_) {
    if (place.store == nullptr) continue;
    const absl::StatusOr<bool> forgotten = place.store->Forget(key);
    if (!forgotten.ok()) AddReason(forgotten.status(), place.kind, &failed);
    any = any || (forgotten.ok() && *forgotten);
  }
  if (!failed.ok()) return failed;
  return any;
}

std::vector<StoredKey> CredentialStore::List() {
  std::vector<StoredKey> all;
  for (const Place& place : places_) {
    if (place.store == nullptr) continue;
    for (CredentialKey& key : place.store->List()) all.push_back({std::move(key), place.kind});
  }
  return all;
}

}  // namespace credential_provider
