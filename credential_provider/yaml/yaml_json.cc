#include "credential_provider/yaml/yaml_json.h"

#include <cerrno>
#include <cstdlib>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "credential_provider/yaml/yaml_scalar.h"

namespace credential_provider {
namespace {

using nlohmann::json;

// Returns the base that a prefix announces and removes what strtoull does not know: 0o and 0b.
int ConsumeBase(absl::string_view* digits) {
  if (absl::ConsumePrefix(digits, "0x") || absl::ConsumePrefix(digits, "0X")) return 16;
  if (absl::ConsumePrefix(digits, "0b") || absl::ConsumePrefix(digits, "0B")) return 2;
  if (absl::ConsumePrefix(digits, "0o") || absl::ConsumePrefix(digits, "0O")) return 8;
  return digits->size() > 1 && digits->front() == '0' ? 8 : 10;
}

absl::optional<json> ToInteger(absl::string_view plain) {
  const bool negative = absl::ConsumePrefix(&plain, "-");
  if (!negative) absl::ConsumePrefix(&plain, "+");
  const int base = ConsumeBase(&plain);
  const std::string digits(plain);
  char* end = nullptr;
  errno = 0;
  const uint64_t value = std::strtoull(digits.c_str(), &end, base);
  if (errno != 0 || end != digits.c_str() + digits.size()) return absl::nullopt;
  if (!negative) return json(value);
  if (value > uint64_t{1} << 63) return absl::nullopt;
  return json(static_cast<int64_t>(-value));
}

json ToNumber(absl::string_view plain) {
  const std::string digits = absl::StrReplaceAll(plain, {{"_", ""}});
  if (absl::optional<json> integer = ToInteger(digits)) return *integer;
  double value = 0;
  if (!absl::SimpleAtod(digits, &value)) return nullptr;
  return value;
}

json ScalarToJson(const YamlNode& scalar) {
  switch (TypeOf(scalar)) {
    case YamlType::kString:
      return std::string(scalar.value());
    case YamlType::kBool:
      return BoolOfPlain(scalar.value());
    case YamlType::kNumber:
      return ToNumber(scalar.value());
    default:
      return nullptr;
  }
}

// Adds the fields after a merge key. An earlier source wins over a later one, and over nothing else.
void Merge(const YamlNode& source, json* object) {
  if (source.kind == YamlKind::kSequence) {
    for (const YamlNode* item : ItemsOf(source)) Merge(Resolve(*item), object);
  } else if (source.kind == YamlKind::kMapping) {
    const json fields = ToJson(source);
    for (auto field = fields.begin(); field != fields.end(); ++field)
      object->emplace(field.key(), field.value());
  }
}

json MappingToJson(const YamlNode& mapping) {
  json object = json::object();
  for (const YamlField& field : FieldsOf(mapping)) {
    if (IsMergeKey(*field.key)) {
      Merge(Resolve(*field.value), &object);
    } else if (const absl::optional<std::string> key = KeyText(*field.key)) {
      object[*key] = ToJson(*field.value);
    }
  }
  return object;
}

json SequenceToJson(const YamlNode& sequence) {
  json list = json::array();
  for (const YamlNode* item : ItemsOf(sequence)) list.push_back(ToJson(*item));
  return list;
}

}  // namespace

json ToJson(const YamlNode& node) {
  const YamlNode& value = Resolve(node);
  if (value.kind == YamlKind::kMapping) return MappingToJson(value);
  if (value.kind == YamlKind::kSequence) return SequenceToJson(value);
  return ScalarToJson(value);
}

absl::optional<std::string> KeyText(const YamlNode& key) {
  if (key.kind != YamlKind::kScalar) return absl::nullopt;
  if (TypeOf(key) == YamlType::kString) return std::string(key.value());
  const json value = ScalarToJson(key);
  if (value.is_boolean()) return std::string(value.get<bool>() ? "true" : "false");
  if (value.is_number_integer()) return value.dump();
  return absl::nullopt;
}

}  // namespace credential_provider
