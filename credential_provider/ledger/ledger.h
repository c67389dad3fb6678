// What was issued on this machine, when and why: lines in a private file beside the store on disk.
#ifndef CREDENTIAL_PROVIDER_LEDGER_LEDGER_H_
#define CREDENTIAL_PROVIDER_LEDGER_LEDGER_H_

#include <vector>

#include "absl/status/status.h"
#include "credential_provider/ledger/ledger_record.h"
#include "credential_provider/store/private_folder.h"

namespace credential_provider {

// The newest lines are in the first file. When that is full it takes the place of the other.
inline constexpr char kLedgerFile[] = "ledger.jsonl";
inline constexpr char kOlderLedgerFile[] = "ledger.old.jsonl";
inline constexpr int64_t kMostLedgerBytes = 128 << 10;  // of each

// Appends `record` in one write, after making file and folder where they are missing. Several processes may
// do so at once. What is in its place and is not a private file of this user's is left alone.
absl::Status AppendToLedger(PrivateFolder& folder, const LedgerRecord& record);

// Returns what is there, the oldest first. Lines that are torn or foreign are left out.
std::vector<LedgerRecord> ReadLedger(PrivateFolder& folder);

// Removes it. Returns how many records were in it.
int RemoveLedger(PrivateFolder& folder);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_LEDGER_LEDGER_H_
