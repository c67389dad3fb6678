#include "credential_provider/commands/whoami_command.h"

#include <signal.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "credential_provider/alibaba_cloud/acs_client.h"
#include "credential_provider/answer/principals.h"
#include "credential_provider/base/clock.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/base/waiting.h"
#include "credential_provider/cli/listing.h"
#include "credential_provider/cli/report.h"
#include "credential_provider/commands/row_cells.h"
#include "credential_provider/http/curl_transport.h"
#include "credential_provider/identity/identity_text.h"
#include "credential_provider/identity/identity_words.h"
#include "credential_provider/invocation/invocation.h"
#include "credential_provider/sources/roles/sts_place.h"
#include "credential_provider/store/credential_store.h"
#include "credential_provider/store/store_options.h"
#include "credential_provider/text/time_text.h"
#include "nlohmann/json.hpp"

namespace credential_provider {
namespace {

// "ack of c0…1, ends in 42m, in the keyring"
std::string InOneLine(const StoredCredential& stored, absl::Time now) {
  const std::string options = OptionsInWords(stored.key, stored.identity);
  return absl::StrCat(stored.issuer, stored.cluster.empty() ? "" : " of ", stored.cluster,
                      options.empty() ? "" : ", ", options, ", expires ", InWords(stored.expires, now),
                      ", store ", StoreKindName(stored.store));
}

// What said that it is this one: first of all sources, or a flag, and then in that source.
std::string ChosenBy(const Whoami& whoami) {
  std::string in_source = whoami.found_in.chosen_by;
  if (whoami.asked_by_name.empty()) return in_source;
  return absl::StrCat("--identity ", whoami.asked_by_name, in_source.empty() ? "" : ", then ", in_source);
}

// What the store holds for the identity `who`.
std::vector<StoredCredential> StoredFor(absl::string_view who, CredentialStore& store) {
  std::vector<StoredCredential> all = ListStored(store);
  all.erase(std::remove_if(all.begin(), all.end(),
                           [who](const StoredCredential& stored) { return stored.identity != who; }),
            all.end());
  return all;
}

std::vector<FlagSpec> WhoamiFlags(const Command&) {
  std::vector<FlagSpec> flags = CallerFlags();
  flags.insert(flags.end(), StoreFlags().begin(), StoreFlags().end());
  flags.push_back(kOutputFlag);
  return flags;
}

absl::StatusOr<Output> RunWhoami(const Command&, const ParsedFlags& flags, const Environment& environment) {
  absl::StatusOr<OutputFormat> format = ParseOutputFormat(flags);
  if (!format.ok()) return format.status();
  absl::StatusOr<Caller> caller = ParseCaller(flags);
  if (!caller.ok()) return UsageError(caller.status());
  absl::StatusOr<StoreOptions> options = ParseStoreOptions(flags);
  if (!options.ok()) return UsageError(options.status());
  Principals principals(*caller, *options, environment);
  absl::StatusOr<FoundIdentity> found = FindIdentity(caller->identity, environment, principals.Anew());
  if (!found.ok()) return found.status();
  AddUnusedRole(caller->identity, environment, &*found);
  signal(SIGPIPE, SIG_IGN);
  CurlTransport transport(caller->ca_file, &SayWaitingFor);
  SystemClock clock;
  const auto warn = [](const absl::Status& status) { PrintWarning(kProgramName, status); };
  absl::StatusOr<Whoami> whoami =
      FindWhoami(*found, {transport, clock, environment, caller->timeout, SessionStore(), warn});
  if (!whoami.ok()) return whoami.status();
  whoami->asked_by_name = caller->identity.identity;
  CredentialStore store(*options, environment);
  whoami->stored = StoredFor(whoami->who, store);
  return Output{IsData(*format) ? FormatData(WhoamiJson(*whoami), *format)
                                : FormatWhoamiTable(*whoami, clock.Now())};
}

}  // namespace

absl::StatusOr<Whoami> FindWhoami(const FoundIdentity& found, const NetworkContext& fetch) {
  absl::StatusOr<AccessKey> key = found.identity.access_key(fetch);
  if (!key.ok()) return WithContext(key.status(), absl::StrCat("identity ", found.identity.source));
  absl::StatusOr<ServiceUrl> endpoint = FindStsOf(found.identity, "", fetch.environment);
  if (!endpoint.ok()) return endpoint.status();
  const std::string sts_endpoint = absl::StrCat(endpoint->scheme, "://", endpoint->authority);
  AcsClient sts(*std::move(endpoint), fetch.transport, fetch.clock, fetch.time_limit, fetch.warn);
  absl::StatusOr<CallerIdentity> caller = GetCallerIdentity(sts, *key);
  if (!caller.ok()) return WithContext(caller.status(), absl::StrCat("identity ", found.identity.source));
  return Whoami{
      *std::move(caller), found.identity.source, found.identity.who,    found.skipped,          key->id,
      key->expires,       sts_endpoint,          found.identity.region, found.identity.found_in};
}

std::string FormatWhoamiTable(const Whoami& whoami, absl::Time now) {
  std::string table = FactLine("identity", whoami.caller.arn);
  absl::StrAppend(&table, FactLine("type", whoami.caller.type), FactLine("account", whoami.caller.account_id),
                  FactLine("principal", whoami.caller.principal_id), FactLine("source", whoami.source));
  if (!whoami.found_in.profile.empty()) absl::StrAppend(&table, FactLine("profile", whoami.found_in.profile));
  if (!whoami.found_in.file.empty()) absl::StrAppend(&table, FactLine("file", whoami.found_in.file));
  if (!ChosenBy(whoami).empty()) absl::StrAppend(&table, FactLine("chosen by", ChosenBy(whoami)));
  absl::StrAppend(&table, FactLine("found", IdentityInWords(whoami.who)));
  const std::string details = IdentityDetails(whoami.who);
  if (!details.empty()) absl::StrAppend(&table, FactLine("", details));
  absl::StrAppend(&table, FactLine("access key", whoami.access_key_id));
  const bool ends = whoami.expires != absl::InfiniteFuture();
  absl::StrAppend(&table, FactLine("expires", ends ? FormatInstant(whoami.expires) : "never"));
  if (!whoami.region.empty()) absl::StrAppend(&table, FactLine("region", whoami.region));
  absl::StrAppend(&table, FactLine("sts", whoami.sts_endpoint));
  for (const StoredCredential& stored : whoami.stored) {
    absl::StrAppend(&table, FactLine("stored", InOneLine(stored, now)));
  }
  for (const SkippedSource& skipped : whoami.skipped) {
    absl::StrAppend(&table, FactLine("passed over", absl::StrCat(skipped.source, ": ", skipped.reason)));
  }
  return table;
}

nlohmann::ordered_json WhoamiJson(const Whoami& whoami) {
  nlohmann::ordered_json json = {
      {"arn", whoami.caller.arn},
      {"identityType", whoami.caller.type},
      {"accountId", whoami.caller.account_id},
      {"principalId", whoami.caller.principal_id},
      {"source", whoami.source},
      {"profile", whoami.found_in.profile},
      {"file", whoami.found_in.file},
      {"chosenBy", ChosenBy(whoami)},
      {"found", ShownIdentity(whoami.who)},
      {"accessKeyId", whoami.access_key_id},
  };
  json["expires"] = nullptr;
  if (whoami.expires != absl::InfiniteFuture()) json["expires"] = FormatInstant(whoami.expires);
  json["region"] = whoami.region;
  json["stsEndpoint"] = whoami.sts_endpoint;
  json["stored"] = StatusJson(whoami.stored);
  json["passedOver"] = nlohmann::ordered_json::array();
  for (const SkippedSource& skipped : whoami.skipped) {
    json["passedOver"].push_back({{"source", skipped.source}, {"reason", skipped.reason}});
  }
  return json;
}

const Command kWhoamiCommand = {
    "whoami",
    "",
    "whose AccessKey is used, and where it comes from",
    R"(Shows whose AccessKey is used, which source it comes from (of a file also which profile, and what chose that), and why
not from the sources before that one. Asks STS, which needs no permission. No secret is shown.)",
    &WhoamiFlags,
    &RunWhoami,
};

}  // namespace credential_provider
