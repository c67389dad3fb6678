#include "kubeconfig_writer/document/intended_change.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "credential_provider/yaml/yaml_json.h"
#include "credential_provider/yaml/yaml_scalar.h"
#include "kubeconfig_writer/schema/kubeconfig_entries.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::FindField;
using credential_provider::YamlField;
using credential_provider::YamlKind;
using credential_provider::YamlNode;

// Keys that are compared by meaning: a missing list is an empty one.
constexpr absl::string_view kComparedByMeaning[] = {"apiVersion", "kind",     "clusters",
                                                    "users",      "contexts", "current-context"};

absl::Status Differs(absl::string_view place) {
  return absl::InternalError(
      absl::StrCat("the edit would change ", place, ", which it should not; nothing was written"));
}

// True when the bytes of both mean the same, aliases by name.
bool IsSame(const YamlNode& a, const YamlNode& b) {
  if (a.kind != b.kind || a.value() != b.value() || TagOf(a) != TagOf(b) || AnchorOf(a) != AnchorOf(b))
    return false;
  if (a.kind == YamlKind::kAlias) return true;
  if (a.kind == YamlKind::kScalar) return a.style == b.style || TypeOf(a) == TypeOf(b);
  const YamlNode* x = a.first();
  const YamlNode* y = b.first();
  for (; x != nullptr && y != nullptr; x = x->next, y = y->next) {
    if (!IsSame(*x, *y)) return false;
  }
  return x == y;
}

bool AreSame(const std::vector<const YamlNode*>& a, const std::vector<const YamlNode*>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const YamlNode* x, const YamlNode* y) { return IsSame(*x, *y); });
}

// The top-level keys and values that no edit touches, in order.
std::vector<const YamlNode*> OtherFields(const YamlNode& root) {
  std::vector<const YamlNode*> nodes;
  for (const YamlField& field : FieldsOf(root)) {
    const auto* end = std::end(kComparedByMeaning);
    if (std::find(std::begin(kComparedByMeaning), end, field.key->value()) != end) continue;
    nodes.push_back(field.key);
    nodes.push_back(field.value);
  }
  return nodes;
}

// Returns the entries of `list` that do not change, in order, and puts those that do into `changed`.
std::vector<const YamlNode*> SplitOff(const KubeconfigEntries& entries, KubeconfigList list,
                                      const KubeconfigChange& change,
                                      std::map<std::string, const YamlNode*>* changed) {
  std::vector<const YamlNode*> others;
  for (const YamlNode* item : entries.In(list)) {
    std::string name(NameOf(*item));
    if (change.entries.count({list, name}) == 0) {
      others.push_back(item);
    } else {
      changed->emplace(std::move(name), item);
    }
  }
  return others;
}

// The fields beside the content: the name, and what only others know.
std::vector<const YamlNode*> Beside(const YamlNode& item, KubeconfigList list) {
  std::vector<const YamlNode*> nodes;
  for (const YamlField& field : FieldsOf(item)) {
    if (field.key->value() == EntryKey(list)) continue;
    nodes.push_back(field.key);
    nodes.push_back(field.value);
  }
  return nodes;
}

// `before` and `after` are null when there is no such entry.
absl::Status CheckEntry(const YamlNode* before, const YamlNode* after, KubeconfigList list,
                        const absl::optional<nlohmann::json>& wanted) {
  if ((after != nullptr) != wanted.has_value()) return Differs("another entry than asked");
  if (after == nullptr || !wanted) return absl::OkStatus();
  const YamlNode* content = FindField(*after, EntryKey(list));
  if (content == nullptr || !Means(credential_provider::ToJson(*content), *wanted))
    return Differs("a value on its way into the file");
  const bool same = before == nullptr || AreSame(Beside(*before, list), Beside(*after, list));
  return same ? absl::OkStatus() : Differs("what is beside the entry's content");
}

absl::Status CheckList(const KubeconfigEntries& before, const KubeconfigEntries& after, KubeconfigList list,
                       const KubeconfigChange& change) {
  std::map<std::string, const YamlNode*> olds, news;
  if (!AreSame(SplitOff(before, list, change, &olds), SplitOff(after, list, change, &news)))
    return Differs(ListKey(list));
  for (const auto& [entry, content] : change.entries) {
    if (entry.first != list) continue;
    absl::Status status = CheckEntry(olds[entry.second], news[entry.second], list, content);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace

bool Means(const nlohmann::json& content, const nlohmann::json& wanted) {
  if (!content.is_object() || !wanted.is_object()) return content == wanted;
  for (const auto& [key, value] : wanted.items()) {
    if (!content.contains(key) || !Means(content.at(key), value)) return false;
  }
  return std::all_of(content.items().begin(), content.items().end(), [&wanted](const auto& field) {
    const bool nothing = field.value().is_null() || (field.value().is_array() && field.value().empty());
    return nothing || wanted.contains(field.key());
  });
}

absl::Status CheckChange(const KubeconfigEntries& before, const KubeconfigEntries& after,
                         const KubeconfigChange& change) {
  if (!AreSame(OtherFields(before.root()), OtherFields(after.root())))
    return Differs("other keys of the file");
  for (const KubeconfigList list : kKubeconfigLists) {
    absl::Status status = CheckList(before, after, list, change);
    if (!status.ok()) return status;
  }
  const absl::string_view current = CurrentContextOf(after.root());
  if (!change.current_context.has_value()) {
    return current == CurrentContextOf(before.root()) ? absl::OkStatus() : Differs("current-context");
  }
  const absl::optional<std::string>& wanted = change.current_context->name;
  return !wanted.has_value() || current == *wanted ? absl::OkStatus() : Differs("current-context");
}

}  // namespace kubeconfig_writer
