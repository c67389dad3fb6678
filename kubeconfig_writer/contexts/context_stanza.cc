#include "kubeconfig_writer/contexts/context_stanza.h"

#include <cstdlib>
#include <vector>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/invocation/invocation.h"
#include "credential_provider/process/child_environment.h"
#include "credential_provider/text/shell_words.h"
#include "kubeconfig_writer/entries/install_line.h"
#include "kubeconfig_writer/entries/provider_stanza.h"
#include "kubeconfig_writer/schema/text_field.h"
#include "kubeconfig_writer/schema/user_fields.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

// What somebody else's user proves itself with, in words and without a value.
std::string ProofInWords(const nlohmann::json& user) {
  const std::string field = StaticFieldOf(user);
  if (!field.empty()) return absl::StrCat("has a static credential (", field, ")");
  if (user.is_object() && user.contains("exec") && user.at("exec").is_object())
    return absl::StrCat("runs ", Printable(TextAt(user.at("exec"), "command")));
  if (user.is_object() && user.contains("auth-provider")) return "uses an auth-provider";
  return "has no credential";
}

absl::Status NotOurs(const std::string& context, const KubeconfigEntry& user) {
  return WithHint(absl::FailedPreconditionError(
                      absl::StrCat("context ", Printable(context), ": not of this program: its user ",
                                   Printable(user.name), " ", ProofInWords(user.content))),
                  absl::StrCat("`", ShellLine({"kubeconfig_writer", "verify", context}),
                               "` tests any context; `kubeconfig_writer list` shows those of this program"));
}

absl::Status Unreadable(const ContextStanza& stanza, const absl::Status& reason) {
  const std::string again = InstallLine(stanza.user);
  return WithHint(
      absl::FailedPreconditionError(absl::StrCat("context ", Printable(stanza.context), ": its user ",
                                                 Printable(stanza.user.name), ": ", reason.message())),
      again.empty() ? "install it again" : absl::StrCat("`", again, "` writes it anew"));
}

absl::Status RunsAnother(const ContextStanza& stanza) {
  return WithHint(absl::FailedPreconditionError(absl::StrCat("context ", Printable(stanza.context),
                                                             ": runs another plugin through `get exec`")),
                  absl::StrCat("`", ShellLine({"kubeconfig_writer", "verify", stanza.context}),
                               "` tests it; the plugin knows who asks"));
}

}  // namespace

absl::StatusOr<ContextStanza> FindContextStanza(const MergedKubeconfig& kubeconfig, const std::string& name) {
  const std::string subject = absl::StrCat("context ", Printable(name));
  const absl::optional<KubeconfigEntry> context = kubeconfig.Find(KubeconfigList::kContexts, name);
  if (!context) {
    return WithHint(absl::NotFoundError(absl::StrCat(subject, ": not in the kubeconfig")),
                    "`kubeconfig_writer list` shows those of this program");
  }
  const std::string user_name = TextAt(context->content, "user");
  absl::optional<KubeconfigEntry> user = kubeconfig.Find(KubeconfigList::kUsers, user_name);
  if (!user) {
    return WithHint(absl::NotFoundError(absl::StrCat(subject, ": its user ", Printable(user_name),
                                                     " is not in the kubeconfig")),
                    "complete the context, or install it again");
  }
  if (!RunsProvider(user->content) && !IsWrapped(user->content)) return NotOurs(name, *user);
  absl::StatusOr<ExecStanza> stanza = ParseExecStanza(user->content.at("exec"), user->file);
  if (!stanza.ok()) return WithContext(stanza.status(), subject);
  return ContextStanza{name, *std::move(user), *std::move(stanza)};
}

absl::StatusOr<ParsedFlags> CompletedByStanza(const ParsedFlags& given, const ContextStanza& stanza) {
  if (IsWrapped(stanza.user.content)) return RunsAnother(stanza);
  const absl::StatusOr<Invocation> invocation = ParseInvocation(stanza.stanza.args);
  if (!invocation.ok()) return Unreadable(stanza, invocation.status());
  const std::vector<FlagSpec> specs = GetFlags(*invocation->kind);
  const absl::StatusOr<ParsedFlags> of_stanza =
      ParseFlags(specs, absl::MakeSpan(stanza.stanza.args).subspan(2));
  if (!of_stanza.ok()) return Unreadable(stanza, of_stanza.status());
  ParsedFlags all = given.WithoutDefaults(specs);  // it is the stanza that decides
  for (const FlagSpec& spec : specs) {
    if (of_stanza->Has(spec.name) && !all.Has(spec.name))
      all = all.With(spec.name, of_stanza->Get(spec.name));
  }
  return all;
}

Environment AdoptVariables(const ExecStanza& stanza, const Environment& environment) {
  auto& variables = *new ChildEnvironment(environment);  // for the rest of the run
  for (const auto& [name, value] : stanza.env) {
    variables.Set(name, value);
    setenv(name.c_str(), value.c_str(), 1);
  }
  return variables.environment();
}

}  // namespace kubeconfig_writer
