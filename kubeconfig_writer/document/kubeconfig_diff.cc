#include "kubeconfig_writer/document/kubeconfig_diff.h"

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

std::string ShownEntry(KubeconfigList list, const std::string& name) {
  return absl::StrCat(EntryKey(list), " ", ShownName(name));
}

// The entries of `one` that `other` does not have.
std::vector<std::string> Missing(const KubeconfigDocument& one, const KubeconfigDocument& other) {
  std::vector<std::string> entries;
  for (const KubeconfigList list : kKubeconfigLists) {
    for (const std::string& name : one.Names(list)) {
      if (!other.Has(list, name)) entries.push_back(ShownEntry(list, name));
    }
  }
  return entries;
}

std::vector<std::string> Changed(const KubeconfigDocument& before, const KubeconfigDocument& after) {
  std::vector<std::string> entries;
  for (const KubeconfigList list : kKubeconfigLists) {
    for (const std::string& name : before.Names(list)) {
      if (after.Has(list, name) && before.Find(list, name) != after.Find(list, name))
        entries.push_back(ShownEntry(list, name));
    }
  }
  return entries;
}

void AddLine(absl::string_view what, const std::vector<std::string>& entries, std::string* lines) {
  if (!entries.empty()) absl::StrAppend(lines, what, ": ", absl::StrJoin(entries, ", "), "\n");
}

}  // namespace

std::string SummaryOf(const KubeconfigDocument& before, const KubeconfigDocument& after) {
  std::string lines;
  AddLine("add", Missing(after, before), &lines);
  AddLine("change", Changed(before, after), &lines);
  AddLine("remove", Missing(before, after), &lines);
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
