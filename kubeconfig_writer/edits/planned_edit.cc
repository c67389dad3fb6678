#include "kubeconfig_writer/edits/planned_edit.h"

#include <iterator>
#include <utility>

namespace kubeconfig_writer {
namespace {

using credential_provider::YamlKind;
using credential_provider::YamlNode;

bool IsInsertion(const Splice& splice) { return splice.begin == splice.end; }

size_t CountChildren(const YamlNode& collection) {
  size_t nodes = 0;
  for (const YamlNode* node = collection.first(); node != nullptr; node = node->next) ++nodes;
  return collection.kind == YamlKind::kMapping ? nodes / 2 : nodes;
}

// Two removals may touch. An insertion beside something that changes is not where it was planned.
bool AreApart(const Splice& a, const Splice& b) {
  const bool may_touch = !IsInsertion(a) && !IsInsertion(b);
  return may_touch ? a.end <= b.begin || b.end <= a.begin : a.end < b.begin || b.end < a.begin;
}

// True when what is added to the end of one of `edit`'s collections fits after what others add to it. The
// first child of all is written otherwise than the next.
bool AddsBehindOthers(const PlannedEdit& edit) {
  return !edit.adds_to.empty() && edit.adds_to.front()->first() != nullptr;
}

}  // namespace

absl::StatusOr<PlannedEdit> Planned(absl::StatusOr<Splices> splices, std::vector<const YamlNode*> adds_to,
                                    std::vector<const YamlNode*> removes_from) {
  if (!splices.ok()) return splices.status();
  return PlannedEdit{*std::move(splices), std::move(adds_to), std::move(removes_from)};
}

bool SpliceBatch::Fits(const Splice& splice, const PlannedEdit& edit) const {
  const auto fits = [&](const Taken& other) {
    const bool same_place = IsInsertion(splice) && IsInsertion(other.splice) &&
                            splice.begin == other.splice.begin && AddsBehindOthers(edit) &&
                            edit.adds_to == other.adds_to;
    return same_place || AreApart(splice, other.splice);
  };
  // Those taken are apart from each other, so only the neighbours can be in the way.
  const auto next = taken_.lower_bound(splice.begin);
  for (auto other = next; other != taken_.end() && other->first <= splice.end; ++other) {
    if (!fits(other->second)) return false;
    if (other->first > splice.begin) break;
  }
  return next == taken_.begin() || fits(std::prev(next)->second);
}

bool SpliceBatch::LeavesSome(const YamlNode* collection) const {
  const auto left = left_.find(collection);
  return left == left_.end() || left->second > 1;
}

bool SpliceBatch::Take(const PlannedEdit& edit) {
  for (const Splice& splice : edit.splices) {
    if (!Fits(splice, edit)) return false;
  }
  for (const YamlNode* collection : edit.removes_from) {
    if (!LeavesSome(collection)) return false;
  }
  for (const YamlNode* collection : edit.removes_from) {
    --left_.try_emplace(collection, CountChildren(*collection)).first->second;
  }
  for (const Splice& splice : edit.splices) taken_.emplace(splice.begin, Taken{splice, edit.adds_to});
  return true;
}

Splices SpliceBatch::InOrder() const {
  Splices splices;
  for (const auto& [begin, taken] : taken_) splices.push_back(taken.splice);
  return splices;
}

}  // namespace kubeconfig_writer
