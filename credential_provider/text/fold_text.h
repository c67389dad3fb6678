// Text in lines that fit.
#ifndef CREDENTIAL_PROVIDER_TEXT_FOLD_TEXT_H_
#define CREDENTIAL_PROVIDER_TEXT_FOLD_TEXT_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace credential_provider {

struct FoldShape {
  size_t columns;     // of a line, as DisplayWidth counts them
  size_t begun = 0;   // which the first line has already
  size_t indent = 0;  // of the others
};

// Returns `text` in lines of at most that many columns, broken at blanks, and beside wide characters, which
// have none between them, where Chinese is broken. A word that is wider has a line of its own, and so has
// what is between two backticks: a command must be whole to be copied. The last line has no end.
std::string Fold(absl::string_view text, const FoldShape& shape);

// Whether a paragraph is a list: each line begins with two blanks, and has two more after what it is about.
bool IsList(absl::string_view paragraph);
using ListRow = std::pair<std::string, std::string>;
// REQUIRES: IsList(paragraph).
std::vector<ListRow> ListRows(absl::string_view paragraph);

// Returns the paragraphs of `text`, which empty lines separate, each folded, lists as lists. The last line
// has no end.
std::string FoldParagraphs(absl::string_view text, size_t columns);

// Returns a line for each of `rows`, indented by two: the first of the pair, and in a column of its own the
// second, folded. Where that column would be too narrow the second has lines of its own.
std::string TwoColumns(absl::Span<const ListRow> rows, size_t columns);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TEXT_FOLD_TEXT_H_
