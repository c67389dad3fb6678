#include "kubeconfig_writer/commands/audit_command.h"

#include <unistd.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/listing.h"
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

std::string FormatAuditTable(const std::vector<Finding>& findings, absl::Time now) {
  if (findings.empty()) return "nothing found\n";
  std::vector<TableRow> rows = {{"FILE", "ENTRY", "FINDING", "PLACE", "EXPIRES", "DETAILS"}};
  for (const Finding& finding : findings) {
    rows.push_back(
        {finding.file, finding.entry, finding.kind, finding.place, EndOf(finding, now), finding.details});
  }
  return FormatTable(rows);
}

std::string FormatAuditJson(const std::vector<Finding>& findings) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Finding& finding : findings) {
    list.push_back({{"file", finding.file},
                    {"entry", finding.entry},
                    {"finding", finding.kind},
                    {"place", finding.place},
                    {"ends", finding.ends == absl::InfiniteFuture() ? "" : FormatInstant(finding.ends)},
                    {"details", finding.details}});
  }
  return FormatJson(list);
}

std::vector<FlagSpec> AuditFlags(const Command&) { return {kKubeconfigFlag, kOutputFlag}; }

// The files to look at: those that were named, which must be there, or the kubeconfig.
absl::StatusOr<std::vector<std::string>> FilesOf(const ParsedFlags& flags, const Environment& environment) {
  if (flags.operands().empty()) return KubeconfigPaths(flags.Get(kKubeconfigFlag.name), environment);
  if (flags.Has(kKubeconfigFlag.name)) return UsageError("audit: files and --kubeconfig exclude each other");
  for (const std::string& path : flags.operands()) {
    if (access(path.c_str(), F_OK) != 0) return WithHint(ErrnoError(errno, path), "check the path");
  }
  return flags.operands();
}

absl::StatusOr<Output> RunAudit(const Command&, const ParsedFlags& flags, const Environment& environment) {
  absl::StatusOr<OutputFormat> format = ParseOutputFormat(flags);
  if (!format.ok()) return format.status();
  absl::StatusOr<std::vector<std::string>> paths = FilesOf(flags, environment);
  if (!paths.ok()) return paths.status();
  const std::vector<Finding> findings = AuditAll(*paths, environment);
  return Output{
      *format == OutputFormat::kJson ? FormatAuditJson(findings) : FormatAuditTable(findings, absl::Now()),
      findings.empty() ? kSuccess : kFound};
}

}  // namespace

const Command kAuditCommand = {
    "audit",
    "[FILE]...",
    "finds secrets in kubeconfigs, and files that are too open",
    R"(Finds static secrets in the kubeconfig, or in the files given: client keys with their certificate's subject, issuer
and end, tokens, passwords, secrets in the args and env of exec stanzas and in extensions; files that others can read
or write; exec commands, also those that `get exec` runs, that others could replace or be quicker with on the PATH. No
value is shown. The status is 0 when nothing was found, 3 when something was, a file that cannot be parsed included,
and 1 after a failure.)",
    &AuditFlags,
    &RunAudit,
};

}  // namespace kubeconfig_writer
