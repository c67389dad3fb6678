// `credential_provider log`: what was issued on this machine, when and why.
#ifndef CREDENTIAL_PROVIDER_COMMANDS_LOG_COMMAND_H_
#define CREDENTIAL_PROVIDER_COMMANDS_LOG_COMMAND_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/span.h"
#include "credential_provider/cli/command.h"
#include "credential_provider/cli/listing.h"
#include "credential_provider/ledger/ledger_record.h"

namespace credential_provider {

extern const Command kLogCommand;

// Returns a table for people, in the order of `records`. Times are given from `now` to a terminal.
std::string FormatLedgerTable(absl::Span<const LedgerRecord> records, absl::Time now,
                              const TableReader& reader);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_COMMANDS_LOG_COMMAND_H_
