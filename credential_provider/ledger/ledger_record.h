// One issuance, as the ledger keeps it. No secret is in it.
#ifndef CREDENTIAL_PROVIDER_LEDGER_LEDGER_RECORD_H_
#define CREDENTIAL_PROVIDER_LEDGER_LEDGER_RECORD_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "nlohmann/json.hpp"

namespace credential_provider {

struct LedgerRecord {
  absl::Time time;
  std::string why;     // "first", "expired", "refused", "ahead", "forced" …: see docs of `log`
  std::string id;      // the certificate's serial number, or "#" and a part of a token's SHA-256; "" for none
  absl::Time until;    // InfiniteFuture for what does not end
  std::string store;   // the place where it was put: "disk"; "none"
  std::string server;  // the API server, where kubectl tells it
  std::string name;    // by which it is stored
  // The parts of its key as they may be shown: issuer, identity, cluster, region …
  std::vector<std::pair<std::string, std::string>> key;

  // A part of the key; "" when there is none.
  std::string Part(absl::string_view part) const;
};

nlohmann::ordered_json LedgerJson(const LedgerRecord& record);

// Returns one line of JSON with its end, of less than 8 KB.
std::string FormatLedgerLine(const LedgerRecord& record);

// The inverse; nothing for what is torn or foreign.
absl::optional<LedgerRecord> ParseLedgerLine(absl::string_view line);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_LEDGER_LEDGER_RECORD_H_
