#include "kubeconfig_writer/entries/provider_stanza.h"

#include "absl/strings/match.h"
#include "credential_provider/invocation/exec_invocation.h"
#include "kubeconfig_writer/entries/provider_command.h"
#include "kubeconfig_writer/schema/text_field.h"

namespace kubeconfig_writer {

using nlohmann::json;

namespace {

bool HasLostItsArgs(const json& user) {
  if (!user.is_object() || !user.contains("exec") || !user.at("exec").is_object()) return false;
  const json& exec = user.at("exec");
  return IsProviderCommand(TextAt(exec, "command")) && ArgsIn(exec).empty() &&
         absl::StrContains(TextAt(exec, "installHint"), "`kubeconfig_writer ");
}

}  // namespace

std::vector<std::string> ArgsIn(const json& exec) {
  const auto args = exec.find("args");
  if (args == exec.end() || !args->is_array()) return {};
  std::vector<std::string> texts;
  for (const json& arg : *args) texts.push_back(arg.is_string() ? arg.get<std::string>() : "");
  return texts;
}

std::vector<std::string> ProviderArgs(const json& user) {
  if (!user.is_object() || !user.contains("exec") || !user.at("exec").is_object()) return {};
  const json& exec = user.at("exec");
  if (!IsProviderCommand(TextAt(exec, "command"))) return {};
  std::vector<std::string> args = ArgsIn(exec);
  if (args.empty() || args.front() != "get") return {};
  return args;
}

ProviderStanza ProviderStanzaOf(const json& user) {
  ProviderStanza stanza;
  stanza.args = ProviderArgs(user);
  if (stanza.args.empty()) return stanza;
  const json env = user.at("exec").value("env", json());
  for (const json& variable : env)
    stanza.env.emplace_back(TextAt(variable, "name"), TextAt(variable, "value"));
  return stanza;
}

bool RunsProvider(const json& user) {
  const std::vector<std::string> args = ProviderArgs(user);
  if (args.empty()) return HasLostItsArgs(user);
  return args.size() > 1 && args[1] != credential_provider::kExecName;
}

bool IsWrapped(const json& user) {
  const std::vector<std::string> args = ProviderArgs(user);
  return args.size() > 2 && args[1] == credential_provider::kExecName;
}

}  // namespace kubeconfig_writer
