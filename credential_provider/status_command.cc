#include "credential_provider/status_command.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/types/optional.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/store/key_state.h"
#include "nlohmann/json.hpp"

namespace credential_provider {
namespace {

constexpr int kColumns = 8;
using Row = std::array<std::string, kColumns>;

constexpr char kSessionIssuer[] = "session";

StoredCredential Describe(const CredentialKey& key, StoreKind kind, const Entry& entry,
                          const KeyState& state) {
  StoredCredential stored;
  const std::string session = key.Part(kSessionIssuer);
  stored.cluster = key.Part("cluster");
  stored.identity = session.empty() ? key.Part("identity") : session;
  stored.issuer = session.empty() ? key.Part("issuer") : kSessionIssuer;
  stored.expires = entry.expiration;
  stored.issued = entry.issued;
  stored.store = kind;
  if (state.issuance.place == static_cast<int32_t>(kind))
    stored.passed_over = GetField(state.issuance.passed_over, sizeof(state.issuance.passed_over));
  stored.starts = state.servings.starts;
  stored.issuances = state.issuance.issuances;
  stored.failure = state.issuance.Failure();
  return stored;
}

// "42m", "3h5m": whole minutes, and seconds below one.
std::string Rounded(absl::Duration duration) {
  const absl::Duration unit = duration < absl::Minutes(1) ? absl::Seconds(1) : absl::Minutes(1);
  return absl::FormatDuration(absl::Trunc(duration, unit));
}

std::string InWords(absl::Time time, absl::Time now) {
  if (time >= now) return absl::StrCat("in ", Rounded(time - now));
  return absl::StrCat(Rounded(now - time), " ago");
}

std::string OrDash(absl::string_view text) { return text.empty() ? "-" : Printable(text); }

Row RowOf(const StoredCredential& stored, absl::Time now) {
  std::string place(StoreKindName(stored.store));
  if (!stored.passed_over.empty()) absl::StrAppend(&place, " (", Printable(stored.passed_over), ")");
  if (!stored.failure.ok()) absl::StrAppend(&place, "; last renewal failed");
  return {OrDash(stored.cluster),         OrDash(stored.identity),
          OrDash(stored.issuer),          InWords(stored.expires, now),
          InWords(stored.issued, now),    absl::StrCat(stored.starts),
          absl::StrCat(stored.issuances), place};
}

std::string Rfc3339(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time, absl::UTCTimeZone());
}

}  // namespace

std::vector<StoredCredential> ListStored(CredentialStore& store) {
  std::vector<StoredCredential> all;
  for (const StoredKey& found : store.List()) {
    const absl::optional<Entry> entry = store.Find(found.key, found.kind);
    if (!entry) continue;
    KeyState state(store.state_folders(), found.key);
    state.Load();
    all.push_back(Describe(found.key, found.kind, *entry, state));
  }
  std::sort(all.begin(), all.end(), [](const StoredCredential& a, const StoredCredential& b) {
    return std::tie(a.cluster, a.identity, a.issuer, a.expires) <
           std::tie(b.cluster, b.identity, b.issuer, b.expires);
  });
  return all;
}

std::string FormatStatusTable(absl::Span<const StoredCredential> stored, absl::Time now) {
  if (stored.empty()) return "nothing is stored\n";
  std::vector<Row> rows = {
      {"CLUSTER", "IDENTITY", "ISSUER", "EXPIRES", "RENEWED", "STARTS", "ISSUED", "STORE"}};
  for (const StoredCredential& credential : stored) rows.push_back(RowOf(credential, now));
  std::array<size_t, kColumns> widths = {};
  for (const Row& row : rows) {
    for (size_t i = 0; i < kColumns; ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string table;
  for (const Row& row : rows) {
    for (size_t i = 0; i + 1 < kColumns; ++i)
      absl::StrAppendFormat(&table, "%-*s  ", static_cast<int>(widths[i]), row[i]);
    absl::StrAppend(&table, row[kColumns - 1], "\n");
  }
  return table;
}

std::string FormatStatusJson(absl::Span<const StoredCredential> stored) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const StoredCredential& credential : stored) {
    list.push_back({{"cluster", credential.cluster},
                    {"identity", credential.identity},
                    {"issuer", credential.issuer},
                    {"expires", Rfc3339(credential.expires)},
                    {"renewed", Rfc3339(credential.issued)},
                    {"store", std::string(StoreKindName(credential.store))},
                    {"passedOver", credential.passed_over},
                    {"starts", credential.starts},
                    {"issuances", credential.issuances},
                    {"failure", std::string(credential.failure.message())}});
  }
  return absl::StrCat(list.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace), "\n");
}

}  // namespace credential_provider
