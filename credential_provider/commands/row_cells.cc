#include "credential_provider/commands/row_cells.h"

#include <unistd.h>

#include <algorithm>
#include <cstdint>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "credential_provider/identity/identity_words.h"

namespace credential_provider {
namespace {

constexpr size_t kColumns = 80;
constexpr size_t kGap = 2;
constexpr size_t kWidestCluster = 12;
constexpr size_t kLeastCell = 12;

std::string WithoutScheme(absl::string_view url) {
  absl::ConsumePrefix(&url, "https://");
  return std::string(url);
}

// Characters, as far as each takes one place; an empty cell is shown as one.
size_t WidthOf(absl::string_view text) {
  const auto starts = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  return std::max<size_t>(1, static_cast<size_t>(std::count_if(text.begin(), text.end(), starts)));
}

// "60" is "1h".
std::string Minutes(absl::string_view number) {
  int64_t minutes;
  return absl::SimpleAtoi(number, &minutes) ? absl::FormatDuration(absl::Minutes(minutes)) : "";
}

}  // namespace

TableFor ReaderOfStdout() { return isatty(STDOUT_FILENO) != 0 ? TableFor::kTerminal : TableFor::kProgram; }

std::string PartOf(const KeyParts& key, absl::string_view name) {
  for (const auto& [part, value] : key) {
    if (part == name) return value;
  }
  return "";
}

std::string Cut(const std::string& text, size_t width) {
  if (text.size() <= width || width < 4) return text;
  const auto continues = [&text](size_t at) { return (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80; };
  size_t head = (width - 1) / 2, tail = text.size() - (width - 1 - head);
  while (head > 0 && continues(head)) --head;
  while (tail < text.size() && continues(tail)) ++tail;
  return absl::StrCat(text.substr(0, head), "\u2026", text.substr(tail));
}

std::string ShortCluster(absl::string_view cluster) { return Cut(WithoutScheme(cluster), kWidestCluster); }

std::string OptionsInWords(const KeyParts& key, absl::string_view identity) {
  const std::string address = PartOf(key, "address");
  std::vector<std::string> options = {Minutes(PartOf(key, "minutes")), address == "private" ? address : "",
                                      PartOf(key, "region"), WithoutScheme(PartOf(key, "endpoint")),
                                      IdentityDetails(identity)};
  options.erase(std::remove(options.begin(), options.end(), ""), options.end());
  return absl::StrJoin(options, ", ");
}

void FitColumn(size_t column, std::vector<TableRow>* rows) {
  size_t others = 0;
  for (size_t i = 0; i < rows->front().size(); ++i) {
    size_t widest = 0;
    for (const TableRow& row : *rows) widest = std::max(widest, WidthOf(row[i]));
    if (i != column) others += widest + kGap;
  }
  const size_t room = others + kLeastCell > kColumns ? kLeastCell : kColumns - others;
  for (TableRow& row : *rows) row[column] = Cut(row[column], room);
}

}  // namespace credential_provider
