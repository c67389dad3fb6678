// How much room text takes on a terminal, where a character has one column, two or none.
#ifndef CREDENTIAL_PROVIDER_TEXT_DISPLAY_WIDTH_H_
#define CREDENTIAL_PROVIDER_TEXT_DISPLAY_WIDTH_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace credential_provider {

// Returns the columns that `text`, of one line and without control characters, takes: two for a character of
// East Asian scripts and for an emoji, none for a combining mark, one for all else and for a byte that is not
// UTF-8.
size_t DisplayWidth(absl::string_view text);

// Returns `text` in at most so many columns: what does not fit is cut out of its middle, where "…" is then,
// because names and ids differ at their ends.
std::string CutToWidth(absl::string_view text, size_t columns);

// Returns `text`, between two characters without width when a part of it is written from right to left: the
// order of what is beside it stays.
std::string Isolated(absl::string_view text);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TEXT_DISPLAY_WIDTH_H_
