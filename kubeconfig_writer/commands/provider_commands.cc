#include "kubeconfig_writer/commands/provider_commands.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/types/span.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/base/typed_name.h"
#include "credential_provider/cli/flag_defaults.h"
#include "credential_provider/cli/listing.h"
#include "credential_provider/cli/other_program.h"
#include "credential_provider/cli/report.h"
#include "credential_provider/commands/doctor_command.h"
#include "credential_provider/commands/explain_command.h"
#include "credential_provider/commands/export_credentials_command.h"
#include "credential_provider/commands/forget_command.h"
#include "credential_provider/commands/get_command.h"
#include "credential_provider/commands/get_exec_command.h"
#include "credential_provider/commands/issuer_commands.h"
#include "credential_provider/commands/log_command.h"
#include "credential_provider/commands/login_command.h"
#include "credential_provider/commands/status_command.h"
#include "credential_provider/commands/whoami_command.h"
#include "credential_provider/invocation/invocation.h"
#include "credential_provider/text/shell_words.h"
#include "kubeconfig_writer/commands/context_completion.h"
#include "kubeconfig_writer/commands/prompt_line.h"
#include "kubeconfig_writer/contexts/context_or_flags.h"
#include "kubeconfig_writer/contexts/context_stanza.h"
#include "kubeconfig_writer/entries/our_users.h"
#include "kubeconfig_writer/entries/provider_stanza.h"
#include "kubeconfig_writer/file/kubeconfig_path.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

using Args = std::vector<std::string>;

constexpr char kAll[] = "--all";

// Returns the flags among `specs` that `flags` have, as they are typed.
Args Typed(absl::Span<const FlagSpec> specs, const ParsedFlags& flags) {
  Args args;
  for (const FlagSpec& spec : specs) {
    if (!flags.Has(spec.name)) continue;
    if (spec.name == absl::string_view(kEndpointTypeFlag) && IsAutoByDefault(flags)) continue;
    args.push_back(spec.name);
    if (spec.value != nullptr) args.emplace_back(flags.Get(spec.name));
  }
  return args;
}

std::string FirstTyped(absl::Span<const FlagSpec> specs, const ParsedFlags& flags) {
  const auto* const found = std::find_if(
      specs.begin(), specs.end(), [&flags](const FlagSpec& spec) { return flags.HasTyped(spec.name); });
  return found == specs.end() ? "" : found->name;
}

Args operator+(Args args, const Args& more) {
  args.insert(args.end(), more.begin(), more.end());
  return args;
}

// Defaults of flags are in `args` already, where there may be any.
absl::StatusOr<Output> BecomeProvider(Args args) {
  if (args[0] != "get") args.insert(std::find(args.begin(), args.end(), "--"), kNoDefaultsFlag.name);
  if (!HasTypedName()) SetTypedName(kWriterProgramName);
  return Become(kProgramName, args);
}

absl::StatusOr<ContextStanza> FindStanza(const Command& command, const ParsedFlags& flags,
                                         const Environment& environment) {
  absl::StatusOr<MergedKubeconfig> kubeconfig = ReadMerged(flags, environment);
  if (!kubeconfig.ok()) return kubeconfig.status();
  absl::StatusOr<std::string> context = ChosenContext(command, flags, *kubeconfig);
  if (!context.ok()) return context.status();
  absl::StatusOr<ContextStanza> stanza = FindContextStanza(*kubeconfig, *context);
  if (stanza.ok() && flags.operands().empty())
    Say(absl::StrCat(command.name, ": of the current-context, ", *context));
  return stanza;
}

// The stanza's `get` as `command`: with its issuer and all its flags.
absl::StatusOr<Args> InPlaceOfGet(const Command& command, const ParsedFlags& given,
                                  const ContextStanza& stanza) {
  absl::StatusOr<ParsedFlags> flags = CompletedByStanza(given, stanza);
  if (!flags.ok()) return flags.status();
  const std::string& issuer = stanza.stanza.args[1];
  std::vector<FlagSpec> specs = GetFlags(*FindIssuerKind(issuer));
  specs.push_back(kOutputFlag);  // of explain
  return Args{command.name, issuer} + Typed(specs, *flags);
}

absl::StatusOr<Output> RunInPlaceOfGet(const Command& command, const ParsedFlags& flags,
                                       const Environment& environment) {
  absl::StatusOr<ContextStanza> stanza = FindStanza(command, flags, environment);
  if (!stanza.ok()) return stanza.status();
  absl::StatusOr<Args> args = InPlaceOfGet(command, flags, *stanza);
  if (!args.ok()) return args.status();
  AdoptVariables(stanza->stanza, environment);
  return BecomeProvider(*args + Args{kStanzaProgramFlag.name, stanza->stanza.command});
}

