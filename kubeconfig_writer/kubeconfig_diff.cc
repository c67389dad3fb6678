#include "kubeconfig_writer/kubeconfig_diff.h"

#include "kubeconfig_writer/unified_diff.h"

namespace kubeconfig_writer {

std::string DiffOf(const std::string& path, const KubeconfigDocument& before,
                   const KubeconfigDocument& after) {
  const auto label = [&path](const KubeconfigDocument& side) {
    return side.file_missing() ? "/dev/null" : path;
  };
  const std::string masked_before = before.MaskedText(), masked_after = after.MaskedText();
  return UnifiedDiff({label(before), before.text(), masked_before},
                     {label(after), after.text(), masked_after});
}

}  // namespace kubeconfig_writer
