#include "kubeconfig_writer/commands/audit_command.h"

#include <unistd.h>

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/listing.h"
#include "credential_provider/cli/report.h"
#include "credential_provider/text/time_text.h"
#include "kubeconfig_writer/audit/audit.h"
#include "kubeconfig_writer/file/kubeconfig_path.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

constexpr int kFound = 3;  // the exit status when something was found

std::vector<Finding> AuditAll(const std::vector<std::string>& paths, const Environment& environment) {
  std::vector<Finding> findings;
  for (const std::string& path : paths) {
    for (Finding& finding : Audit(path, environment)) findings.push_back(std::move(finding));
  }
  return findings;
}

std::string EndOf(const Finding& finding, absl::Time now) {
  if (finding.ends == absl::InfiniteFuture()) return "";
  return absl::StrCat(FormatInstant(finding.ends), " (", InWords(finding.ends, now), ")");
}

// A line for each kind of finding, in the order in which they were found.
std::string FormatRemedies(const std::vector<Finding>& findings) {
  std::string lines;
  std::set<std::string> said;
  for (const Finding& finding : findings) {
    if (said.insert(finding.kind).second)
      lines += LineFor(STDOUT_FILENO, absl::StrCat(finding.kind, ": ", RemedyFor(finding.kind)));
  }
  return lines;
}

std::string FormatAuditTable(const std::vector<Finding>& findings, absl::Time now) {
  if (findings.empty()) return LineFor(STDOUT_FILENO, "nothing found");
  std::vector<TableRow> rows = {{"FILE", "ENTRY", "FINDING", "PLACE", "EXPIRES", "DETAILS"}};
  for (const Finding& finding : findings) {
    rows.push_back(
        {finding.file, finding.entry, finding.kind, finding.place, EndOf(finding, now), finding.details});
  }
  return absl::StrCat(FormatTable(rows), "\n", FormatRemedies(findings));
}

nlohmann::ordered_json AuditJson(const std::vector<Finding>& findings) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Finding& finding : findings) {
    list.push_back({{"file", finding.file},
                    {"entry", finding.entry},
                    {"finding", finding.kind},
                    {"place", finding.place},
                    {"ends", finding.ends == absl::InfiniteFuture() ? "" : FormatInstant(finding.ends)},
                    {"details", finding.details},
                    {"remedy", std::string(RemedyFor(finding.kind))}});
  }
  return list;
}

std::vector<FlagSpec> AuditFlags(const Command&) { return {kKubeconfigFlag, kOutputFlag}; }

bool IsThere(const std::string& path) { return access(path.c_str(), F_OK) == 0; }

absl::Status CheckThere(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    if (!IsThere(path)) return WithHint(ErrnoError(errno, path), "check the path: nothing was looked at");
  }
  return absl::OkStatus();
}

// kubectl skips files of KUBECONFIG that are not there, but a gate that has looked at none must not be
// passed.
absl::Status CheckAnyThere(const std::vector<std::string>& paths, const Environment& environment) {
  if (environment.Get("KUBECONFIG").empty() || std::any_of(paths.begin(), paths.end(), IsThere))
    return absl::OkStatus();
  return WithHint(absl::NotFoundError("KUBECONFIG: none of its files is there"),
                  "check the variable: nothing was looked at");
}

// The files to look at: those that were named, or the kubeconfig. What was named must be there.
absl::StatusOr<std::vector<std::string>> FilesOf(const ParsedFlags& flags, const Environment& environment) {
  const bool has_flag = flags.Has(kKubeconfigFlag.name);
  if (!flags.operands().empty() && has_flag)
    return UsageError("audit: files and --kubeconfig exclude each other");
  absl::StatusOr<std::vector<std::string>> paths = flags.operands();
  if (paths->empty()) paths = KubeconfigPaths(flags.Get(kKubeconfigFlag.name), environment);
  if (!paths.ok()) return paths;
  const bool is_named = has_flag || !flags.operands().empty();
  absl::Status there = is_named ? CheckThere(*paths) : CheckAnyThere(*paths, environment);
  if (!there.ok()) return there;
  return paths;
}

absl::StatusOr<Output> RunAudit(const Command&, const ParsedFlags& flags, const Environment& environment) {
  absl::StatusOr<OutputFormat> format = ParseOutputFormat(flags);
  if (!format.ok()) return format.status();
  absl::StatusOr<std::vector<std::string>> paths = FilesOf(flags, environment);
  if (!paths.ok()) return paths.status();
  const std::vector<Finding> findings = AuditAll(*paths, environment);
  return Output{
      IsData(*format) ? FormatData(AuditJson(findings), *format) : FormatAuditTable(findings, absl::Now()),
      findings.empty() ? kSuccess : kFound};
}

}  // namespace

const Command kAuditCommand = {
    "audit",
    "[FILE]...",
    "finds secrets in kubeconfigs, and files that are too open",
    R"(Finds static secrets in the kubeconfig, or in the files given: client keys with their certificate's subject, issuer
and end, tokens, passwords, secrets in the args and env of exec stanzas, in extensions, names, addresses, comments and
fields that kubectl does not know; files that others can read or write, by mode or access list, or put another in the
place of; exec commands, also those that `get exec` runs, that others could replace or be quicker with on the PATH. No
value is shown. Variables, placeholders and files that are not there are no findings. What to do about each kind of
finding stands below the table, and in the field `remedy` of the JSON. The status is 0 when nothing was found, 3 when
something was, a file that cannot be parsed included, and 1 after a failure: when a file that was named is not there.)",
    &AuditFlags,
    &RunAudit,
};

}  // namespace kubeconfig_writer
