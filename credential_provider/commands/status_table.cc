// How `status` looks to people: FormatStatusTable of status_command.h.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/listing.h"
#include "credential_provider/cli/report.h"
#include "credential_provider/commands/row_cells.h"
#include "credential_provider/commands/status_command.h"
#include "credential_provider/identity/identity_words.h"
#include "credential_provider/text/time_text.h"

namespace credential_provider {
namespace {

constexpr size_t kShownName = 6;  // of what an entry is called

std::string PlaceInWords(const StoredCredential& stored) {
  std::string place(StoreKindName(stored.store));
  if (!stored.passed_over.empty()) absl::StrAppend(&place, " (", stored.passed_over, ")");
  if (!stored.failure.ok()) absl::StrAppend(&place, "; last renewal failed");
  return place;
}

// Two wrapped plugins may differ in what is not shown: then the names of their entries tell them apart.
bool LooksLikeAnother(const StoredCredential& stored, absl::Span<const StoredCredential> all) {
  return std::any_of(all.begin(), all.end(), [&stored](const StoredCredential& other) {
    return other.name != stored.name && other.cluster == stored.cluster && other.issuer == stored.issuer &&
           IdentityInWords(other.identity) == IdentityInWords(stored.identity) &&
           OptionsInWords(other.key, other.identity) == OptionsInWords(stored.key, stored.identity);
  });
}

std::string OptionsAmong(const StoredCredential& stored, absl::Span<const StoredCredential> all) {
  std::string options = OptionsInWords(stored.key, stored.identity);
  if (!LooksLikeAnother(stored, all)) return options;
  return absl::StrCat(options, options.empty() ? "#" : ", #", stored.name.substr(0, kShownName));
}

std::string TableForPrograms(absl::Span<const StoredCredential> stored, absl::Time now) {
  std::vector<TableRow> rows = {
      {"CLUSTER", "IDENTITY", "ISSUER", "EXPIRES", "RENEWED", "STARTS", "ISSUED", "STORE", "OPTIONS"}};
  for (const StoredCredential& one : stored) {
    rows.push_back({one.cluster, IdentityInWords(one.identity), one.issuer, InWords(one.expires, now),
                    InWords(one.issued, now), absl::StrCat(one.starts), absl::StrCat(one.issuances),
                    PlaceInWords(one), OptionsAmong(one, stored)});
  }
  return FormatTable(rows, {}, {});
}

// What does not fit into a row.
std::string NotesOn(absl::Span<const StoredCredential> stored) {
  std::string notes;
  for (const StoredCredential& one : stored) {
    const std::string subject = absl::StrCat(ShortCluster(one.cluster), " ", one.issuer, ": ");
    if (!one.passed_over.empty())
      notes += LineFor(STDOUT_FILENO,
                       absl::StrCat(subject, "in no better place because ", Printable(one.passed_over)));
    if (!one.failure.ok())
      notes += LineFor(STDOUT_FILENO,
                       absl::StrCat(subject, "last renewal failed: ", Printable(one.failure.message())));
  }
  return notes;
}

std::string TableForTerminal(absl::Span<const StoredCredential> stored, absl::Time now,
                             const TableReader& reader) {
  constexpr size_t kIdentity = 1, kOptions = 3;
  std::vector<TableRow> rows = {{"CLUSTER", "IDENTITY", "ISSUER", "OPTIONS", "EXPIRES", "STORE"}};
  for (const StoredCredential& one : stored) {
    rows.push_back({ShortCluster(one.cluster), IdentityInWords(one.identity), one.issuer,
                    OptionsAmong(one, stored), InWords(one.expires, now),
                    std::string(StoreKindName(one.store))});
  }
  return absl::StrCat(FormatTable(rows, {{kIdentity, kOptions}}, reader), NotesOn(stored));
}

}  // namespace

std::string FormatStatusTable(absl::Span<const StoredCredential> stored, absl::Time now,
                              const TableReader& reader) {
  if (stored.empty()) return LineFor(STDOUT_FILENO, "nothing is stored");
  return reader.is_terminal ? TableForTerminal(stored, now, reader) : TableForPrograms(stored, now);
}

}  // namespace credential_provider
