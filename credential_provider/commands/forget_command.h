// `credential_provider forget`: removes what is stored.
#ifndef CREDENTIAL_PROVIDER_COMMANDS_FORGET_COMMAND_H_
#define CREDENTIAL_PROVIDER_COMMANDS_FORGET_COMMAND_H_

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "credential_provider/cli/command.h"
#include "credential_provider/store/credential_key.h"
#include "credential_provider/store/credential_store.h"

namespace credential_provider {

extern const Command kForgetAckCommand;
extern const Command kForgetAckTokenCommand;
extern const Command kForgetCommand;  // --all

// How much was removed, of each kind.
struct ForgottenCount {
  int credentials = 0;
  int sessions = 0;    // temporary keys of roles and sign-ins
  int principals = 0;  // whom a place stands for

  ForgottenCount& operator+=(const ForgottenCount& other);
};

// Removes what is stored under `key` and the record of its runs.
absl::StatusOr<ForgottenCount> ForgetOne(const CredentialKey& key, CredentialStore& store);

// Removes what is stored under the keys that are meant, as `matches` says.
absl::StatusOr<ForgottenCount> ForgetMatching(absl::FunctionRef<bool(const CredentialKey&)> matches,
                                              CredentialStore& store);

// What the user is told of `count`.
absl::StatusOr<Output> Forgotten(const absl::StatusOr<ForgottenCount>& count);

// Removes all that is stored and all records in `store`: what is ours by its name and its content, and
// nothing else. Folders stay.
absl::StatusOr<ForgottenCount> ForgetAll(CredentialStore& store);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_COMMANDS_FORGET_COMMAND_H_
