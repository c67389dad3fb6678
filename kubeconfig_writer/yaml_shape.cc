#include "kubeconfig_writer/yaml_shape.h"

#include <array>

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

// Certificates are most of the bytes of a kubeconfig.
constexpr std::array<bool, 256> MakeBase64Digits() {
  std::array<bool, 256> digits = {};
  for (const char* c = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"; *c != '\0'; ++c) {
    digits[static_cast<unsigned char>(*c)] = true;
  }
  return digits;
}

constexpr std::array<bool, 256> kBase64Digits = MakeBase64Digits();

}  // namespace

bool IsNull(const YamlNode& node) { return IsNullOr(YamlType::kNull, node); }

bool IsText(const YamlNode& node) { return IsNullOr(YamlType::kString, node); }

bool IsBool(const YamlNode& node) { return IsNullOr(YamlType::kBool, node); }

bool IsBase64(const YamlNode& node) {
  if (IsNull(node)) return true;
  if (!IsText(node)) return false;
  size_t digits = 0, padding = 0;
  for (const char c : Resolve(node).value) {
    if (c == '\r' || c == '\n') continue;
    if (c == '=') {
      ++padding;
    } else if (padding == 0 && kBase64Digits[static_cast<unsigned char>(c)]) {
      ++digits;
    } else {
      return false;
    }
  }
  return padding <= 2 && (digits + padding) % 4 == 0;
}

bool IsListOfText(const YamlNode& node) {
  if (node.kind != YamlKind::kSequence) return false;
  for (const YamlNode* item = node.first; item != nullptr; item = item->next) {
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
