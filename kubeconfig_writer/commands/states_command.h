// `kubeconfig_writer states`: the user's kubeconfigs as ACK knows them.
#ifndef KUBECONFIG_WRITER_COMMANDS_STATES_COMMAND_H_
#define KUBECONFIG_WRITER_COMMANDS_STATES_COMMAND_H_

#include <string>

#include "absl/types/span.h"
#include "credential_provider/alibaba_cloud/kubeconfig_states.h"
#include "credential_provider/cli/command.h"
#include "nlohmann/json.hpp"

namespace kubeconfig_writer {

extern const credential_provider::Command kStatesCommand;

// Returns a table for people, which ends with a newline, and a JSON array for programs.
std::string FormatStatesTable(absl::Span<const credential_provider::KubeconfigState> states);
nlohmann::ordered_json StatesJson(absl::Span<const credential_provider::KubeconfigState> states);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_COMMANDS_STATES_COMMAND_H_
