#include "credential_provider/commands/status_command.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/types/optional.h"
#include "credential_provider/answer/run_state.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/listing.h"
#include "credential_provider/identity/identity_text.h"
#include "credential_provider/identity/principal.h"
#include "credential_provider/store/store_options.h"
#include "credential_provider/text/time_text.h"

namespace credential_provider {
namespace {

TableRow RowOf(const StoredCredential& stored, absl::Time now) {
  std::string place(StoreKindName(stored.store));
  if (!stored.passed_over.empty()) absl::StrAppend(&place, " (", stored.passed_over, ")");
  if (!stored.failure.ok()) absl::StrAppend(&place, "; last renewal failed");
  return {stored.cluster,
          ShownIdentity(stored.identity),
          stored.issuer,
          InWords(stored.expires, now),
          InWords(stored.issued, now),
          absl::StrCat(stored.starts),
          absl::StrCat(stored.issuances),
          place};
}

std::vector<FlagSpec> StatusFlags(const Command&) {
  std::vector<FlagSpec> flags(StoreFlags().begin(), StoreFlags().end());
  flags.push_back(kOutputFlag);
  return flags;
}

absl::StatusOr<Output> RunStatus(const Command&, const ParsedFlags& flags, const Environment& environment) {
  absl::StatusOr<OutputFormat> format = ParseOutputFormat(flags);
  if (!format.ok()) return format.status();
  absl::StatusOr<StoreOptions> options = ParseStoreOptions(flags);
  if (!options.ok()) return UsageError(options.status());
  CredentialStore store(*options, environment);
  const std::vector<StoredCredential> stored = ListStored(store);
  const absl::StatusOr<Placement> placement = store.Try(absl::Now());
  if (!placement.ok()) WarnOfNoPlace(placement.status());
  if (IsData(*format)) return Output{FormatData(StatusJson(stored), *format)};
  return Output{absl::StrCat(FormatStatusTable(stored, absl::Now()),
                             placement.ok() ? FormatPlacement(*placement) + "\n" : "")};
}

}  // namespace

std::string FormatPlacement(const Placement& placement) {
  if (placement.kind == StoreKind::kNone) return "new ones are not kept";
  std::string line = absl::StrCat("new ones are kept in: ", StoreKindName(placement.kind));
  if (!placement.passed_over.empty())
    absl::StrAppend(&line, " (", Printable(placement.passed_over, 1000), ")");
  return line;
}

void WarnOfNoPlace(const absl::Status& failure) {
  PrintWarning(kProgramName,
               WithContext(failure, "nothing can be stored, so every run asks for a new credential"));
}

std::string FormatStatusTable(absl::Span<const StoredCredential> stored, absl::Time now) {
  if (stored.empty()) return "nothing is stored\n";
  std::vector<TableRow> rows = {
      {"CLUSTER", "IDENTITY", "ISSUER", "EXPIRES", "RENEWED", "STARTS", "ISSUED", "STORE"}};
  for (const StoredCredential& credential : stored) rows.push_back(RowOf(credential, now));
  return FormatTable(
      rows, {{1, 7}, [](absl::string_view cell) { return absl::StrContains(cell, "last renewal failed"); }});
}

nlohmann::ordered_json StatusJson(absl::Span<const StoredCredential> stored) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const StoredCredential& credential : stored) {
    list.push_back({{"cluster", credential.cluster},
                    {"identity", ShownIdentity(credential.identity)},
                    {"issuer", credential.issuer},
                    {"expires", FormatInstant(credential.expires)},
                    {"renewed", FormatInstant(credential.issued)},
                    {"store", std::string(StoreKindName(credential.store))},
                    {"passedOver", credential.passed_over},
                    {"starts", credential.starts},
                    {"issuances", credential.issuances},
                    {"failure", std::string(credential.failure.message())}});
  }
  return list;
}

const Command kStatusCommand = {
    "status",
    "",
    "what is stored",
    R"(Shows what is stored: cluster, identity, issuer, expiry, last renewal and where; and where new credentials are
kept, which is tried with an empty one. No secret is shown.)",
    &StatusFlags,
    &RunStatus,
};

}  // namespace credential_provider
