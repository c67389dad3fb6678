#include "credential_provider/commands/log_command.h"

#include <unistd.h>

#include "absl/time/clock.h"
#include "credential_provider/cli/listing.h"
#include "credential_provider/cli/report.h"
#include "credential_provider/commands/row_cells.h"
#include "credential_provider/identity/identity_words.h"
#include "credential_provider/ledger/ledger.h"
#include "credential_provider/store/credential_store.h"
#include "credential_provider/store/store_options.h"
#include "credential_provider/text/display_width.h"
#include "credential_provider/text/time_text.h"

namespace credential_provider {
namespace {

constexpr size_t kIdentity = 3;  // the column

std::vector<FlagSpec> LogFlags(const Command&) {
  std::vector<FlagSpec> flags(StoreFlags().begin(), StoreFlags().end());
  flags.push_back(kOutputFlag);
  return flags;
}

// NotFound does not count: then nothing was issued yet.
absl::StatusOr<std::vector<LedgerRecord>> RecordsBeside(CredentialStore& store) {
  PrivateFolder* const folder = store.disk_folder();
  if (folder == nullptr) return std::vector<LedgerRecord>();
  absl::Status opened = folder->Open();
  if (!opened.ok() && !absl::IsNotFound(opened)) return opened;
  return ReadLedger(*folder);
}

TableRow RowForProgram(const LedgerRecord& record) {
  const std::string identity = record.Part("identity");
  const bool ends = record.until != absl::InfiniteFuture();
  return {FormatInstant(record.time),
          record.why,
          record.Part("cluster"),
          IdentityInWords(identity),
          record.Part("issuer"),
          ends ? FormatInstant(record.until) : "never",
          record.id,
          record.store,
          OptionsInWords(record.key, identity)};
}

TableRow RowForTerminal(const LedgerRecord& record, absl::Time now) {
  const bool ends = record.until != absl::InfiniteFuture();
  return {InWords(record.time, now),
          record.why,
          ShortCluster(record.Part("cluster")),
          IdentityInWords(record.Part("identity")),
          record.Part("issuer"),
          ends ? InWords(record.until, now) : "never",
          CutToWidth(record.id, 10)};
}

absl::StatusOr<Output> RunLog(const Command&, const ParsedFlags& flags, const Environment& environment) {
  absl::StatusOr<OutputFormat> format = ParseOutputFormat(flags);
  if (!format.ok()) return format.status();
  absl::StatusOr<StoreOptions> options = ParseStoreOptions(flags);
  if (!options.ok()) return UsageError(options.status());
  CredentialStore store(*options, environment);
  absl::StatusOr<std::vector<LedgerRecord>> records = RecordsBeside(store);
  if (!records.ok()) return records.status();
  if (!IsData(*format)) return Output{FormatLedgerTable(*records, absl::Now(), StdoutReader())};
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const LedgerRecord& record : *records) list.push_back(LedgerJson(record));
  return Output{FormatData(list, *format)};
}

}  // namespace

std::string FormatLedgerTable(absl::Span<const LedgerRecord> records, absl::Time now,
                              const TableReader& reader) {
  if (records.empty()) return LineFor(STDOUT_FILENO, "nothing was issued");
  std::vector<TableRow> rows;
  rows.push_back(reader.is_terminal ? TableRow{"WHEN", "WHY", "CLUSTER", "IDENTITY", "ISSUER", "UNTIL", "ID"}
                                    : TableRow{"WHEN", "WHY", "CLUSTER", "IDENTITY", "ISSUER", "UNTIL", "ID",
                                               "STORE", "OPTIONS"});
  for (const LedgerRecord& record : records)
    rows.push_back(reader.is_terminal ? RowForTerminal(record, now) : RowForProgram(record));
  return reader.is_terminal ? FormatTable(rows, {{kIdentity}}, reader) : FormatTable(rows, {}, {});
}

const Command kLogCommand = {
    "log",
    "",
    "what was issued on this machine, when and why",
    R"(Shows the ledger: each credential that was issued for this user, the newest last. No secret is in it. WHY is:

  first    nothing was stored for it
  lost     there was one, and nothing is stored any more: it was forgotten, or memory was emptied
  expired  what was stored has expired, or was about to
  ahead    renewed in the background before it expired
  refused  the cluster seemed to refuse what was stored: the same client asked again
  forced   by install, export or warm, before anybody asked for it

ID is the certificate's serial number, or a part of the SHA-256 of a token. The ledger is in the folder of --store disk,
whatever place is used, and keeps the last 128 KB at least. A CI job with a folder of its own has none. `forget --all`
removes it.)",
    &LogFlags,
    &RunLog,
};

}  // namespace credential_provider
