// How commands show what they found: tables for people, JSON, YAML and names for programs.
#ifndef CREDENTIAL_PROVIDER_CLI_LISTING_H_
#define CREDENTIAL_PROVIDER_CLI_LISTING_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "credential_provider/cli/command_line.h"
#include "nlohmann/json.hpp"

namespace credential_provider {

enum class OutputFormat { kTable, kWide, kName, kJson, kYaml };

// For commands that list what has no name, what has one, and what has so much to say that a terminal is too
// narrow for it.
inline constexpr FlagSpec kOutputFlag = {
    "--output", "FORMAT", "table, json or yaml (default: table)", "table|json|yaml", Preset::kAlone, "-o"};
inline constexpr FlagSpec kOutputOrNameFlag = {
    "--output",     "FORMAT", "table, json, yaml or name (default: table)", "table|json|yaml|name",
    Preset::kAlone, "-o"};
inline constexpr FlagSpec kOutputOrWideFlag = {
    "--output",
    "FORMAT",
    "table, wide, json, yaml or name: how it is shown (default: table)",
    "table|wide|json|yaml|name",
    Preset::kAlone,
    "-o"};

// Returns the format that --output names. A UsageError for one that the command's flag does not have.
absl::StatusOr<OutputFormat> ParseOutputFormat(const ParsedFlags& flags);

inline bool IsData(OutputFormat format) {
  return format == OutputFormat::kJson || format == OutputFormat::kYaml;
}

using TableRow = std::vector<std::string>;

// For whom a table is made. The default is a program that reads it: nothing is cut, nothing added.
struct TableReader {
  bool is_terminal = false;        // what is written from right to left is isolated, so that columns stay
  absl::optional<size_t> columns;  // of a terminal that tells how many it has
  bool shows_colour = false;
};

// Whoever reads stdout.
TableReader StdoutReader();

struct TableForm {
  std::vector<size_t> may_be_cut;  // the columns, from 0, of which nobody needs the end
  bool (*is_alarming)(absl::string_view cell) = nullptr;  // which cells are to be seen first
};

// Returns `rows`, the first of which holds the headings, in columns two blanks apart, by the width of the
// characters. Cells are cleaned of control characters; an empty one shows as "-". A table that is wider than
// the reader's terminal is cut where it may be. REQUIRES: all rows have as many cells as the first.
std::string FormatTable(absl::Span<const TableRow> rows, const TableForm& form = {},
                        const TableReader& reader = StdoutReader());

// Returns `names`, a line each, cleaned like cells; empty ones are left out.
std::string FormatNames(absl::Span<const std::string> names);

// Returns `json` as JSON or YAML, with a newline at the end. What is not UTF-8 is replaced. REQUIRES: IsData.
std::string FormatData(const nlohmann::ordered_json& json, OutputFormat format);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_CLI_LISTING_H_
