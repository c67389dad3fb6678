#include "kubeconfig_writer/edits/edit_planner.h"

#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/yaml/yaml_json.h"
#include "kubeconfig_writer/edits/current_context_edit.h"
#include "kubeconfig_writer/edits/edit_target.h"
#include "kubeconfig_writer/edits/field_edit.h"
#include "kubeconfig_writer/edits/list_edit.h"
#include "kubeconfig_writer/edits/planned_edit.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::YamlNode;
using Kind = KubeconfigEdit::Kind;
using nlohmann::json;

// Returns the value at the edit's path in the entry's content, or null; the content itself for whole entries.
const YamlNode* Target(const EditTarget& site, const KubeconfigEdit& edit) {
  const YamlNode* node = site.entries().FindContent(edit.list, edit.name);
  for (const std::string& key : edit.path) {
    if (node != nullptr) node = credential_provider::FindField(*node, key);
  }
  return node;
}

bool IsDone(const EditTarget& site, const KubeconfigEdit& edit) {
  switch (edit.kind) {
    case Kind::kUse:
      return CurrentContextOf(site.root()) == edit.name;
    case Kind::kUnuse:
      return CurrentContextOf(site.root()).empty();
    case Kind::kRemove:
      return site.entries().Find(edit.list, edit.name) == nullptr;
    default:
      break;
  }
  const YamlNode* target = Target(site, edit);
  if (edit.kind == Kind::kRemoveField) return target == nullptr;
  return target != nullptr && credential_provider::ToJson(*target) == json(edit.value);
}

absl::StatusOr<PlannedEdit> PlanOne(const EditTarget& site, const KubeconfigEdit& edit) {
  if (edit.kind == Kind::kUse) return PlanUse(site, edit.name);
  if (edit.kind == Kind::kUnuse) return PlanUnuse(site);
  absl::Status list = site.FindList(edit.list).status();
  if (!list.ok()) return list;
  const bool there = site.entries().Find(edit.list, edit.name) != nullptr;
  switch (edit.kind) {
    case Kind::kRemove:
      return PlanRemove(site, edit);
    case Kind::kSet:
      return there ? PlanReplace(site, edit) : PlanAdd(site, edit);
    case Kind::kSetField:
      return PlanSetField(site, edit);
    default:
      return PlanRemoveField(site, edit);
  }
}

// What an edit is about: two of the same are made one after the other.
std::string SubjectOf(const KubeconfigEdit& edit) {
  if (edit.kind == Kind::kUse || edit.kind == Kind::kUnuse) return "";
  return absl::StrCat(ListKey(edit.list), "/", edit.name);
}

// One round: `Add` plans an edit, or puts it aside.
class Round {
 public:
  Round(const credential_provider::YamlTree& tree, const KubeconfigEntries& entries) : site_(tree, entries) {}

  absl::Status Add(const KubeconfigEdit& edit) {
    const bool there = site_.entries().Find(edit.list, edit.name) != nullptr;
    if (!subjects_.insert(SubjectOf(edit)).second || !MayAdd(edit, there)) {
      left_.push_back(edit);
      return absl::OkStatus();
    }
    if (IsDone(site_, edit)) return absl::OkStatus();
    const bool fields = edit.kind == Kind::kSet && there;
    for (const KubeconfigEdit& part : fields ? SplitIntoFields(site_, edit) : std::vector{edit}) {
      absl::StatusOr<PlannedEdit> planned = PlanOne(site_, part);
      if (!planned.ok()) return planned.status();
      if (!batch_.Take(*planned)) left_.push_back(part);
    }
    return absl::OkStatus();
  }

  PlannedRound Result() { return {batch_.InOrder(), std::move(left_)}; }

 private:
  // The second entry of a list that is empty or absent is written like the first, so it has to wait for that.
  bool MayAdd(const KubeconfigEdit& edit, bool there) {
    if (edit.kind != Kind::kSet || there || !site_.entries().In(edit.list).empty()) return true;
    return begun_.insert(edit.list).second;
  }

  EditTarget site_;
  SpliceBatch batch_;
  absl::flat_hash_set<KubeconfigList> begun_;
  absl::flat_hash_set<std::string> subjects_;
  std::vector<KubeconfigEdit> left_;
};

}  // namespace

absl::StatusOr<PlannedRound> PlanRound(const credential_provider::YamlTree& tree,
                                       const KubeconfigEntries& entries,
                                       const std::vector<KubeconfigEdit>& edits) {
  Round round(tree, entries);
  for (const KubeconfigEdit& edit : edits) {
    absl::Status added = round.Add(edit);
    if (!added.ok()) return added;
  }
  return round.Result();
}

}  // namespace kubeconfig_writer
