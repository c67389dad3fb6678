#include "kubeconfig_writer/document/kubeconfig_diff.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "credential_provider/base/safe_text.h"
#include "credential_provider/base/status_context.h"
#include "kubeconfig_writer/document/unified_diff.h"
#include "kubeconfig_writer/secrets/argument_secrets.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::SafeLines;

std::string ShownName(absl::string_view name) {
  return MayHoldSecret(name) ? std::string(kMask) : credential_provider::Printable(name);
}

using Kinds = std::vector<absl::string_view>;
// The names of entries, in order, and what is called so.
using NamedKinds = std::vector<std::pair<std::string, Kinds>>;

void AddKind(KubeconfigList list, const std::string& name, NamedKinds* entries) {
  const auto has_name = [&name](const auto& entry) { return entry.first == name; };
  const auto found = std::find_if(entries->begin(), entries->end(), has_name);
  Kinds& kinds = found != entries->end() ? found->second : entries->emplace_back(name, Kinds()).second;
  kinds.push_back(EntryKey(list));
}

// The entries of `one` that `other` does not have.
NamedKinds Missing(const KubeconfigDocument& one, const KubeconfigDocument& other) {
  NamedKinds entries;
  for (const KubeconfigList list : kKubeconfigLists) {
    for (const std::string& name : one.Names(list)) {
      if (!other.Has(list, name)) AddKind(list, name, &entries);
    }
  }
  return entries;
}

NamedKinds Changed(const KubeconfigDocument& before, const KubeconfigDocument& after) {
  NamedKinds entries;
  for (const KubeconfigList list : kKubeconfigLists) {
    for (const std::string& name : before.Names(list)) {
      if (after.Has(list, name) && before.Find(list, name) != after.Find(list, name))
        AddKind(list, name, &entries);
    }
  }
  return entries;
}

// "add: cluster, user, context prod", a line for each name.
void AddLines(absl::string_view what, const NamedKinds& entries, std::string* lines) {
  for (const auto& [name, kinds] : entries)
    absl::StrAppend(lines, what, ": ", absl::StrJoin(kinds, ", "), " ", ShownName(name), "\n");
}

}  // namespace

std::string SummaryOf(const KubeconfigDocument& before, const KubeconfigDocument& after) {
  std::string lines;
  AddLines("add", Missing(after, before), &lines);
  AddLines("change", Changed(before, after), &lines);
  AddLines("remove", Missing(before, after), &lines);
  const std::string from = before.current_context(), to = after.current_context();
  if (from != to)
    absl::StrAppend(&lines, "current-context: ", from.empty() ? "none" : ShownName(from), " -> ",
                    to.empty() ? "none" : ShownName(to), "\n");
  return lines;
}

std::string DiffOf(const std::string& path, const KubeconfigDocument& before,
                   const KubeconfigDocument& after) {
  const auto label = [&path](const KubeconfigDocument& side) {
    return side.file_missing() ? "/dev/null" : path;
  };
  const std::string masked_before = SafeLines(before.MaskedText()),
                    masked_after = SafeLines(after.MaskedText());
  const std::string diff =
      UnifiedDiff({label(before), before.text(), masked_before}, {label(after), after.text(), masked_after});
  return diff.empty() ? "" : absl::StrCat(SummaryOf(before, after), diff);
}

}  // namespace kubeconfig_writer
