// The exec stanza of a user, as kubectl understands it.
#ifndef KUBECONFIG_WRITER_SCHEMA_EXEC_STANZA_H_
#define KUBECONFIG_WRITER_SCHEMA_EXEC_STANZA_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "credential_provider/kubernetes/exec_info.h"
#include "nlohmann/json.hpp"

namespace kubeconfig_writer {

struct ExecStanza {
  enum class Interactive { kNever, kIfAvailable, kAlways };

  std::string command;  // a bare name, or an absolute path
  std::vector<std::string> args;
  std::vector<std::pair<std::string, std::string>> env;
  credential_provider::ExecApiVersion api_version = credential_provider::ExecApiVersion::kV1;
  Interactive interactive = Interactive::kIfAvailable;
  bool provide_cluster_info = false;
  std::string install_hint;
};

// Parses `exec`, the stanza of a user in `file`. FailedPrecondition, naming the field, for what kubectl
// refuses.
absl::StatusOr<ExecStanza> ParseExecStanza(const nlohmann::json& exec, const std::string& file);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_SCHEMA_EXEC_STANZA_H_
