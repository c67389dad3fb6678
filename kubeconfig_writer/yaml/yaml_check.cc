#include "kubeconfig_writer/yaml/yaml_check.h"

#include <algorithm>
#include <forward_list>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/container/inlined_vector.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "credential_provider/yaml/yaml_json.h"
#include "credential_provider/yaml/yaml_scalar.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::FieldsOf;
using credential_provider::IsMergeKey;
using credential_provider::ItemsOf;
using credential_provider::Resolve;
using credential_provider::YamlField;
using credential_provider::YamlKind;
using credential_provider::YamlNode;
using credential_provider::YamlStyle;
using credential_provider::YamlType;

bool HasEscapedSlash(absl::string_view quoted) {
  for (size_t i = 0; i + 1 < quoted.size(); ++i) {
    if (quoted[i] != '\\') continue;
    if (quoted[++i] == '/') return true;
  }
  return false;
}

absl::Status CheckScalar(absl::string_view text, const YamlNode& scalar) {
  const bool escapes = scalar.style == YamlStyle::kDoubleQuoted;
  if (escapes && HasEscapedSlash(text.substr(scalar.begin, scalar.end - scalar.begin))) {
    return RefuseAt(scalar, "the escape \\/ is unknown to kubectl; write / alone");
  }
  switch (TypeOf(scalar)) {
    case YamlType::kUnsupported:
      return RefuseAt(scalar, "this tag is not supported");
    case YamlType::kNotFinite:
      return RefuseAt(scalar, "infinity and not-a-number cannot be used");
    case YamlType::kNumber:
      if (credential_provider::ToJson(scalar).is_null()) return RefuseAt(scalar, "a number too large");
      return absl::OkStatus();
    default:
      return absl::OkStatus();
  }
}

absl::Status CheckMergeSource(const YamlNode& value) {
  if (Resolve(value).kind == YamlKind::kMapping) return absl::OkStatus();
  if (value.kind != YamlKind::kSequence) return RefuseAt(value, "a merge key needs a mapping");
  for (const YamlNode* item : ItemsOf(value)) {
    if (Resolve(*item).kind != YamlKind::kMapping) return RefuseAt(*item, "a merge key needs mappings");
  }
  return absl::OkStatus();
}

// The keys of one mapping. Nearly all have so few that a hash table would be most of the work.
class KeySet {
 public:
  bool Insert(absl::string_view key) {
    if (std::find(few_.begin(), few_.end(), key) != few_.end()) return false;
    if (few_.size() == kFew) return many_.insert(key).second;
    few_.push_back(key);
    return true;
  }

 private:
  static constexpr size_t kFew = 16;
  absl::InlinedVector<absl::string_view, kFew> few_;
  absl::flat_hash_set<absl::string_view> many_;
};

absl::Status CheckMapping(const YamlNode& mapping) {
  KeySet keys;
  std::forward_list<std::string> renamed;  // keys that kubectl knows by another name than is written
  for (const YamlField& field : FieldsOf(mapping)) {
    if (IsMergeKey(*field.key)) {
      // Behind other keys kubectl lets it override them, against the rules of YAML.
      if (field.key != mapping.first())
        return RefuseAt(*field.key, "a merge key must be first in its mapping");
      absl::Status source = CheckMergeSource(*field.value);
      if (!source.ok()) return source;
      continue;
    }
    absl::string_view key = field.key->value();
    if (field.key->kind != YamlKind::kScalar || TypeOf(*field.key) != YamlType::kString) {
      absl::optional<std::string> text = credential_provider::KeyText(*field.key);
      if (!text.has_value()) return RefuseAt(*field.key, "a key that is not a name");
      renamed.push_front(*std::move(text));
      key = renamed.front();
    }
    if (!keys.Insert(key)) return RefuseAt(*field.key, "a key is twice in one mapping");
  }
  return absl::OkStatus();
}

absl::Status CheckNode(absl::string_view text, const YamlNode& node, bool in_brackets) {
  if (node.kind == YamlKind::kAlias) return absl::OkStatus();  // checked where it is defined
  if (in_brackets && !TagOf(node).empty()) return RefuseAt(node, "a tag within brackets is not supported");
  if (in_brackets && node.style == YamlStyle::kPlain && absl::StrContains(node.value(), '?')) {
    return RefuseAt(node, "kubectl does not take ? within brackets; quote the text");
  }
  if (node.kind == YamlKind::kScalar) return CheckScalar(text, node);
  if (!TagOf(node).empty()) return RefuseAt(node, "a tag on a list or mapping is not supported");
  absl::Status status = node.kind == YamlKind::kMapping ? CheckMapping(node) : absl::OkStatus();
  for (const YamlNode* child = node.first(); child != nullptr && status.ok(); child = child->next) {
    status = CheckNode(text, *child, node.style == YamlStyle::kFlow);
  }
  return status;
}

}  // namespace

absl::Status RefuseAt(const YamlNode& node, absl::string_view reason) {
  return absl::InvalidArgumentError(absl::StrCat("line ", node.line, ": ", reason));
}

absl::Status CheckYaml(const credential_provider::YamlTree& tree) {
  return CheckNode(tree.text(), tree.root(), false);
}

}  // namespace kubeconfig_writer
