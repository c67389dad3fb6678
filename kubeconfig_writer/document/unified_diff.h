// The difference between two texts, as `diff -u` prints it.
#ifndef KUBECONFIG_WRITER_DOCUMENT_UNIFIED_DIFF_H_
#define KUBECONFIG_WRITER_DOCUMENT_UNIFIED_DIFF_H_

#include <string>

#include "absl/strings/string_view.h"

namespace kubeconfig_writer {

struct DiffSide {
  std::string label;        // after --- or +++, as QuotedLabel gives it
  absl::string_view text;   // what is compared
  absl::string_view shown;  // what is printed: as many lines as `text`
};

// Returns `name` as git and patch read it after --- or +++: in quotes, with C's escapes, when it holds
// control characters, bytes that are not UTF-8, quotes or backslashes; with a tab after it when it holds a
// space.
std::string QuotedLabel(const std::string& name);

// Returns the difference with three lines around each change, or "" when the texts are the same.
std::string UnifiedDiff(const DiffSide& before, const DiffSide& after);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_DOCUMENT_UNIFIED_DIFF_H_
