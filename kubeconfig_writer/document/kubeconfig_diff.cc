#include "kubeconfig_writer/document/kubeconfig_diff.h"

#include "credential_provider/base/safe_text.h"
#include "kubeconfig_writer/document/unified_diff.h"

namespace kubeconfig_writer {

using credential_provider::SafeLines;

std::string DiffOf(const std::string& path, const KubeconfigDocument& before,
                   const KubeconfigDocument& after) {
  const auto label = [&path](const KubeconfigDocument& side) {
    return side.file_missing() ? "/dev/null" : path;
  };
  const std::string masked_before = SafeLines(before.MaskedText()),
                    masked_after = SafeLines(after.MaskedText());
  return UnifiedDiff({label(before), before.text(), masked_before},
                     {label(after), after.text(), masked_after});
}

}  // namespace kubeconfig_writer