std::vector<FlagSpec> DoctorFlags(const Command&) { return {kKubeconfigFlag, kTimeoutFlag}; }

std::vector<FlagSpec> ExplainFlags(const Command&) { return {kKubeconfigFlag, kOutputFlag}; }

std::vector<FlagSpec> ForgetFlags(const Command&) {
  std::vector<FlagSpec> flags = kForgetCommand.flags(kForgetCommand);
  flags.push_back(kKubeconfigFlag);
  return flags;
}

absl::StatusOr<Output> RunForget(const Command& command, const ParsedFlags& flags,
                                 const Environment& environment) {
  const Args of_all = Typed(kForgetCommand.flags(kForgetCommand), flags);
  if (flags.Has(kAll) && !flags.operands().empty())
    return UsageError("forget: the name of a context, or --all, and not both");
  if (flags.Has(kAll)) return BecomeProvider(Args{command.name} + of_all);
  const std::string for_all = FirstTyped(kForgetCommand.flags(kForgetCommand), flags);
  if (!for_all.empty())
    return UsageError(absl::StrCat(for_all, ": for --all; a context says itself where it stores"));
  absl::StatusOr<ContextStanza> stanza = FindStanza(command, flags, environment);
  if (!stanza.ok()) return stanza.status();
  const bool wrapped = IsWrapped(stanza->user.content);
  absl::StatusOr<Args> args =
      wrapped ? Args{command.name} + Args(stanza->stanza.args.begin() + 1, stanza->stanza.args.end())
              : InPlaceOfGet(command, flags, *stanza);
  if (!args.ok()) return args.status();
  AdoptVariables(stanza->stanza, environment);
  return BecomeProvider(*args);
}

// A flag that says who asks is for who asks without a context.
std::vector<FlagSpec> WhoamiFlags(const Command&) {
  std::vector<FlagSpec> flags = kWhoamiCommand.flags(kWhoamiCommand);
  flags.push_back(kKubeconfigFlag);
  return flags;
}

// Who has no context of this program yet asks who would be the caller.
bool IsOfThisShell(const Command& command, const ParsedFlags& flags, const MergedKubeconfig& kubeconfig) {
  if (!flags.operands().empty()) return false;
  const std::string context = kubeconfig.current_context();
  if (!context.empty() && FindContextStanza(kubeconfig, context).ok()) return false;
  Say(absl::StrCat(command.name, ": as this shell signs in; ",
                   context.empty()
                       ? "there is no current-context"
                       : absl::StrCat("the current-context, ", context, ", is not of this program")));
  return true;
}

// Returns what makes `command` of the other program, whose flags are `specs`, ask as the context does that is
// the operand of `flags`, or the current one; `plain` where it is this shell that asks.
absl::StatusOr<Args> AsTheContextAsks(const Command& command, const std::vector<FlagSpec>& specs,
                                      const ParsedFlags& flags, const Args& plain,
                                      const Environment& environment) {
  if (flags.operands().empty() && ChooseByFlags(flags)) return plain;
  absl::StatusOr<MergedKubeconfig> kubeconfig = ReadMerged(flags, environment);
  if (!kubeconfig.ok()) return kubeconfig.status();
  if (IsOfThisShell(command, flags, *kubeconfig)) return plain;
  absl::StatusOr<ContextStanza> stanza = FindStanza(command, flags, environment);
  if (!stanza.ok()) return stanza.status();
  absl::StatusOr<ParsedFlags> all = CompletedByStanza(flags, *stanza);
  if (!all.ok()) return all.status();
  AdoptVariables(stanza->stanza, environment);
  return Args{command.name} + Typed(specs, *all);
}

// `own` is the row of its own table for the command.
absl::StatusOr<Output> RunForCaller(const Command& own, const Command& command, const ParsedFlags& flags,
                                    const Environment& environment) {
  const std::vector<FlagSpec> specs = own.flags(own);
  absl::StatusOr<Args> args =
      AsTheContextAsks(command, specs, flags, Args{command.name} + Typed(specs, flags), environment);
  return args.ok() ? BecomeProvider(*args) : args.status();
}

// The operands are somebody else's command, so the context is a flag.
constexpr FlagSpec kContextFlag = {"--context", "CONTEXT",
                                   "the context that says who asks (default: the current one)", nullptr,
                                   Preset::kNever};

std::vector<FlagSpec> ExportCredentialsFlags(const Command&) {
  std::vector<FlagSpec> flags = kExportCredentialsCommand.flags(kExportCredentialsCommand);
  flags.insert(flags.begin(), {kContextFlag, kKubeconfigFlag});
  return flags;
}

