#include "credential_provider/cli/listing.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "credential_provider/base/safe_text.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/command.h"

namespace credential_provider {
namespace {

std::string Cell(absl::string_view text) { return text.empty() ? "-" : Printable(text); }

// Characters, as far as each takes one place: not bytes.
size_t WidthOf(absl::string_view text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

absl::StatusOr<OutputFormat> ParseOutputFormat(const ParsedFlags& flags) {
  const absl::string_view name = flags.Get(kOutputFlag.name, "table");
  if (name == "table") return OutputFormat::kTable;
  if (name == "json") return OutputFormat::kJson;
  return UsageError("--output: neither table nor json");
}

std::string FormatTable(absl::Span<const TableRow> rows) {
  std::vector<size_t> widths(rows.empty() ? 0 : rows.front().size());
  for (const TableRow& row : rows) {
    for (size_t i = 0; i < widths.size(); ++i) widths[i] = std::max(widths[i], WidthOf(Cell(row[i])));
  }
  std::string table;
  for (const TableRow& row : rows) {
    for (size_t i = 0; i + 1 < widths.size(); ++i) {
      const std::string cell = Cell(row[i]);
      absl::StrAppend(&table, cell, std::string(widths[i] - WidthOf(cell) + 2, ' '));
    }
    absl::StrAppend(&table, Cell(row.back()), "\n");
  }
  return table;
}

std::string FormatJson(const nlohmann::ordered_json& json) {
  return absl::StrCat(SafeJson(json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace)),
                      "\n");
}

}  // namespace credential_provider
