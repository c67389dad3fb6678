// What is stored and of whom, to be shown or removed.
#ifndef CREDENTIAL_PROVIDER_ANSWER_STORED_CREDENTIALS_H_
#define CREDENTIAL_PROVIDER_ANSWER_STORED_CREDENTIALS_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/invocation/exec_invocation.h"
#include "credential_provider/invocation/invocation.h"
#include "credential_provider/store/credential_key.h"
#include "credential_provider/store/credential_store.h"

namespace credential_provider {

// One stored credential.
struct StoredCredential {
  std::string cluster;   // "" for what belongs to no cluster, such as a role's session
  std::string identity;  // who asked; to be shown by ShownIdentity alone
  std::string issuer;    // "ack"; "session" for a temporary key, "caller" for whom a place stands for
  absl::Time expires;
  absl::Time issued;
  StoreKind store = StoreKind::kNone;
  std::string passed_over;  // why it is in no better place; "" when it is in the best
  uint64_t starts = 0;      // runs that asked for it; of several at the same moment some may not be counted
  uint64_t issuances = 0;
  absl::Status failure;  // why it could not be renewed; OK when that went well
  // All of its key, as it may be shown (identity/shown_key.h), and the name by which it is stored.
  std::vector<std::pair<std::string, std::string>> key = {};
  std::string name = "";
};

// Returns what is in `store`, by cluster, identity and issuer.
std::vector<StoredCredential> ListStored(CredentialStore& store);

// How much was removed, of each kind.
struct ForgottenCount {
  int credentials = 0;
  int sessions = 0;         // temporary keys of roles and sign-ins
  int principals = 0;       // whom a place stands for
  int issuances = 0;        // records of the ledger
  bool of_anybody = false;  // whoever asked: who asks now is not known without the network

  ForgottenCount& operator+=(const ForgottenCount& other);
};

// Removes what is stored under `key` and the record of its runs.
absl::StatusOr<ForgottenCount> ForgetOne(const CredentialKey& key, CredentialStore& store);

// Removes what is stored under the keys that are meant, as `matches` says.
absl::StatusOr<ForgottenCount> ForgetMatching(absl::FunctionRef<bool(const CredentialKey&)> matches,
                                              CredentialStore& store);

// Removes what `get` has stored for `invocation` and who asks now, and their sessions. Where only the network
// could tell who asks, it is all that anybody has stored for the cluster, which costs a request when it is
// needed.
absl::StatusOr<ForgottenCount> ForgetFor(const Invocation& invocation, const Environment& environment);

// Removes all that is stored of the cluster of `invocation`, whoever asked for it and however, and the
// sessions of who asks now, or of everybody where that is not known.
absl::StatusOr<ForgottenCount> ForgetCluster(const Invocation& invocation, const Environment& environment);

// Removes what `get exec` has stored of the command with these arguments, whatever its variables were.
absl::StatusOr<ForgottenCount> ForgetFor(const ExecInvocation& invocation, const Environment& environment);

// Removes all that is stored, all records and the ledger in `store`: what is ours by its name and its
// content, and nothing else. Folders stay.
absl::StatusOr<ForgottenCount> ForgetAll(CredentialStore& store);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ANSWER_STORED_CREDENTIALS_H_
