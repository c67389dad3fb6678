// `kubeconfig_writer clusters`: what there is to install.
#ifndef KUBECONFIG_WRITER_COMMANDS_CLUSTERS_COMMAND_H_
#define KUBECONFIG_WRITER_COMMANDS_CLUSTERS_COMMAND_H_

#include <string>

#include "absl/types/span.h"
#include "credential_provider/alibaba_cloud/clusters.h"
#include "credential_provider/cli/command.h"
#include "nlohmann/json.hpp"

namespace kubeconfig_writer {

extern const credential_provider::Command kClustersCommand;

// Returns a table for people, which ends with a newline, and a JSON array for programs.
std::string FormatClustersTable(absl::Span<const credential_provider::Cluster> clusters);
nlohmann::ordered_json ClustersJson(absl::Span<const credential_provider::Cluster> clusters);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_COMMANDS_CLUSTERS_COMMAND_H_
