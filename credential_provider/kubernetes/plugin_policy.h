// Which credential plugins kubectl 1.35 and newer may start, by the user's kuberc file. Older ones start any.
// https://kubernetes.io/docs/reference/kubectl/kuberc/
#ifndef CREDENTIAL_PROVIDER_KUBERNETES_PLUGIN_POLICY_H_
#define CREDENTIAL_PROVIDER_KUBERNETES_PLUGIN_POLICY_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "credential_provider/base/environment.h"

namespace credential_provider {

struct PluginPolicy {
  std::string file;                    // the kuberc that says so
  std::string name;                    // "AllowAll", "DenyAll", "Allowlist"; "" for AllowAll
  std::vector<std::string> allowlist;  // commands
};

// Returns the policy of the first preferences in `text`, a kuberc, that kubectl can use. Nothing when they
// set none.
absl::optional<PluginPolicy> ParsePluginPolicy(absl::string_view text);

// Reads the file that kubectl reads: $KUBERC, else $HOME/.kube/kuberc. Nothing when there is none, it cannot
// be read, it sets no policy, or is switched off (KUBERC=off).
absl::optional<PluginPolicy> ReadPluginPolicy(const Environment& environment);

// Returns OK when `policy` lets kubectl start `command`, as it is in a stanza but with a path that is
// not relative. PermissionDenied names the file and carries the `kubectl kuberc set` line that allows it;
// FailedPrecondition means that kubectl refuses the policy itself, and with it every plugin.
absl::Status CheckPlugin(const PluginPolicy& policy, absl::string_view command,
                         absl::string_view search_path);

// Does both for `command`, and returns a sentence on why it is allowed.
absl::StatusOr<std::string> CheckPluginPolicy(absl::string_view command, const Environment& environment);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_KUBERNETES_PLUGIN_POLICY_H_