absl::StatusOr<Output> RunExportCredentials(const Command& command, const ParsedFlags& flags,
                                            const Environment& environment) {
  if (flags.operands().empty())
    return UsageError("export-credentials: needs the command that is to be run, after --");
  const std::vector<FlagSpec> specs = kExportCredentialsCommand.flags(kExportCredentialsCommand);
  std::vector<FlagSpec> with_kubeconfig = specs;
  with_kubeconfig.push_back(kKubeconfigFlag);
  Args of_context = Typed(with_kubeconfig, flags.WithoutDefaults(with_kubeconfig));
  if (flags.Has(kContextFlag.name)) of_context.emplace_back(flags.Get(kContextFlag.name));
  absl::StatusOr<ParsedFlags> parsed = ParseFlags(with_kubeconfig, of_context);
  if (!parsed.ok()) return UsageError(parsed.status());
  absl::StatusOr<Args> args =
      AsTheContextAsks(command, specs, *parsed, Args{command.name} + Typed(specs, flags), environment);
  if (!args.ok()) return args.status();
  return BecomeProvider(*args + Args{"--"} + flags.operands());
}

absl::StatusOr<Output> RunWhoami(const Command& command, const ParsedFlags& flags,
                                 const Environment& environment) {
  return RunForCaller(kWhoamiCommand, command, flags, environment);
}

std::vector<FlagSpec> LoginFlags(const Command&) {
  std::vector<FlagSpec> flags = kLoginCommand.flags(kLoginCommand);
  flags.push_back(kKubeconfigFlag);
  return flags;
}

absl::StatusOr<Output> RunLogin(const Command& command, const ParsedFlags& flags,
                                const Environment& environment) {
  return RunForCaller(kLoginCommand, command, flags, environment);
}

std::vector<FlagSpec> StatusFlags(const Command&) {
  std::vector<FlagSpec> flags = kStatusCommand.flags(kStatusCommand);
  flags.push_back(kKubeconfigFlag);
  flags.push_back(kPromptFlag);
  return flags;
}

absl::StatusOr<Output> RunStatus(const Command& command, const ParsedFlags& flags,
                                 const Environment& environment) {
  const std::vector<FlagSpec> specs = kStatusCommand.flags(kStatusCommand);
  if (flags.Has(kPromptFlag.name)) {  // and with what a prompt takes it would not be here
    return UsageError(absl::StrCat(kPromptFlag.name, ": takes one context and ", kKubeconfigFlag.name,
                                   " at most; a context says itself where it stores"));
  }
  if (flags.operands().empty()) return BecomeProvider(Args{command.name} + Typed(specs, flags));
  absl::StatusOr<ContextStanza> stanza = FindStanza(command, flags, environment);
  if (!stanza.ok()) return stanza.status();
  absl::StatusOr<ParsedFlags> all = CompletedByStanza(flags, *stanza);
  if (!all.ok()) return all.status();
  AdoptVariables(stanza->stanza, environment);
  return BecomeProvider(Args{command.name} + Typed(specs, *all));
}

// A row of the other's table, as it was typed.
absl::StatusOr<Output> Hand(const Command& command, const ParsedFlags& flags, const Environment&) {
  Args args = absl::StrSplit(NameOf(command), ' ');
  args = std::move(args) + Typed(command.flags(command), flags);
  if (!flags.operands().empty()) args = std::move(args) + Args{"--"} + flags.operands();
  return BecomeProvider(args);
}

bool AnyContextIsFor(const std::string& cluster_id, const MergedKubeconfig& kubeconfig) {
  const std::vector<OurRow> rows = FindOurRows(kubeconfig);
  return std::any_of(rows.begin(), rows.end(), [&](const OurRow& row) {
    const Args args = ProviderArgs(row.user.content);
    return row.is_context && std::find(args.begin(), args.end(), cluster_id) != args.end();
  });
}

// What works by its flags does nobody good whose kubectl has no context for it.
absl::StatusOr<Output> HandDoctor(const Command& command, const ParsedFlags& flags,
                                  const Environment& environment) {
  const std::string id(flags.Get(kClusterIdFlag.name));
  const absl::StatusOr<MergedKubeconfig> kubeconfig = ReadMerged(ParsedFlags(), environment);
  if (!id.empty() && kubeconfig.ok() && !AnyContextIsFor(id, *kubeconfig)) {
    const std::string install = ShellLine(Args{"kubeconfig_writer", "install", command.object} +
                                          Typed(command.flags(command), flags));
    PrintWarning(kWriterProgramName,
                 WithHint(absl::FailedPreconditionError(absl::StrCat(
                              "cluster ", Printable(id), ": no context of the kubeconfig leads to it")),
                          absl::StrCat("`", install, "` makes one")));
  }
  return Hand(command, flags, environment);
}

}  // namespace

