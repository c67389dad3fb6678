#include "credential_provider/store/store_kind.h"

namespace credential_provider {
namespace {

constexpr const char* kNames[] = {"none", "keyring", "runtime", "disk", "auto", "memory"};  // by StoreKind

}  // namespace

absl::string_view StoreKindName(StoreKind kind) { return kNames[static_cast<int>(kind)]; }

absl::StatusOr<StoreKind> ParseStoreKind(absl::string_view name) {
  for (const StoreKind kind : {StoreKind::kAuto, StoreKind::kKeyring, StoreKind::kRuntime, StoreKind::kMemory,
                               StoreKind::kDisk, StoreKind::kNone}) {
    if (name == StoreKindName(kind)) return kind;
  }
  return absl::InvalidArgumentError("not one of auto, keyring, runtime, memory, disk and none");
}

}  // namespace credential_provider
