// Recognizes the users of kubeconfigs that ack-ram-tool writes, and says how this program asks as they do.
#ifndef KUBECONFIG_WRITER_MIGRATION_ACK_RAM_TOOL_USER_H_
#define KUBECONFIG_WRITER_MIGRATION_ACK_RAM_TOOL_USER_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "credential_provider/base/environment.h"
#include "kubeconfig_writer/file/merged_kubeconfig.h"
#include "nlohmann/json.hpp"

namespace kubeconfig_writer {

// Returns true when kubectl runs ack-ram-tool for a certificate or a token of `user`: its exec stanza says
// so, and there is no static credential, which kubectl takes before a stanza.
bool RunsAckRamTool(const nlohmann::json& user);

struct AckRamToolUser {
  std::string cluster_id;
  std::vector<std::string> args;                         // of `get`: "ack", "--cluster-id", …
  std::vector<std::pair<std::string, std::string>> env;  // of the stanza
};

// Reads the arguments of such a stanza, its variables and, where these say nothing, those of `environment`.
// What decides there who asks is a flag or a variable here; what the stanza has of other variables stays.
// FailedPrecondition for an argument that has no counterpart. REQUIRES: RunsAckRamTool(user.content).
absl::StatusOr<AckRamToolUser> ReadAckRamToolUser(const KubeconfigEntry& user,
                                                  const credential_provider::Environment& environment);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_MIGRATION_ACK_RAM_TOOL_USER_H_
