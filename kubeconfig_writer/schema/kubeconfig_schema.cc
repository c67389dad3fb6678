#include "kubeconfig_writer/schema/kubeconfig_schema.h"

#include <algorithm>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/types/span.h"
#include "credential_provider/base/status_context.h"
#include "kubeconfig_writer/yaml/yaml_check.h"
#include "kubeconfig_writer/yaml/yaml_shape.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::FindField;
using credential_provider::Resolve;
using credential_provider::YamlField;
using credential_provider::YamlKind;
using credential_provider::YamlNode;

enum class Shape { kText, kBool, kBase64, kTexts, kTextMap, kTextsMap, kObject, kObjects, kNamedObjects };

// A field that kubectl knows. `fields` are those of the object, or of each object of a list.
struct FieldRule {
  absl::string_view key;
  Shape shape;
  absl::Span<const FieldRule> fields;
};

// The tables follow client-go/tools/clientcmd/api/v1/types.go.
constexpr FieldRule kExtension[] = {{"name", Shape::kText, {}}};

constexpr FieldRule kPreferences[] = {
    {"colors", Shape::kBool, {}},
    {"extensions", Shape::kNamedObjects, kExtension},
};

constexpr FieldRule kCluster[] = {
    {"server", Shape::kText, {}},
    {"tls-server-name", Shape::kText, {}},
    {"insecure-skip-tls-verify", Shape::kBool, {}},
    {"certificate-authority", Shape::kText, {}},
    {"certificate-authority-data", Shape::kBase64, {}},
    {"proxy-url", Shape::kText, {}},
    {"disable-compression", Shape::kBool, {}},
    {"extensions", Shape::kNamedObjects, kExtension},
};

constexpr FieldRule kAuthProvider[] = {
    {"name", Shape::kText, {}},
    {"config", Shape::kTextMap, {}},
};

constexpr FieldRule kExecEnv[] = {
    {"name", Shape::kText, {}},
    {"value", Shape::kText, {}},
};

constexpr FieldRule kExec[] = {
    {"command", Shape::kText, {}},         {"args", Shape::kTexts, {}},
    {"env", Shape::kObjects, kExecEnv},    {"apiVersion", Shape::kText, {}},
    {"installHint", Shape::kText, {}},     {"provideClusterInfo", Shape::kBool, {}},
    {"interactiveMode", Shape::kText, {}},
};

constexpr FieldRule kUser[] = {
    {"client-certificate", Shape::kText, {}},
    {"client-certificate-data", Shape::kBase64, {}},
    {"client-key", Shape::kText, {}},
    {"client-key-data", Shape::kBase64, {}},
    {"token", Shape::kText, {}},
    {"tokenFile", Shape::kText, {}},
    {"as", Shape::kText, {}},
    {"as-uid", Shape::kText, {}},
    {"as-groups", Shape::kTexts, {}},
    {"as-user-extra", Shape::kTextsMap, {}},
    {"username", Shape::kText, {}},
    {"password", Shape::kText, {}},
    {"auth-provider", Shape::kObject, kAuthProvider},
    {"exec", Shape::kObject, kExec},
    {"extensions", Shape::kNamedObjects, kExtension},
};

constexpr FieldRule kContext[] = {
    {"cluster", Shape::kText, {}},
    {"user", Shape::kText, {}},
    {"namespace", Shape::kText, {}},
    {"extensions", Shape::kNamedObjects, kExtension},
};

constexpr FieldRule kNamedCluster[] = {{"name", Shape::kText, {}}, {"cluster", Shape::kObject, kCluster}};
constexpr FieldRule kNamedUser[] = {{"name", Shape::kText, {}}, {"user", Shape::kObject, kUser}};
constexpr FieldRule kNamedContext[] = {{"name", Shape::kText, {}}, {"context", Shape::kObject, kContext}};

constexpr FieldRule kConfig[] = {
    {"apiVersion", Shape::kText, {}},
    {"kind", Shape::kText, {}},
    {"preferences", Shape::kObject, kPreferences},
    {"clusters", Shape::kNamedObjects, kNamedCluster},
    {"users", Shape::kNamedObjects, kNamedUser},
    {"contexts", Shape::kNamedObjects, kNamedContext},
    {"current-context", Shape::kText, {}},
    {"extensions", Shape::kNamedObjects, kExtension},
};

absl::Status CheckValue(const FieldRule& rule, const YamlNode& value);

absl::Status Mismatch(const FieldRule& rule, const YamlNode& value, absl::string_view wanted) {
  return RefuseAt(value, absl::StrCat(rule.key, " must be ", wanted));
}

