#include "kubeconfig_writer/yaml/yaml_shape.h"

#include "credential_provider/yaml/base64_digits.h"
#include "credential_provider/yaml/yaml_scalar.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::Resolve;
using credential_provider::YamlField;
using credential_provider::YamlKind;
using credential_provider::YamlNode;
using credential_provider::YamlType;

bool IsNullOr(YamlType wanted, const YamlNode& node) {
  const YamlNode& scalar = Resolve(node);
  if (scalar.kind != YamlKind::kScalar) return false;
  const YamlType type = TypeOf(scalar);
  return type == wanted || type == YamlType::kNull;
}

}  // namespace

bool IsNull(const YamlNode& node) { return IsNullOr(YamlType::kNull, node); }

bool IsText(const YamlNode& node) { return IsNullOr(YamlType::kString, node); }

bool IsBool(const YamlNode& node) { return IsNullOr(YamlType::kBool, node); }

bool IsEmptyOrNull(const YamlNode& node) {
  const YamlNode& resolved = Resolve(node);
  return IsNull(resolved) || (resolved.kind == YamlKind::kSequence && resolved.first() == nullptr);
}

bool IsBase64(const YamlNode& node) {
  if (IsNull(node)) return true;
  if (!IsText(node)) return false;
  size_t digits = 0, padding = 0;
  for (absl::string_view rest = Resolve(node).value(); !rest.empty(); rest.remove_prefix(1)) {
    const size_t count = padding == 0 ? credential_provider::CountBase64Digits(rest) : 0;
    digits += count;
    rest.remove_prefix(count);
    if (rest.empty()) break;
    if (rest[0] == '=') {
      ++padding;
    } else if (rest[0] != '\r' && rest[0] != '\n') {
      return false;
    }
  }
  return padding <= 2 && (digits + padding) % 4 == 0;
}

bool IsListOfText(const YamlNode& node) {
  if (node.kind != YamlKind::kSequence) return false;
  for (const YamlNode* item = node.first(); item != nullptr; item = item->next) {
    if (!IsText(*item)) return false;
  }
  return true;
}

bool IsMapOf(const YamlNode& node, bool (*check)(const YamlNode&)) {
  if (node.kind != YamlKind::kMapping) return false;
  for (const YamlField& field : FieldsOf(node)) {
    if (IsMergeKey(*field.key)) return false;
    if (!check(Resolve(*field.value)) && !IsNull(*field.value)) return false;
  }
  return true;
}

}  // namespace kubeconfig_writer
