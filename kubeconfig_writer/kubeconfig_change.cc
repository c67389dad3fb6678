#include "kubeconfig_writer/kubeconfig_change.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "credential_provider/yaml/yaml_json.h"
#include "credential_provider/yaml/yaml_scalar.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::FindField;
using credential_provider::ItemsOf;
using credential_provider::TextOf;
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
  if (a.kind != b.kind || a.value != b.value || TagOf(a) != TagOf(b) || AnchorOf(a) != AnchorOf(b))
    return false;
  if (a.kind == YamlKind::kAlias) return true;
  if (a.kind == YamlKind::kScalar) return TypeOf(a) == TypeOf(b);
  const YamlNode* x = a.first;
  const YamlNode* y = b.first;
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
    if (std::find(std::begin(kComparedByMeaning), end, field.key->value) != end) continue;
    nodes.push_back(field.key);
    nodes.push_back(field.value);
  }
  return nodes;
}

std::string TextField(const YamlNode& root, absl::string_view key, absl::string_view if_empty = "") {
  const YamlNode* field = FindField(root, key);
  const std::string text = field == nullptr ? "" : TextOf(*field).value_or("");
  return text.empty() ? std::string(if_empty) : text;
}

std::vector<const YamlNode*> Entries(const YamlNode& root, KubeconfigList list) {
  const YamlNode* field = FindField(root, ListKey(list));
  return field == nullptr ? std::vector<const YamlNode*>() : ItemsOf(*field);
}

// Takes the entry called `name` out of `entries` and returns it, or null.
const YamlNode* Take(std::vector<const YamlNode*>* entries, absl::string_view name) {
  const auto found = std::find_if(entries->begin(), entries->end(),
                                  [name](const YamlNode* item) { return NameOf(*item) == name; });
  if (found == entries->end()) return nullptr;
  const YamlNode* taken = *found;
  entries->erase(found);
  return taken;
}

absl::Status CheckEntry(const YamlNode* after, const KubeconfigChange::Entry& wanted) {
  if ((after != nullptr) != wanted.content.has_value()) return Differs("another entry than asked");
  if (after == nullptr) return absl::OkStatus();
  const YamlNode* content = FindField(*after, EntryKey(wanted.list));
  const bool equal = content != nullptr && credential_provider::ToJson(*content) == *wanted.content;
  return equal ? absl::OkStatus() : Differs("a value on its way into the file");
}

absl::Status CheckList(const YamlNode& before, const YamlNode& after, KubeconfigList list,
                       const KubeconfigChange& change) {
  std::vector<const YamlNode*> old_entries = Entries(before, list);
  std::vector<const YamlNode*> new_entries = Entries(after, list);
  if (change.entry.has_value() && change.entry->list == list) {
    Take(&old_entries, change.entry->name);
    absl::Status entry = CheckEntry(Take(&new_entries, change.entry->name), *change.entry);
    if (!entry.ok()) return entry;
  }
  return AreSame(old_entries, new_entries) ? absl::OkStatus() : Differs(ListKey(list));
}

}  // namespace

std::string CurrentContextOf(const YamlNode& root) { return TextField(root, "current-context"); }

std::string NameOf(const YamlNode& item) { return TextField(item, "name"); }

absl::Status CheckChange(const YamlNode& before, const YamlNode& after, const KubeconfigChange& change) {
  if (!AreSame(OtherFields(before), OtherFields(after))) return Differs("other keys of the file");
  for (const KubeconfigList list : kKubeconfigLists) {
    absl::Status status = CheckList(before, after, list, change);
    if (!status.ok()) return status;
  }
  const std::string current = CurrentContextOf(after);
  if (!change.current_context.has_value()) {
    return current == CurrentContextOf(before) ? absl::OkStatus() : Differs("current-context");
  }
  const absl::optional<std::string>& wanted = change.current_context->name;
  return !wanted.has_value() || current == *wanted ? absl::OkStatus() : Differs("current-context");
}

}  // namespace kubeconfig_writer