absl::Status CheckMergedObject(const FieldRule& rule, const YamlNode& object) {
  for (const FieldRule& field : rule.fields) {
    const YamlNode* value = FindField(object, field.key);
    absl::Status status = value == nullptr ? absl::OkStatus() : CheckValue(field, *value);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

const FieldRule* FindRule(absl::Span<const FieldRule> rules, const YamlNode& key) {
  const auto known = std::find_if(rules.begin(), rules.end(),
                                  [&key](const FieldRule& rule) { return rule.key == key.value(); });
  return key.kind != YamlKind::kScalar || known == rules.end() ? nullptr : &*known;
}

// Field by field, which costs less than rule by rule. What a merge key brings counts where nothing else gives
// that field.
absl::Status CheckObject(const FieldRule& rule, const YamlNode& object) {
  if (object.kind != YamlKind::kMapping) return Mismatch(rule, object, "a mapping");
  for (const YamlField& field : FieldsOf(object)) {
    if (IsMergeKey(*field.key)) return CheckMergedObject(rule, object);
    const FieldRule* const known = FindRule(rule.fields, *field.key);
    absl::Status status = known == nullptr ? absl::OkStatus() : CheckValue(*known, Resolve(*field.value));
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status CheckObjects(const FieldRule& rule, const YamlNode& list) {
  if (list.kind != YamlKind::kSequence) return Mismatch(rule, list, "a list");
  for (const YamlNode* item = list.first(); item != nullptr; item = item->next) {
    const YamlNode& object = Resolve(*item);
    absl::Status status = IsNull(object) ? absl::OkStatus() : CheckObject(rule, object);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status CheckNamedObjects(const FieldRule& rule, const YamlNode& list) {
  absl::Status status = CheckObjects(rule, list);
  if (!status.ok()) return status;
  absl::flat_hash_set<absl::string_view> names;
  for (const YamlNode* item = list.first(); item != nullptr; item = item->next) {
    const YamlNode* field = FindField(*item, "name");
    const absl::string_view name = field == nullptr || IsNull(*field) ? "" : field->value();
    if (names.insert(name).second) continue;
    const std::string shown = credential_provider::Printable(name);
    return RefuseAt(*item, absl::StrCat("the name \"", shown, "\" is twice in ", rule.key));
  }
  return absl::OkStatus();
}

absl::Status CheckShape(const FieldRule& rule, const YamlNode& value) {
  switch (rule.shape) {
    case Shape::kText:
      return IsText(value) ? absl::OkStatus() : Mismatch(rule, value, "text; quote it");
    case Shape::kBool:
      return IsBool(value) ? absl::OkStatus() : Mismatch(rule, value, "true or false");
    case Shape::kBase64:
      return IsBase64(value) ? absl::OkStatus() : Mismatch(rule, value, "base64");
    case Shape::kTexts:
      return IsListOfText(value) ? absl::OkStatus() : Mismatch(rule, value, "a list of texts; quote them");
    case Shape::kTextMap:
      return IsMapOf(value, IsText) ? absl::OkStatus() : Mismatch(rule, value, "a mapping of texts");
    case Shape::kTextsMap:
      return IsMapOf(value, IsListOfText) ? absl::OkStatus()
                                          : Mismatch(rule, value, "a mapping of text lists");
    case Shape::kObject:
      return CheckObject(rule, value);
    case Shape::kObjects:
      return CheckObjects(rule, value);
    case Shape::kNamedObjects:
      return CheckNamedObjects(rule, value);
  }
  return absl::InternalError("unknown shape");
}

absl::Status CheckValue(const FieldRule& rule, const YamlNode& value) {
  return IsNull(value) ? absl::OkStatus() : CheckShape(rule, value);
}

absl::Status CheckHeader(const YamlNode& root, absl::string_view key, absl::string_view wanted) {
  const YamlNode* field = FindField(root, key);
  if (field == nullptr || field->value().empty() || IsNull(*field) || field->value() == wanted)
    return absl::OkStatus();
  return RefuseAt(*field, absl::StrCat("not a kubeconfig: ", key, " is not ", wanted));
}

}  // namespace

absl::string_view ListKey(KubeconfigList list) {
  switch (list) {
    case KubeconfigList::kClusters:
      return "clusters";
    case KubeconfigList::kUsers:
      return "users";
    default:
      return "contexts";
  }
}

absl::string_view EntryKey(KubeconfigList list) { return absl::StripSuffix(ListKey(list), "s"); }

absl::Status CheckKubeconfig(const credential_provider::YamlTree& tree) {
  absl::Status status = CheckYaml(tree);
  const YamlNode& root = tree.root();
  if (!status.ok() || IsNull(root)) return status;
  if (root.kind != YamlKind::kMapping) return RefuseAt(root, "not a kubeconfig: no mapping of keys");
  status = CheckObject({"kubeconfig", Shape::kObject, kConfig}, root);
  if (status.ok()) status = CheckHeader(root, "apiVersion", "v1");
  if (status.ok()) status = CheckHeader(root, "kind", "Config");
  return status;
}

}  // namespace kubeconfig_writer
