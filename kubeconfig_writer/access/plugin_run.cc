#include "kubeconfig_writer/access/plugin_run.h"

#include <unistd.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/invocation/exec_invocation.h"
#include "credential_provider/kubernetes/exec_credential_parser.h"
#include "credential_provider/language/in_language.h"
#include "credential_provider/log/log.h"
#include "credential_provider/process/child_environment.h"
#include "credential_provider/process/child_program.h"
#include "credential_provider/process/executable.h"
#include "credential_provider/text/redact.h"
#include "kubeconfig_writer/access/plugin_secrets.h"
#include "kubeconfig_writer/entries/provider_command.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

constexpr size_t kLongestComplaint = 400;

bool Wraps(const ExecStanza& stanza) { return stanza.args.size() > 1 && stanza.args[1] == kExecName; }

absl::StatusOr<bool> IsInteractive(const ExecStanza& stanza) {
  const bool terminal = isatty(STDIN_FILENO) != 0;
  if (stanza.interactive == ExecStanza::Interactive::kAlways && !terminal) {
    return WithHint(absl::FailedPreconditionError("interactiveMode is Always, and stdin is not a terminal"),
                    "run this at a terminal");
  }
  return terminal && stanza.interactive != ExecStanza::Interactive::kNever;
}

absl::Status NotFound(const ExecStanza& stanza, const std::string& install_line,
                      const Environment& environment) {
  const bool ours = IsProviderCommand(stanza.command);
  const std::string hint =
      ours ? HintOf(CheckCommand(stanza.command, install_line, environment)) : Printable(stanza.install_hint);
  absl::Status reason = NotExecutable(stanza.command);
  if (hint.empty() || !absl::IsNotFound(reason)) return reason;
  return WithHint(absl::NotFoundError(reason.message()), hint);
}

// Takes out of `text` what the plugin printed for kubectl, and what it was told that is a secret or, unless
// the complaint is `ours`, may be one: our own names clusters and identities that are arguments, and is
// clean.
std::string Clean(absl::string_view text, bool ours, const ExecStanza& stanza, const Environment& environment,
                  const Secret& out) {
  std::vector<Secret> told = NamedSecrets(stanza, environment);
  if (!ours) {
    for (Secret& text_of_stanza : StanzaTexts(stanza)) told.push_back(std::move(text_of_stanza));
  }
  std::vector<const Secret*> secrets = {&out};
  for (const Secret& secret : told) secrets.push_back(&secret);
  return Printable(Redact(text, secrets), kLongestComplaint);
}

// Where "PROGRAM: WORD: " of our own begins and ends in a text, in English or the reader's language.
struct Label {
  size_t begin = absl::string_view::npos;
  size_t end = absl::string_view::npos;
};

Label FindLabel(absl::string_view text, absl::string_view word) {
  for (const std::string& written : {std::string(word), InLanguage(word)}) {
    const std::string label = absl::StrCat("credential_provider: ", written, ": ");
    const size_t begin = text.find(label);
    if (begin != absl::string_view::npos) return {begin, begin + label.size()};
  }
  return {};
}

// The plugin's own words end with a hint when it is ours; then that is the hint here, too.
absl::Status Failed(const ExecStanza& stanza, const Environment& environment, const ChildResult& result) {
  const absl::string_view said = absl::StripAsciiWhitespace(result.err.Reveal());
  const Label hint = FindLabel(said, "hint");
  absl::string_view complaint = absl::StripAsciiWhitespace(said.substr(0, hint.begin));
  const Label error = FindLabel(complaint, "error");
  const bool ours = error.begin == 0;
  if (ours) complaint.remove_prefix(error.end);
  const auto clean = [&](absl::string_view text) {
    return Clean(text, ours, stanza, environment, result.out);
  };
  absl::Status failed = absl::UnauthenticatedError(
      absl::StrCat("exit status ", result.status, complaint.empty() ? "" : ": ", clean(complaint)));
  if (ours && hint.begin != absl::string_view::npos) return WithHint(failed, clean(said.substr(hint.end)));
  return failed;
}

// The program is named by who calls.
absl::Status NotRun(const absl::Status& status, absl::string_view file) {
  absl::string_view reason = status.message();
  absl::ConsumePrefix(&reason, absl::StrCat(file, ": "));
  const absl::Status named(status.code(), reason);
  if (absl::IsDeadlineExceeded(status)) return WithHint(named, "give it more time with --timeout");
  const std::string hint = HintOf(status);
  return hint.empty() ? named : WithHint(named, hint);
}

absl::StatusOr<Credential> Start(const ExecStanza& stanza, const std::string& install_line,
                                 const nlohmann::ordered_json& cluster_info, const Environment& environment,
                                 absl::Duration time_limit) {
  const std::string file = FindExecutable(stanza.command, environment.Get("PATH"));
  if (file.empty()) return NotFound(stanza, install_line, environment);
  absl::StatusOr<bool> interactive = IsInteractive(stanza);
  if (!interactive.ok()) return interactive.status();
  ChildEnvironment variables(environment);
  for (const auto& [name, value] : stanza.env) variables.Set(name, value);
  variables.Set("KUBERNETES_EXEC_INFO", FormatExecInfo(stanza.api_version, cluster_info, *interactive));
  // In English and without colour: its hint is found by its words, and what it says is shown to the reader
  // here. One that wraps another plugin gets what kubectl gives: its credential is stored under its
  // variables.
  if (IsProviderCommand(stanza.command) && !Wraps(stanza)) {
    variables.Set("LC_ALL", "C");
    variables.Set("NO_COLOR", "1");
  }
  // What it would log on stderr would be taken for its complaint.
  if (environment.Get(kLogFileVariable).empty()) variables.Set(kLogVariable, "");
  ChildProgram program = {{file}, variables.environment().entries(), time_limit};
  program.argv.insert(program.argv.end(), stanza.args.begin(), stanza.args.end());
  program.shares_terminal = *interactive;
  absl::StatusOr<ChildResult> result = RunChild(program);
  if (!result.ok()) return NotRun(result.status(), file);
  if (result->status != 0) return Failed(stanza, variables.environment(), *result);
  return ParseExecCredential(result->out.Reveal(), stanza.api_version);
}

}  // namespace

absl::StatusOr<Credential> RunPlugin(const ExecStanza& stanza, const std::string& install_line,
                                     const nlohmann::ordered_json& cluster_info,
                                     const Environment& environment, absl::Duration time_limit) {
  absl::StatusOr<Credential> answer = Start(stanza, install_line, cluster_info, environment, time_limit);
  if (answer.ok()) return answer;
  return WithHint(WithContext(answer.status(), absl::StrCat("plugin ", Printable(stanza.command))),
                  "run the command of the user's exec stanza by hand");
}

}  // namespace kubeconfig_writer
