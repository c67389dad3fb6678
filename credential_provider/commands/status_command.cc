#include "credential_provider/commands/status_command.h"

#include <unistd.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/listing.h"
#include "credential_provider/cli/report.h"
#include "credential_provider/identity/identity_text.h"
#include "credential_provider/identity/principal.h"
#include "credential_provider/issuers/ack_options.h"
#include "credential_provider/store/store_options.h"
#include "credential_provider/text/time_text.h"

namespace credential_provider {
namespace {

nlohmann::ordered_json KeyJson(const StoredCredential& stored) {
  nlohmann::ordered_json key = nlohmann::ordered_json::object();
  for (const auto& [name, value] : stored.key) key[name] = value;
  return key;
}

std::vector<FlagSpec> StatusFlags(const Command&) {
  std::vector<FlagSpec> flags(StoreFlags().begin(), StoreFlags().end());
  flags.push_back({kClusterIdFlag.name, kClusterIdFlag.value, "only what is stored of this cluster", nullptr,
                   Preset::kNever});
  flags.push_back(kOutputFlag);
  return flags;
}

// What is stored of the cluster that --cluster-id names; all without it.
std::vector<StoredCredential> Asked(std::vector<StoredCredential> all, const ParsedFlags& flags) {
  const absl::string_view id = flags.Get(kClusterIdFlag.name);
  const auto is_other = [id](const StoredCredential& stored) { return !id.empty() && stored.cluster != id; };
  all.erase(std::remove_if(all.begin(), all.end(), is_other), all.end());
  return all;
}

absl::StatusOr<Output> RunStatus(const Command&, const ParsedFlags& flags, const Environment& environment) {
  absl::StatusOr<OutputFormat> format = ParseOutputFormat(flags);
  if (!format.ok()) return format.status();
  absl::StatusOr<StoreOptions> options = ParseStoreOptions(flags);
  if (!options.ok()) return UsageError(options.status());
  CredentialStore store(*options, environment);
  const std::vector<StoredCredential> stored = Asked(ListStored(store), flags);
  const absl::StatusOr<Placement> placement = store.Try(absl::Now());
  if (!placement.ok()) WarnOfNoPlace(placement.status());
  if (IsData(*format)) return Output{FormatData(StatusJson(stored), *format)};
  return Output{absl::StrCat(FormatStatusTable(stored, absl::Now(), StdoutReader()),
                             placement.ok() ? LineFor(STDOUT_FILENO, FormatPlacement(*placement)) : "")};
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
                    {"failure", std::string(credential.failure.message())},
                    {"name", credential.name},
                    {"key", KeyJson(credential)}});
  }
  return list;
}

const Command kStatusCommand = {
    "status",
    "",
    "what is stored",
    R"(Shows what is stored, and where new credentials are kept, which is tried with an empty one. No secret is shown.
CLUSTER, IDENTITY, ISSUER and OPTIONS are what a credential is stored for: another of them is another credential.
EXPIRES is when it does, RENEWED when it was issued last, STORE where it is. STARTS counts the runs that asked for it,
ISSUED how often a new one was asked for because of them. A terminal gets what fits into a line; --output json and a
pipe get everything.)",
    &StatusFlags,
    &RunStatus,
};

}  // namespace credential_provider
