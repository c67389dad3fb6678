// Cells of tables about credentials, and how a row of them comes to be one line of a terminal.
#ifndef CREDENTIAL_PROVIDER_COMMANDS_ROW_CELLS_H_
#define CREDENTIAL_PROVIDER_COMMANDS_ROW_CELLS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "credential_provider/cli/listing.h"

namespace credential_provider {

using KeyParts = std::vector<std::pair<std::string, std::string>>;

// Where a table goes: to a terminal with a row a line of 80 columns, or to a file or program with every
// column.
enum class TableFor { kTerminal, kProgram };
// As stdout is.
TableFor ReaderOfStdout();

std::string PartOf(const KeyParts& key, absl::string_view name);

// Cuts `text`, when it is more than `width` bytes, in its middle: ids differ at their ends. What is not ASCII
// is cut between characters.
std::string Cut(const std::string& text, size_t width);

// A cluster's id or address, short enough for a terminal.
std::string ShortCluster(absl::string_view cluster);

// Returns what tells a key from others of the same cluster, identity and issuer: "1h, private, cn-hangzhou";
// "" for nothing. `identity` is who asks, as in the key.
std::string OptionsInWords(const KeyParts& key, absl::string_view identity);

// Cuts the cells in `column` of `rows`, the first of which holds the headings, so that each row fits into 80
// columns, as far as something is left of them.
void FitColumn(size_t column, std::vector<TableRow>* rows);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_COMMANDS_ROW_CELLS_H_
