#include "credential_provider/yaml/yaml_tree.h"

namespace credential_provider {

const YamlNode& Resolve(const YamlNode& node) { return node.kind == YamlKind::kAlias ? *node.first : node; }

std::vector<const YamlNode*> ItemsOf(const YamlNode& sequence) {
  std::vector<const YamlNode*> items;
  if (sequence.kind != YamlKind::kSequence) return items;
  for (const YamlNode* item = sequence.first; item != nullptr; item = item->next) items.push_back(item);
  return items;
}

std::vector<YamlField> FieldsOf(const YamlNode& mapping) {
  std::vector<YamlField> fields;
  if (mapping.kind != YamlKind::kMapping) return fields;
  for (const YamlNode* key = mapping.first; key != nullptr; key = key->next->next) {
    fields.push_back({key, key->next});
  }
  return fields;
}

bool IsMergeKey(const YamlNode& key) {
  return key.kind == YamlKind::kScalar && key.style == YamlStyle::kPlain && key.value == "<<";
}

namespace {

// Looks in what stands behind a merge key: a mapping, or a list of which the first that has the key counts.
const YamlNode* FindMerged(const YamlNode& source, absl::string_view key) {
  if (source.kind == YamlKind::kMapping) return FindField(source, key);
  for (const YamlNode* item : ItemsOf(source)) {
    if (const YamlNode* found = FindField(Resolve(*item), key)) return found;
  }
  return nullptr;
}

}  // namespace

const YamlNode* FindField(const YamlNode& mapping, absl::string_view key) {
  const YamlNode* merged = nullptr;
  for (const YamlField& field : FieldsOf(Resolve(mapping))) {
    if (IsMergeKey(*field.key)) {
      merged = FindMerged(Resolve(*field.value), key);
    } else if (field.key->kind == YamlKind::kScalar && field.key->value == key) {
      return &Resolve(*field.value);
    }
  }
  return merged;
}

absl::string_view TagOf(const YamlNode& node) {
  return node.properties == nullptr ? absl::string_view() : absl::string_view(node.properties->tag);
}

absl::string_view AnchorOf(const YamlNode& node) {
  return node.properties == nullptr ? absl::string_view() : absl::string_view(node.properties->anchor);
}

}  // namespace credential_provider
