#include "credential_provider/forget_command.h"

#include "credential_provider/store/key_state.h"

namespace credential_provider {

absl::StatusOr<int> ForgetOne(const CredentialKey& key, CredentialStore& store) {
  const absl::StatusOr<bool> forgotten = store.Forget(key);
  if (!forgotten.ok()) return forgotten.status();
  KeyState(store.state_folders(), key).Remove();
  return *forgotten ? 1 : 0;
}

absl::StatusOr<int> ForgetAll(CredentialStore& store) {
  int count = 0;
  absl::Status failed;
  for (const StoredKey& stored : store.List()) {
    const absl::StatusOr<int> forgotten = ForgetOne(stored.key, store);
    if (forgotten.ok()) {
      count += *forgotten;
    } else {
      failed = forgotten.status();
    }
  }
  for (PrivateFolder* folder : store.state_folders()) RemoveKeyStates(*folder);
  if (!failed.ok()) return failed;
  return count;
}

}  // namespace credential_provider
