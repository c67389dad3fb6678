// Collects findings in one entry of a kubeconfig, or outside of all.
#ifndef KUBECONFIG_WRITER_AUDIT_FINDINGS_H_
#define KUBECONFIG_WRITER_AUDIT_FINDINGS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "kubeconfig_writer/audit/finding.h"
#include "nlohmann/json.hpp"

namespace kubeconfig_writer {

class Findings {
 public:
  // `entry` is "user alice", or "" outside of all entries.
  Findings(std::string file, absl::string_view entry);

  // What of `place` may be a secret itself is masked.
  void Add(absl::string_view kind, absl::string_view place, absl::string_view details,
           absl::Time ends = absl::InfiniteFuture());

  // Looks at a text that belongs to a name, at arguments for `program`, and at whatever is in `value`.
  void AddText(absl::string_view kind, absl::string_view place, const std::string& name,
               const std::string& text);
  void AddArguments(absl::string_view kind, absl::string_view place, const nlohmann::json& list,
                    absl::string_view program = "");
  void AddAll(absl::string_view kind, const std::string& place, const std::string& name,
              const nlohmann::json& value);

  std::vector<Finding> Take() { return std::move(findings_); }

 private:
  const std::string file_;
  const std::string entry_;
  std::vector<Finding> findings_;
};

// Returns `text`, or "<masked>" when it may be, or hold, a secret: names and paths are what people type
// there.
std::string Showable(absl::string_view text);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_AUDIT_FINDINGS_H_
