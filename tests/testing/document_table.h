// Reads tables of documents, so that a test can hold them against the code.
#ifndef CREDENTIAL_PROVIDER_TESTS_TESTING_DOCUMENT_TABLE_H_
#define CREDENTIAL_PROVIDER_TESTS_TESTING_DOCUMENT_TABLE_H_

#include <sstream>
#include <string>
#include <vector>

namespace credential_provider {

using TableRow = std::vector<std::string>;

// Returns the cells of a table's line "| one | two |", without the blanks around them.
inline TableRow CellsOf(const std::string& line) {
  TableRow cells;
  std::stringstream in(line.substr(1));
  for (std::string cell; std::getline(in, cell, '|');) {
    const size_t first = cell.find_first_not_of(' ');
    const size_t last = cell.find_last_not_of(' ');
    cells.push_back(first == std::string::npos ? "" : cell.substr(first, last - first + 1));
  }
  return cells;
}

// Returns the rows of the table below the line "## `heading`" of a document in Markdown; without its head.
inline std::vector<TableRow> TableUnder(const std::string& document, const std::string& heading) {
  std::vector<TableRow> rows;
  std::stringstream in(document);
  bool is_below = false;
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("## ", 0) == 0) is_below = line == "## " + heading;
    if (is_below && line.rfind("| ", 0) == 0) rows.push_back(CellsOf(line));
  }
  if (rows.size() < 2) return {};
  rows.erase(rows.begin(), rows.begin() + 2);
  return rows;
}

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_TESTING_DOCUMENT_TABLE_H_
