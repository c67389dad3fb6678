// `credential_provider status`: what is stored, without a secret.
#ifndef CREDENTIAL_PROVIDER_COMMANDS_STATUS_COMMAND_H_
#define CREDENTIAL_PROVIDER_COMMANDS_STATUS_COMMAND_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "credential_provider/answer/stored_credentials.h"
#include "credential_provider/cli/command.h"
#include "credential_provider/cli/listing.h"
#include "credential_provider/store/credential_store.h"
#include "nlohmann/json.hpp"

namespace credential_provider {

extern const Command kStatusCommand;

// Returns `stored` as JSON. Times are RFC 3339 in UTC.
nlohmann::ordered_json StatusJson(absl::Span<const StoredCredential> stored);

// Returns a table for people. Times are given from `now`.
std::string FormatStatusTable(absl::Span<const StoredCredential> stored, absl::Time now,
                              const TableReader& reader = {});

// Says, on one line, where new credentials are kept, and why in no better place.
std::string FormatPlacement(const Placement& placement);

// Warns that nothing can be stored, with the reason of each place in `failure`.
void WarnOfNoPlace(const absl::Status& failure);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_COMMANDS_STATUS_COMMAND_H_
