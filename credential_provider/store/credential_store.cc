#include "credential_provider/store/credential_store.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/log/log.h"
#include "credential_provider/store/disk_store.h"
#include "credential_provider/store/folder_files.h"
#include "credential_provider/store/keyring_shares.h"
#include "credential_provider/store/memory_shares.h"
#include "credential_provider/store/split_store.h"
#include "credential_provider/store/store_directory.h"

namespace credential_provider {
namespace {

// What a certificate with an RSA key takes.
constexpr size_t kUsualStatusBytes = 3000;

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

CredentialStore::CredentialStore(const StoreOptions& options, const Environment& environment,
                                 const StorePlaces& places) {
  if (options.kind == StoreKind::kNone) return;
  const bool is_auto = options.kind == StoreKind::kAuto && options.cache_dir.empty();
  if (is_auto) job_folder_ = JobStoreDirectory(environment).value_or("");
  const bool only_disk = !is_auto && (options.kind == StoreKind::kAuto || options.kind == StoreKind::kDisk);
  const bool with_runtime = !only_disk && job_folder_.empty();
  absl::StatusOr<std::string> disk_path = job_folder_.empty() ? options.cache_dir : job_folder_;
  if (disk_path->empty()) disk_path = DefaultStoreDirectory(environment);
  const absl::StatusOr<std::string> runtime_path = RuntimeStoreDirectory(environment, places);
  constexpr auto kAny = PrivateFolder::Medium::kAny;

  PrivateFolder* const runtime = with_runtime ? AddFolder(runtime_path, kAny) : nullptr;
  PrivateFolder* const disk = AddFolder(disk_path, kAny);
  if (job_folder_.empty()) disk_folder_ = disk;  // what a job leaves is no use to anybody, and is removed
  if (!only_disk) {
    PrivateFolder* const memory = AddFolder(MemoryStoreDirectory(places), PrivateFolder::Medium::kMemory);
    const bool has_memory = places.has_keyring || memory != nullptr;  // else a disk is as good as any other
    if (places.has_keyring) AddShares(StoreKind::kKeyring, std::make_unique<KeyringShares>());
    if (with_runtime) AddWhole(StoreKind::kRuntime, runtime, runtime_path.status(), is_auto && has_memory);
    if (memory != nullptr) AddShares(StoreKind::kMemory, std::make_unique<MemoryShares>(*memory));
  }
  AddWhole(StoreKind::kDisk, disk, disk_path.status(), /*only_in_memory=*/false);
  if (!is_auto) KeepOnly(only_disk ? StoreKind::kDisk : options.kind);
  if (places_.empty()) AddMissing(options.kind);
}

// Returns null when there is no path.
PrivateFolder* CredentialStore::AddFolder(const absl::StatusOr<std::string>& path,
                                          PrivateFolder::Medium medium) {
  if (!path.ok()) return nullptr;
  folders_.push_back(std::make_unique<PrivateFolder>(*path, medium));
  state_folders_.push_back(folders_.back().get());
  return folders_.back().get();
}

void CredentialStore::AddShares(StoreKind kind, std::unique_ptr<SharePlace> place) {
  shares_.push_back(std::move(place));
  const char* const suffix = kind == StoreKind::kKeyring ? kKeyringPadSuffix : kMemoryPadSuffix;
  places_.push_back(
      {kind, std::make_unique<SplitStore>(state_folders_, *shares_.back(), suffix), absl::OkStatus()});
}

void CredentialStore::AddWhole(StoreKind kind, PrivateFolder* folder, const absl::Status& unavailable,
                               bool only_in_memory) {
  std::unique_ptr<EntryStore> store;
  if (folder != nullptr) store = std::make_unique<DiskStore>(*folder, only_in_memory);
  places_.push_back({kind, std::move(store), unavailable});
}

// What the user has asked for and the system does not have. With "auto" there is no word of it.
void CredentialStore::AddMissing(StoreKind kind) {
  places_.push_back({kind, nullptr,
                     WithHint(absl::FailedPreconditionError("this system has none"),
                              "use --store runtime, or --store disk")});
}

// The folders of the other places stay: they are for what runs say to each other.
void CredentialStore::KeepOnly(StoreKind kind) {
  places_.erase(std::remove_if(places_.begin(), places_.end(),
                               [kind](const Place& place) { return place.kind != kind; }),
                places_.end());
}

absl::optional<Entry> CredentialStore::Find(const CredentialKey& key, StoreKind first) {
  for (const bool preferred : {true, false}) {
    for (const Place& place : places_) {
      if (place.store == nullptr || (place.kind == first) != preferred) continue;
      absl::optional<Entry> entry = place.store->Find(key);
      Log(LogLevel::kTrace, "look", [&] {
        return LogFields{
            {"place", StoreKindName(place.kind)}, {"file", key.FileName()}, {"found", entry ? "yes" : "no"}};
      });
      if (entry) return entry;
    }
  }
  return absl::nullopt;
}

absl::StatusOr<Placement> CredentialStore::Remember(const CredentialKey& key, const Entry& entry,
                                                    absl::Time now) {
  if (!job_folder_.empty()) RemoveEndedJobs(job_folder_);
  absl::Status failed;
  Placement placement;
  for (const Place& place : places_) {
    absl::Status remembered =
        place.store == nullptr ? place.unavailable : place.store->Remember(key, entry, now);
    if (remembered.ok()) {
      placement = {place.kind, std::string(failed.message())};
      break;
    }
    AddReason(remembered, place.kind, &failed);
  }
  for (const Place& place : places_) {  // what is older, and only now: it may be all that there is
    if (placement.kind != StoreKind::kNone && place.kind != placement.kind && place.store != nullptr)
      place.store->Forget(key).IgnoreError();
  }
  if (placement.kind == StoreKind::kNone && !failed.ok()) return failed;
  return placement;
}

absl::StatusOr<Placement> CredentialStore::Try(absl::Time now) {
  const CredentialKey key = CredentialKey().Add("try", "");
  const Entry entry = {now, now + absl::Minutes(1), Secret(std::string(kUsualStatusBytes, ' '))};
  absl::StatusOr<Placement> placement = Remember(key, entry, now);
  Forget(key).IgnoreError();
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

int CredentialStore::ForgetStrays() {
  const bool has_keyring = std::any_of(places_.begin(), places_.end(),
                                       [](const Place& place) { return place.kind == StoreKind::kKeyring; });
  return has_keyring ? RemoveAllKeys() : 0;
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
