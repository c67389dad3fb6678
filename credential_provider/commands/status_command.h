// `credential_provider status`: what is stored, without a secret.
#ifndef CREDENTIAL_PROVIDER_COMMANDS_STATUS_COMMAND_H_
#define CREDENTIAL_PROVIDER_COMMANDS_STATUS_COMMAND_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "credential_provider/cli/command.h"
#include "credential_provider/store/credential_store.h"
#include "nlohmann/json.hpp"

namespace credential_provider {

extern const Command kStatusCommand;

// One stored credential.
struct StoredCredential {
  std::string cluster;   // "" for what belongs to no cluster, such as a role's session
  std::string identity;  // who asked; to be shown by ShownWho alone
  std::string issuer;    // "ack"; "session" for a temporary key, "caller" for whom a place stands for
  absl::Time expires;
  absl::Time issued;
  StoreKind store = StoreKind::kNone;
  std::string passed_over;  // why it is in no better place; "" when it is in the best
  uint64_t starts = 0;      // runs that asked for it; of several at the same moment some may not be counted
  uint64_t issuances = 0;
  absl::Status failure;  // why it could not be renewed; OK when that went well
};

// Returns what is in `store`, by cluster, identity and issuer.
std::vector<StoredCredential> ListStored(CredentialStore& store);

// Returns `stored` as JSON. Times are RFC 3339 in UTC.
nlohmann::ordered_json StatusJson(absl::Span<const StoredCredential> stored);

// Returns a table for people. Times are given from `now`.
std::string FormatStatusTable(absl::Span<const StoredCredential> stored, absl::Time now);

// Says, on one line, where new credentials are kept, and why in no better place.
std::string FormatPlacement(const Placement& placement);

// Warns that nothing can be stored, with the reason of each place in `failure`.
void WarnOfNoPlace(const absl::Status& failure);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_COMMANDS_STATUS_COMMAND_H_
