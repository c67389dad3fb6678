// How commands show what they found: tables for people, JSON for programs.
#ifndef CREDENTIAL_PROVIDER_CLI_LISTING_H_
#define CREDENTIAL_PROVIDER_CLI_LISTING_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "credential_provider/cli/command_line.h"
#include "nlohmann/json.hpp"

namespace credential_provider {

enum class OutputFormat { kTable, kJson };

inline constexpr FlagSpec kOutputFlag = {"--output", "FORMAT", "table or json (default: table)",
                                         "table|json"};

// Returns the format that --output names. A UsageError for another.
absl::StatusOr<OutputFormat> ParseOutputFormat(const ParsedFlags& flags);

using TableRow = std::vector<std::string>;

// Returns `rows`, the first of which holds the headings, in columns two blanks apart. Cells are cleaned of
// control characters; an empty one shows as "-". REQUIRES: all rows have as many cells as the first.
std::string FormatTable(absl::Span<const TableRow> rows);

// Returns `json` indented and with a newline. What is not UTF-8 is replaced.
std::string FormatJson(const nlohmann::ordered_json& json);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_CLI_LISTING_H_
