// Runs a credential plugin as kubectl does.
#ifndef KUBECONFIG_WRITER_ACCESS_PLUGIN_RUN_H_
#define KUBECONFIG_WRITER_ACCESS_PLUGIN_RUN_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/kubernetes/credential.h"
#include "kubeconfig_writer/schema/exec_stanza.h"
#include "nlohmann/json.hpp"

namespace kubeconfig_writer {

// Starts the plugin of `stanza`, which `install_line` writes anew (entries/install_line.h), with
// `environment`, the stanza's env and KUBERNETES_EXEC_INFO, and at the terminal where kubectl would;
// `cluster_info` is null or what ClusterInfo returned. It has `time_limit` to answer, where kubectl would
// wait for ever. Errors: the plugin is not there (with the stanza's installHint), fails (with what it
// complained of, cleaned), is too slow, or answers what client-go refuses.
absl::StatusOr<credential_provider::Credential> RunPlugin(const ExecStanza& stanza,
                                                          const std::string& install_line,
                                                          const nlohmann::ordered_json& cluster_info,
                                                          const credential_provider::Environment& environment,
                                                          absl::Duration time_limit);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_ACCESS_PLUGIN_RUN_H_
