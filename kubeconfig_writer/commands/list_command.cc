#include "kubeconfig_writer/commands/list_command.h"

#include <unistd.h>

#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/base/terminal.h"
#include "credential_provider/cli/listing.h"
#include "credential_provider/cli/report.h"
#include "credential_provider/identity/identity_words.h"
#include "credential_provider/text/shell_words.h"
#include "credential_provider/text/time_text.h"
#include "kubeconfig_writer/commands/command_notice.h"
#include "kubeconfig_writer/contexts/context_or_flags.h"
#include "kubeconfig_writer/entries/our_entries.h"
#include "kubeconfig_writer/file/kubeconfig_path.h"
#include "kubeconfig_writer/migration/ack_ram_tool_user.h"
#include "kubeconfig_writer/schema/text_field.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

// A principal and a role; what else tells sessions apart is in the JSON.
constexpr size_t kLongestWho = 80;

std::string StateInWords(const OurEntry& entry, absl::Time now) {
  if (entry.state == "stored") return absl::StrCat("expires ", InWords(entry.expires, now));
  constexpr size_t kLongestProblem = 60;
  if (entry.problem.empty()) return entry.state;
  return absl::StrCat(entry.state, ": ", Printable(entry.problem, kLongestProblem));
}

bool IsBroken(absl::string_view state) {
  return absl::StartsWith(state, "incomplete") || absl::StartsWith(state, "command not found") ||
         absl::StartsWith(state, "arguments") || absl::StartsWith(state, "no identity");
}

// A column of the table.
struct Column {
  const char* heading;
  std::string (*cell)(const OurEntry& entry, absl::Time now);
  bool is_wide;     // left out where a terminal shows what is most asked for
  bool may_be_cut;  // at a terminal
};

constexpr Column kColumns[] = {
    {"CURRENT", [](const OurEntry& entry, absl::Time) -> std::string { return entry.current ? "*" : ""; },
     false, false},
    {"CONTEXT", [](const OurEntry& entry, absl::Time) { return entry.context; }, false, false},
    {"CLUSTER", [](const OurEntry& entry, absl::Time) { return entry.cluster_id; }, true, false},
    {"ISSUER", [](const OurEntry& entry, absl::Time) { return entry.issuer; }, true, false},
    {"IDENTITY", [](const OurEntry& entry, absl::Time) { return entry.identity; }, true, false},
    {"WHO",
     [](const OurEntry& entry, absl::Time) { return Printable(IdentityInWords(entry.who), kLongestWho); },
     false, true},
    {"CREDENTIAL", [](const OurEntry& entry, absl::Time now) { return StateInWords(entry, now); }, false,
     true},
    {"FILE", [](const OurEntry& entry, absl::Time) { return entry.file; }, true, false},
};

std::string FormatListTable(const std::vector<OurEntry>& entries, absl::Time now, bool is_wide) {
  if (entries.empty()) return LineFor(STDOUT_FILENO, "no entries of this program");
  std::vector<TableRow> rows(entries.size() + 1);
  TableForm form = {{}, &IsBroken};
  for (const Column& column : kColumns) {
    if (column.is_wide && !is_wide) continue;
    if (column.may_be_cut && !is_wide) form.may_be_cut.push_back(rows[0].size());
    rows[0].push_back(column.heading);
    for (size_t i = 0; i < entries.size(); ++i) rows[i + 1].push_back(column.cell(entries[i], now));
  }
  return FormatTable(rows, form);
}

nlohmann::ordered_json ListJson(const std::vector<OurEntry>& entries) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const OurEntry& entry : entries) {
    list.push_back({{"context", entry.context},
                    {"current", entry.current},
                    {"clusterId", entry.cluster_id},
                    {"issuer", entry.issuer},
                    {"identity", entry.identity},
                    {"who", entry.who},
                    {"command", entry.command},
                    {"state", entry.state},
                    {"problem", entry.problem},
                    {"expires", entry.state == "stored" ? FormatInstant(entry.expires) : ""},
                    {"file", entry.file}});
  }
  return list;
}

std::vector<std::string> ContextsOf(const std::vector<OurEntry>& entries) {
  std::vector<std::string> contexts;
  for (const OurEntry& entry : entries) {
    if (entry.is_context) contexts.push_back(entry.context);
  }
  return contexts;
}

void WarnOfCommands(const std::vector<OurEntry>& entries, const Environment& environment) {
  std::set<std::string> commands;
  for (const OurEntry& entry : entries) {
    if (!entry.command.empty() && commands.insert(entry.command).second)
      WarnOfCommand(entry.command, entry.install_line, environment);
  }
}

// Those of another plugin for ACK, which `migrate` takes over.
void SayAckRamTool(const MergedKubeconfig& kubeconfig) {
  std::vector<std::string> contexts;
  for (const std::string& name : kubeconfig.Names(KubeconfigList::kContexts)) {
    const std::string user = TextAt(kubeconfig.Get(KubeconfigList::kContexts, name).content, "user");
    if (RunsAckRamTool(kubeconfig.Get(KubeconfigList::kUsers, user).content)) contexts.push_back(name);
  }
  if (contexts.empty()) return;
  const bool is_one = contexts.size() == 1;
  Say(absl::StrCat("by ack-ram-tool: ", Printable(absl::StrJoin(contexts, ", "), 200), "; `",
                   ShellLine({"kubeconfig_writer", "migrate", is_one ? contexts.front() : "--all"}), "` ",
                   is_one ? "takes it over, with the same identity"
                          : "takes them over, with the same identity, and replaces every static key of ACK"));
}

std::vector<FlagSpec> ListFlags(const Command&) { return {kKubeconfigFlag, kOutputOrWideFlag}; }

absl::StatusOr<Output> RunList(const Command&, const ParsedFlags& flags, const Environment& environment) {
  absl::StatusOr<OutputFormat> format = ParseOutputFormat(flags);
  if (!format.ok()) return format.status();
  absl::StatusOr<MergedKubeconfig> kubeconfig = ReadMerged(flags, environment);
  if (!kubeconfig.ok()) return kubeconfig.status();
  const std::vector<OurEntry> entries = ListOurEntries(*kubeconfig, environment);
  WarnOfCommands(entries, environment);
  if (IsData(*format)) return Output{FormatData(ListJson(entries), *format)};
  if (*format != OutputFormat::kName) SayAckRamTool(*kubeconfig);
  const bool is_wide = *format == OutputFormat::kWide || !IsTerminal(STDOUT_FILENO);
  return Output{*format == OutputFormat::kName ? FormatNames(ContextsOf(entries))
                                               : FormatListTable(entries, absl::Now(), is_wide)};
}

}  // namespace

const Command kListCommand = {
    "list",
    "",
    "the contexts that this program made, and the state of their credentials",
    R"(Shows the contexts that lead to this program's users, in all files of the kubeconfig: cluster, issuer, identity flags
or the plugin that `install exec` has wrapped, whom these stand for as far as this machine knows, file, and whether a
credential is stored and when it expires, or what is missing. At a terminal the table has what is most asked for, and all
with `-o wide`; in a pipe it has all. Uses no network.)",
    &ListFlags,
    &RunList,
};

}  // namespace kubeconfig_writer
