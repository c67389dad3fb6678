#include "kubeconfig_writer/entries/wrapped_user.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "kubeconfig_writer/entries/provider_command.h"
#include "kubeconfig_writer/entries/provider_stanza.h"
#include "kubeconfig_writer/schema/text_field.h"
#include "kubeconfig_writer/schema/user_fields.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two
using nlohmann::json;
using nlohmann::ordered_json;

// The user's content when it has a stanza with a command.
absl::StatusOr<json> ContentOf(absl::string_view name, const KubeconfigDocument& document) {
  absl::optional<json> user = document.Find(KubeconfigList::kUsers, name);
  if (user && user->is_object() && user->contains("exec") && user->at("exec").is_object() &&
      !TextAt(user->at("exec"), "command").empty()) {
    return *std::move(user);
  }
  return WithHint(
      absl::NotFoundError(absl::StrCat("user ", Printable(name), ": not there, or without an exec stanza")),
      "install exec wraps an exec plugin; `kubectl config view` shows which users have one");
}

// Puts the plugin that is in the arguments of `get exec` back into the stanza.
absl::Status Unwrap(json* exec) {
  const std::vector<std::string> args = ArgsIn(*exec);
  absl::StatusOr<ParsedFlags> flags = ParseFlags(ExecInvocationFlags(), absl::MakeConstSpan(args).subspan(2));
  if (!flags.ok()) return flags.status();
  if (flags->operands().empty()) return absl::FailedPreconditionError("no command after get exec");
  (*exec)["command"] = flags->operands().front();
  exec->erase("args");
  if (flags->operands().size() > 1)
    (*exec)["args"] = std::vector<std::string>(flags->operands().begin() + 1, flags->operands().end());
  return absl::OkStatus();
}

// The names of the stanza's own variables.
std::vector<std::string> VariablesOf(const json& exec) {
  std::vector<std::string> names;
  const auto env = exec.find("env");
  if (env == exec.end() || !env->is_array()) return names;
  for (const json& variable : *env) {
    if (variable.is_object()) names.push_back(TextAt(variable, "name"));
  }
  return names;
}

absl::Status CheckNothingStatic(const json& user) {
  const std::string field = StaticFieldOf(user);
  if (field.empty()) return absl::OkStatus();
  return WithHint(absl::FailedPreconditionError(absl::StrCat("has a ", field, " beside its plugin")),
                  "kubectl uses that and never starts the plugin: take it out of the user first");
}

absl::Status Wrap(const std::string& provider, ExecInvocation invocation, json* exec) {
  const std::string command = TextAt(*exec, "command");
  if (command[0] != '/' && absl::StrContains(command, "/")) {
    return WithHint(absl::FailedPreconditionError(absl::StrCat(
                        Printable(command, 100), ": a command relative to the kubeconfig's folder")),
                    "write its whole path there first");
  }
  absl::StatusOr<ExecApiVersion> version = ParseExecApiVersion(TextAt(*exec, "apiVersion"));
  if (!version.ok()) return version.status();
  invocation.answer.api_version = *version;
  std::vector<std::string>& key_env = invocation.exec.key_env;
  for (const std::string& name : VariablesOf(*exec)) {
    if (std::find(key_env.begin(), key_env.end(), name) == key_env.end()) key_env.push_back(name);
  }
  invocation.exec.command = ArgsIn(*exec);
  invocation.exec.command.insert(invocation.exec.command.begin(), command);
  (*exec)["command"] = provider;
  (*exec)["args"] = FormatExecInvocation(invocation);
  return absl::OkStatus();
}

// Returns the text of `document` with the plugin of `name` put back, or nothing where that fails.
absl::optional<std::string> TextUnwrapped(absl::string_view name, KubeconfigDocument document) {
  const absl::StatusOr<std::vector<KubeconfigEdit>> edits = EditsToUnwrap(name, document);
  if (!edits.ok() || !document.Apply(*edits).ok()) return absl::nullopt;
  return document.text();
}

// Refuses what uninstall could not give back byte by byte.
absl::Status CheckComesBack(absl::string_view name, const KubeconfigDocument& before,
                            const KubeconfigDocument& after) {
  const bool again = IsWrapped(before, name);
  const absl::optional<std::string> old = again ? TextUnwrapped(name, before) : before.text();
  if (!old.has_value() || TextUnwrapped(name, after) == old) return absl::OkStatus();
  return WithHint(
      absl::FailedPreconditionError("uninstall could not give its stanza back as it is written"),
      "nothing was changed: write command and args on lines of their own, without anchors, and try again");
}

}  // namespace

std::string WrappedCommand(const json& user) {
  if (!IsWrapped(user)) return "";
  json exec = user.at("exec");
  return Unwrap(&exec).ok() ? TextAt(exec, "command") : "";
}

bool IsWrapped(const KubeconfigDocument& document, absl::string_view name) {
  const absl::optional<json> user = document.Find(KubeconfigList::kUsers, name);
  return user.has_value() && IsWrapped(*user);
}

absl::Status WrapUser(absl::string_view name, const std::string& provider, const ExecInvocation& invocation,
                      KubeconfigDocument& document) {
  absl::StatusOr<json> user = ContentOf(name, document);
  if (!user.ok()) return user.status();
  json& exec = user->at("exec");
  absl::Status wrapped = CheckNothingStatic(*user);
  if (wrapped.ok() && IsWrapped(*user)) wrapped = Unwrap(&exec);
  if (wrapped.ok() && IsProviderCommand(TextAt(exec, "command")))
    wrapped = WithHint(absl::FailedPreconditionError("runs credential_provider already, which has a store"),
                       "nothing to do: install exec is for other plugins");
  if (wrapped.ok()) wrapped = Wrap(provider, invocation, &exec);
  if (!wrapped.ok()) return WithContext(wrapped, absl::StrCat("user ", Printable(name)));
  KubeconfigDocument after = document;
  wrapped = after.Set(KubeconfigList::kUsers, name, ordered_json(*user));
  if (!wrapped.ok()) return wrapped;
  wrapped = CheckComesBack(name, document, after);
  if (!wrapped.ok()) return WithContext(wrapped, absl::StrCat("user ", Printable(name)));
  document = std::move(after);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<KubeconfigEdit>> EditsToUnwrap(absl::string_view name,
                                                          const KubeconfigDocument& document) {
  absl::StatusOr<json> user = ContentOf(name, document);
  if (!user.ok()) return user.status();
  if (!IsWrapped(*user))
    return absl::NotFoundError(absl::StrCat("user ", Printable(name), ": not wrapped by this program"));
  absl::Status unwrapped = Unwrap(&user->at("exec"));
  if (!unwrapped.ok()) return WithContext(unwrapped, absl::StrCat("user ", Printable(name)));
  return std::vector<KubeconfigEdit>{KubeconfigEdit::Set(KubeconfigList::kUsers, name, ordered_json(*user))};
}

}  // namespace kubeconfig_writer