std::vector<Command> ContextCommands() {
  return {
      {"doctor", "[CONTEXT]", "walks the path of a run and says where it fails",
       R"(Walks the path of a run with the flags and variables of the context's exec stanza, the current one's without CONTEXT:
configuration, plugin policy, network, clock, identity, STS, Container Service, credential, API server, list of namespaces,
store. Stops at the first thing that is broken. For a cluster that no context leads to: `credential_provider doctor ack`.)",
       &DoctorFlags, &RunInPlaceOfGet, &StanzaContextNames},
      {"explain", "[CONTEXT]", "who would ask, what is stored, and what would happen now",
       R"(Explains what a kubectl with a context, the current one without CONTEXT, would meet now, and does none of it: whether
kuberc lets it start this program, who would ask and why, what is stored, whether that would be served, renewed or replaced
and by which rule, and what differs from what there is for the same cluster. Uses no network and writes nothing. The exit
status is 1 when there would be no answer.)",
       &ExplainFlags, &RunInPlaceOfGet, &StanzaContextNames},
      {"whoami", "[CONTEXT]", "who asks, and where the AccessKey comes from",
       R"(Shows who asks in a context, the current one without CONTEXT: with the identity flags and variables of its exec stanza.
Without a context of this program, or with identity flags, it is who asks in this shell. Asks STS. No secret is shown.)",
       &WhoamiFlags, &RunWhoami, &StanzaContextNames},
      {"login", "[CONTEXT]", "signs in again, with CloudSSO or OAuth, where that has expired",
       R"(Signs in again to the profile of `aliyun` that a context, the current one without CONTEXT, goes by, or to that of
--profile: of mode CloudSSO by a code that you confirm in any browser, of mode OAuth by a browser that comes back to this
program, or by pasting the address at which it ends. Writes the new tokens into that profile, and nothing else: which profile
is the current one stays. Until you have signed in, Ctrl-C changes nothing. No token is shown.)",
       &LoginFlags, &RunLogin, &StanzaContextNames},
      {"status", "[CONTEXT]", "what is stored, in all or of a context's cluster",
       R"(Shows what is stored, of the cluster of CONTEXT or in all: cluster, identity, issuer, expiry, last renewal and where; and
where new credentials are kept. No secret is shown. With --prompt it is one short line for a shell's prompt about CONTEXT,
the current one without, or nothing where there is nothing to say: see docs/prompt.md.)",
       &StatusFlags, &RunStatus, &StanzaContextNames},
      {kExportCredentialsCommand.name, kExportCredentialsCommand.operands,
       "runs a command with the temporary key of who asks in a context",
       R"(Runs COMMAND with the temporary key of who asks in a context, the current one without --context, in its environment: as
Terraform, ossutil, aliyun and the SDKs look for it (ALIBABA_CLOUD_ACCESS_KEY_ID and so on), and the region. What is there of
another identity is taken out. The key is in no file and no argument; COMMAND takes the place of this program, so signals and exit
status are its own. A role is assumed anew, for its whole duration. A permanent key is refused without --permanent-key.)",
       &ExportCredentialsFlags, &RunExportCredentials},
      {"forget", "[CONTEXT]", "removes what is stored of a context's cluster, or everything, with --all",
       R"(Removes all that is stored of the cluster of a context, the current one without CONTEXT, whoever asked for it, and the
sessions of who asks now; the next kubectl asks again. Of a context with another plugin it is what `get exec` has stored of
it. With --all it is everything. That nothing was stored is a warning and no failure.)",
       &ForgetFlags, &RunForget, &StanzaContextNames},
  };
}

std::vector<Command> HandedCommands() {
  const bool is_plugin = TypedName(kWriterProgramName) == kKubectlPlugin;
  std::vector<Command> all = DoctorCommands();
  for (Command& command : all) command.run = &HandDoctor;
  std::vector<Command> others = ExplainCommands();
  others.push_back(kLogCommand);
  const std::vector<Command> forget = ForgetCommands();
  others.insert(others.end(), forget.begin(), forget.end());
  others.push_back(kForgetExecCommand);
  const std::vector<Command> get = GetCommands();
  others.insert(others.end(), get.begin(), get.end());
  others.push_back(kGetExecCommand);
  for (Command& command : others) command.run = &Hand;
  all.insert(all.end(), others.begin(), others.end());
  for (Command& command : all) {
    if (!is_plugin) command.summary = "";
  }
  return all;
}

}  // namespace kubeconfig_writer
