// `credential_provider forget`: removes what is stored.
#ifndef CREDENTIAL_PROVIDER_FORGET_COMMAND_H_
#define CREDENTIAL_PROVIDER_FORGET_COMMAND_H_

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "credential_provider/command.h"
#include "credential_provider/store/credential_key.h"
#include "credential_provider/store/credential_store.h"

namespace credential_provider {

extern const Command kForgetAckCommand;
extern const Command kForgetAckTokenCommand;
extern const Command kForgetCommand;  // --all

// Removes the credential of `key` and the record of its runs. Returns the number of credentials removed: 0
// or 1.
absl::StatusOr<int> ForgetOne(const CredentialKey& key, CredentialStore& store);

// Removes those whose key `matches` says is meant. Returns the number of credentials removed.
absl::StatusOr<int> ForgetMatching(absl::FunctionRef<bool(const CredentialKey&)> matches,
                                   CredentialStore& store);

// What the user is told of `count`, the number of credentials removed.
absl::StatusOr<Output> Forgotten(const absl::StatusOr<int>& count);

// Removes all credentials and records in `store`: what is ours by its name and its content, and nothing else.
// Folders stay. Returns the number of credentials removed.
absl::StatusOr<int> ForgetAll(CredentialStore& store);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_FORGET_COMMAND_H_
