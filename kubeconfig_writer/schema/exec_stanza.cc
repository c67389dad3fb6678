#include "kubeconfig_writer/schema/exec_stanza.h"

#include <filesystem>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "kubeconfig_writer/schema/relative_path.h"
#include "kubeconfig_writer/schema/text_field.h"

namespace kubeconfig_writer {
namespace {

using nlohmann::json;

absl::Status Refused(absl::string_view reason) {
  return absl::FailedPreconditionError(absl::StrCat("exec: ", reason));
}

absl::StatusOr<ExecStanza::Interactive> ParseInteractive(const std::string& mode,
                                                         credential_provider::ExecApiVersion version) {
  if (mode == "Never") return ExecStanza::Interactive::kNever;
  if (mode == "Always") return ExecStanza::Interactive::kAlways;
  const bool by_default = mode.empty() && version == credential_provider::ExecApiVersion::kV1Beta1;
  if (mode == "IfAvailable" || by_default) return ExecStanza::Interactive::kIfAvailable;
  return Refused("interactiveMode must be Never, IfAvailable or Always");
}

// The lists were checked to hold text when the file was parsed.
void ReadLists(const json& exec, ExecStanza* stanza) {
  for (const json& arg : exec.value("args", json::array())) {
    if (arg.is_string()) stanza->args.push_back(arg.get<std::string>());
  }
  for (const json& variable : exec.value("env", json::array()))
    stanza->env.emplace_back(TextAt(variable, "name"), TextAt(variable, "value"));
}

}  // namespace

absl::StatusOr<ExecStanza> ParseExecStanza(const json& exec, const std::string& file) {
  ExecStanza stanza;
  stanza.command = TextAt(exec, "command");
  if (stanza.command.empty()) return Refused("command is missing");
  if (absl::StrContains(stanza.command, "/")) {
    const std::filesystem::path path = ResolvePath(stanza.command, file);
    stanza.command = std::filesystem::absolute(path).lexically_normal().string();
  }
  const std::string version = TextAt(exec, "apiVersion");
  absl::StatusOr<credential_provider::ExecApiVersion> parsed =
      credential_provider::ParseExecApiVersion(version);
  if (!parsed.ok() || version != FullName(*parsed))
    return Refused("apiVersion is neither v1 nor v1beta1 of client.authentication.k8s.io");
  stanza.api_version = *parsed;
  absl::StatusOr<ExecStanza::Interactive> interactive =
      ParseInteractive(TextAt(exec, "interactiveMode"), *parsed);
  if (!interactive.ok()) return interactive.status();
  stanza.interactive = *interactive;
  ReadLists(exec, &stanza);
  for (const auto& [name, value] : stanza.env) {
    if (name.empty()) return Refused("a variable in env has no name");
  }
  const auto wants = exec.find("provideClusterInfo");
  stanza.provide_cluster_info = wants != exec.end() && wants->is_boolean() && wants->get<bool>();
  stanza.install_hint = TextAt(exec, "installHint");
  return stanza;
}

}  // namespace kubeconfig_writer
