#include "credential_provider/cli/listing.h"

#include <unistd.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/safe_text.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/base/terminal.h"
#include "credential_provider/cli/command.h"
#include "credential_provider/text/display_width.h"
#include "credential_provider/yaml/yaml_render.h"

namespace credential_provider {
namespace {

std::string Cell(absl::string_view text) { return text.empty() ? "-" : Printable(text); }

constexpr size_t kGap = 2;

std::vector<size_t> WidthsOf(absl::Span<const TableRow> rows) {
  std::vector<size_t> widths(rows.empty() ? 0 : rows.front().size());
  for (const TableRow& row : rows) {
    for (size_t i = 0; i < widths.size(); ++i) widths[i] = std::max(widths[i], DisplayWidth(Cell(row[i])));
  }
  return widths;
}

// Takes from the widest of the columns that may be cut, until the table fits or nothing is left to take.
void Narrow(const std::vector<size_t>& may_be_cut, size_t columns, std::vector<size_t>* widths) {
  constexpr size_t kNarrowest = 8;
  size_t total = kGap * (widths->size() - 1);
  for (const size_t width : *widths) total += width;
  for (; total > columns; --total) {
    size_t* widest = nullptr;
    for (const size_t column : may_be_cut) {
      size_t& width = (*widths)[column];
      if (width > kNarrowest && (widest == nullptr || width > *widest)) widest = &width;
    }
    if (widest == nullptr) return;
    --*widest;
  }
}

// One cell, without what fills its column.
std::string Shown(absl::string_view cell, const TableForm& form, const TableReader& reader) {
  const std::string text = reader.is_terminal ? Isolated(cell) : std::string(cell);
  const bool alarms = reader.shows_colour && form.is_alarming != nullptr && form.is_alarming(cell);
  return alarms ? Coloured(text, Colour::kRed) : text;
}

}  // namespace

absl::StatusOr<OutputFormat> ParseOutputFormat(const ParsedFlags& flags) {
  constexpr std::pair<absl::string_view, OutputFormat> kFormats[] = {{"wide", OutputFormat::kWide},
                                                                     {"name", OutputFormat::kName},
                                                                     {"json", OutputFormat::kJson},
                                                                     {"yaml", OutputFormat::kYaml}};
  const absl::Status valid = flags.CheckChoice(kOutputFlag.name);
  if (!valid.ok()) return UsageError(valid);
  for (const auto& [name, format] : kFormats) {
    if (flags.Get(kOutputFlag.name) == name) return format;
  }
  return OutputFormat::kTable;
}

TableReader StdoutReader() {
  return {IsTerminal(STDOUT_FILENO), TerminalColumns(STDOUT_FILENO), ShowsColour(STDOUT_FILENO)};
}

std::string FormatTable(absl::Span<const TableRow> rows, const TableForm& form, const TableReader& reader) {
  if (rows.empty()) return "";
  std::vector<size_t> widths = WidthsOf(rows);
  if (reader.columns.has_value()) Narrow(form.may_be_cut, *reader.columns, &widths);
  std::string table;
  for (const TableRow& row : rows) {
    for (size_t i = 0; i < widths.size(); ++i) {
      const std::string cell = CutToWidth(Cell(row[i]), widths[i]);
      absl::StrAppend(&table, Shown(cell, form, reader));
      if (i + 1 < widths.size()) table.append(widths[i] - DisplayWidth(cell) + kGap, ' ');
    }
    table += '\n';
  }
  return table;
}

std::string FormatNames(absl::Span<const std::string> names) {
  std::string lines;
  for (const std::string& name : names) {
    if (!name.empty()) absl::StrAppend(&lines, Printable(name), "\n");
  }
  return lines;
}

std::string FormatData(const nlohmann::ordered_json& json, OutputFormat format) {
  using Json = nlohmann::ordered_json;
  const std::string text = json.dump(2, ' ', false, Json::error_handler_t::replace);
  if (format == OutputFormat::kJson) return absl::StrCat(SafeJson(text), "\n");
  return SafeYaml(RenderDocument(Json::parse(text, nullptr, /*allow_exceptions=*/false)));
}

}  // namespace credential_provider
