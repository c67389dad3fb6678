#include "kubeconfig_writer/commands/list_command.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/listing.h"
#include "credential_provider/text/time_text.h"
#include "kubeconfig_writer/commands/command_notice.h"
#include "kubeconfig_writer/contexts/context_or_flags.h"
#include "kubeconfig_writer/entries/our_entries.h"
#include "kubeconfig_writer/file/kubeconfig_path.h"

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

std::string FormatListTable(const std::vector<OurEntry>& entries, absl::Time now) {
  if (entries.empty()) return "no entries of this program\n";
  std::vector<TableRow> rows = {
      {"CURRENT", "CONTEXT", "CLUSTER", "ISSUER", "IDENTITY", "WHO", "CREDENTIAL", "FILE"}};
  for (const OurEntry& entry : entries) {
    rows.push_back({entry.current ? "*" : "", entry.context, entry.cluster_id, entry.issuer, entry.identity,
                    Printable(entry.who, kLongestWho), StateInWords(entry, now), entry.file});
  }
  return FormatTable(rows);
}

std::string FormatListJson(const std::vector<OurEntry>& entries) {
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
  return FormatJson(list);
}

void WarnOfCommands(const std::vector<OurEntry>& entries, const Environment& environment) {
  std::set<std::string> commands;
  for (const OurEntry& entry : entries) {
    if (!entry.command.empty() && commands.insert(entry.command).second)
      WarnOfCommand(entry.command, entry.install_line, environment);
  }
}

std::vector<FlagSpec> ListFlags(const Command&) { return {kKubeconfigFlag, kOutputFlag}; }

absl::StatusOr<Output> RunList(const Command&, const ParsedFlags& flags, const Environment& environment) {
  absl::StatusOr<OutputFormat> format = ParseOutputFormat(flags);
  if (!format.ok()) return format.status();
  absl::StatusOr<MergedKubeconfig> kubeconfig = ReadMerged(flags, environment);
  if (!kubeconfig.ok()) return kubeconfig.status();
  const std::vector<OurEntry> entries = ListOurEntries(*kubeconfig, environment);
  WarnOfCommands(entries, environment);
  return Output{*format == OutputFormat::kJson ? FormatListJson(entries)
                                               : FormatListTable(entries, absl::Now())};
}

}  // namespace

const Command kListCommand = {
    "list",
    "",
    "the contexts that this program made, and the state of their credentials",
    R"(Shows the contexts that lead to this program's users, in all files of the kubeconfig: cluster, issuer, identity flags
or the plugin that `install exec` has wrapped, whom these stand for as far as this machine knows, file, and whether a
credential is stored and when it expires, or what is missing. Uses no network.)",
    &ListFlags,
    &RunList,
};

}  // namespace kubeconfig_writer
