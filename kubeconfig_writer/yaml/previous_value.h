// Remembers, within the file, what stood instead of our first entry, so that removing the entry gives
// back the original bytes.
//
// In block style a value that is put aside becomes a comment after its key, by bytes that are only added:
//
//     clusters: []         ->  clusters: # []           and entries on the lines below
//     users:               ->  users: #
//     current-context: a   ->  current-context: b # kubeconfig_writer: was a
//
// and so does each line of a value that is not on the line of its key alone:
//
//     args:                ->  args: # kubeconfig_writer: was
//       null                     # kubeconfig_writer:   null
//
// A key that was not there at all is removed again with its last entry: it has no such comment. Flow style,
// which may be JSON, has no room for comments. There, blanks and tabs after our value tell: one pattern for
// a key of the file that was not there, others for each way to write nothing, none for what a removal writes
// by itself.
#ifndef KUBECONFIG_WRITER_YAML_PREVIOUS_VALUE_H_
#define KUBECONFIG_WRITER_YAML_PREVIOUS_VALUE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "credential_provider/yaml/yaml_tree.h"
#include "kubeconfig_writer/yaml/text_lines.h"

namespace kubeconfig_writer {

// What goes after a value in flow style whose key was not there.
inline constexpr absl::string_view kKeyWasAbsent = " \t ";

// Returns what goes after a value in flow style that is there instead of null, "" or [], `spelling` as it
// was; "" for other values.
std::string NullMark(absl::string_view spelling);

// Returns which of these is at `after`, the end of a value in flow style, or "": a view
// into `text`.
absl::string_view FlowMark(absl::string_view text, size_t after);

// Returns the splice that puts the null, "" or [] back in whose place `value` stands, or nothing if there was
// none.
absl::optional<Splice> RestoreNull(absl::string_view text, const credential_provider::YamlNode& value);

// Returns the splice that turns an empty list, or none, after the colon that ends at `colon` into a comment.
Splice CommentOutEmptyList(size_t colon);

// Returns the reverse of CommentOutEmptyList, or nothing if there is no such comment.
absl::optional<Splice> ShowEmptyList(absl::string_view text, size_t colon);

// Where a value is: the column of its key, the end of the key's colon, and the value's own end.
struct ValuePlace {
  size_t column;
  size_t colon;
  size_t end;
};

// Returns the splices that write `value` after the colon, and keep what is there as comments. `value` is on
// one line, or "" when lines below are to be the value.
Splices KeepAsComment(absl::string_view text, const ValuePlace& place, absl::string_view value);

// Returns true when KeepAsComment wrote what ends at `end`: a value, or a colon.
bool HasPrevious(absl::string_view text, size_t end);

// Returns the document whose first field has what KeepAsComment put aside as its value, or an error when that
// means nothing by itself. REQUIRES: HasPrevious(text, end).
absl::StatusOr<credential_provider::YamlTree> PreviousValue(absl::string_view text, size_t end);

// Returns the reverse of KeepAsComment for what ends at `end`, after a colon that ends at `colon`. REQUIRES:
// HasPrevious(text, end).
Splices RestoreFromComment(absl::string_view text, size_t colon, size_t end);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_YAML_PREVIOUS_VALUE_H_
