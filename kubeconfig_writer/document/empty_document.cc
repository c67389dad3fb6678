#include "kubeconfig_writer/document/empty_document.h"

#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "credential_provider/yaml/yaml_scalar.h"
#include "kubeconfig_writer/yaml/text_lines.h"
#include "kubeconfig_writer/yaml/yaml_check.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::YamlKind;
using credential_provider::YamlNode;
using credential_provider::YamlTree;
using credential_provider::YamlType;

// What stood where the document is now.
constexpr absl::string_view kNoFile = "# kubeconfig_writer made this file.";
constexpr absl::string_view kNothing = "# kubeconfig_writer filled this file.";
constexpr absl::string_view kValue = "# kubeconfig_writer put this in the place of the line above.";

constexpr absl::string_view kHidden = "# ";

std::string Header(absl::string_view mark, absl::string_view newline) {
  return absl::StrCat(
      absl::StrJoin({mark, absl::string_view("apiVersion: v1"), absl::string_view("kind: Config")}, newline),
      newline);
}

absl::StatusOr<std::string> ReplaceNothing(const YamlTree& tree, absl::string_view mark) {
  const std::string& text = tree.text();
  const size_t at = tree.document_end();
  const std::string header = Header(mark, NewlineOf(text));
  if (at < text.size()) return Apply(text, {{at, at, header}});
  return Apply(text, {InsertLines(text, at, text.size(), header)});
}

absl::StatusOr<std::string> ReplaceValue(const YamlTree& tree) {
  const std::string& text = tree.text();
  const YamlNode& root = tree.root();
  if (!IsRestEmpty(text, root.end)) return RefuseAt(root, "something follows the value");
  const Splice lines = InsertLines(text, root.end, text.size(), Header(kValue, NewlineOf(text)));
  return Apply(text, {{root.begin, root.begin, std::string(kHidden)}, lines});
}

// Returns the text without the comment sign in the line above `offset`, or in its own if something stands
// there.
absl::optional<std::string> ShowLineAbove(std::string text, size_t offset) {
  const absl::string_view before = absl::string_view(text).substr(0, offset);
  if (absl::EndsWith(before, "\r\n")) --offset;
  if (absl::EndsWith(before, "\n") || absl::EndsWith(before, "\r")) --offset;
  const size_t hidden = text.find(kHidden.data(), LineBegin(text, offset), kHidden.size());
  if (hidden == std::string::npos) return absl::nullopt;
  return text.erase(hidden, kHidden.size());
}

absl::optional<EmptiedDocument> Restore(const YamlTree& tree, absl::string_view mark) {
  const std::string& text = tree.text();
  const absl::string_view newline = NewlineOf(text);
  const std::string header = Header(mark, newline);
  const size_t begin = text.find(header.data(), 0, header.size() - newline.size());
  if (begin == std::string::npos) return absl::nullopt;
  const bool exact = tree.root().begin == begin + mark.size() + newline.size() &&
                     tree.root().end == LineEnd(text, tree.root().end);
  if (!exact) return absl::nullopt;
  const Splice removed = RemoveLines(text, begin, tree.root().end);
  std::string rest = Apply(text, {removed});
  if (mark != kValue) return EmptiedDocument{std::move(rest), mark == kNoFile};
  absl::optional<std::string> shown = ShowLineAbove(std::move(rest), removed.begin);
  if (!shown.has_value()) return absl::nullopt;
  return EmptiedDocument{*std::move(shown), false};
}

}  // namespace

bool IsEmptyDocument(const YamlTree& tree) {
  const YamlNode& root = tree.root();
  if (root.properties() != nullptr) return false;
  if (root.kind == YamlKind::kScalar) return TypeOf(root) == YamlType::kNull;
  const std::string& text = tree.text();
  return root.kind == YamlKind::kMapping && root.first() == nullptr &&
         LineBegin(text, root.begin) == LineBegin(text, root.end);
}

absl::StatusOr<std::string> FillEmptyDocument(const YamlTree& tree, bool file_missing) {
  const bool nothing = tree.root().begin == tree.root().end;
  return nothing ? ReplaceNothing(tree, file_missing ? kNoFile : kNothing) : ReplaceValue(tree);
}

absl::optional<EmptiedDocument> RestoreEmptyDocument(const YamlTree& tree) {
  int fields = 0;
  for (const credential_provider::YamlField& field : FieldsOf(tree.root())) fields += field.key != nullptr;
  if (fields != 2) return absl::nullopt;
  for (const absl::string_view mark : {kNoFile, kNothing, kValue}) {
    if (absl::optional<EmptiedDocument> restored = Restore(tree, mark)) return restored;
  }
  return absl::nullopt;
}

}  // namespace kubeconfig_writer
