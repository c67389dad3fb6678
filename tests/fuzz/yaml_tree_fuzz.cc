// YAML text as a tree, and as the JSON that kubectl makes of it.
#include "absl/strings/match.h"
#include "credential_provider/yaml/yaml_json.h"
#include "credential_provider/yaml/yaml_scalar.h"
#include "credential_provider/yaml/yaml_tree.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"

namespace credential_provider {
namespace {

void CheckPlaces(const YamlNode& node, absl::string_view text) {
  Require(node.begin <= node.end && node.end <= text.size(), "a node stands in the text");
  Require(node.line >= 1, "lines are counted from 1");
  if (node.kind == YamlKind::kAlias) {
    Require(node.first() != nullptr && node.first()->kind != YamlKind::kAlias, "an alias stands for a node");
    Require(node.first()->begin < node.begin, "which is above it");
    return;
  }
  if (node.kind == YamlKind::kScalar) {
    TypeOf(node);
    TextOf(node);
    KeyText(node);
  }
  size_t last = node.begin;
  for (const YamlNode* child = node.first(); child != nullptr; child = child->next) {
    Require(child->begin >= last && child->end <= node.end, "children stand in order in their parent");
    last = child->end;
    CheckPlaces(*child, text);
  }
}

void Check(const std::string& text) {
  const absl::StatusOr<YamlTree> tree = YamlTree::Parse(text);
  if (!tree.ok()) {
    RequireShowable(tree.status());
    Require(absl::StartsWith(tree.status().message(), "line "), "a refusal names the line");
    return;
  }
  Require(tree->text() == text, "the text is kept");
  Require(tree->document_end() <= text.size(), "the document ends in the text");
  CheckPlaces(tree->root(), text);
  FindField(tree->root(), "users");
  ToJson(tree->root()).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace
}  // namespace credential_provider

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  credential_provider::Check(std::string(credential_provider::Input(data, size).Rest()));
  return 0;
}
