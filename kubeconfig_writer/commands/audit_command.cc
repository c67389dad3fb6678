#include "kubeconfig_writer/commands/audit_command.h"

#include <unistd.h>

#include <set>
#include <unordered_map>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/listing.h"
#include "kubeconfig_writer/entries/wrapped_user.h"
#include "kubeconfig_writer/file/kubeconfig_file.h"
#include "kubeconfig_writer/file/kubeconfig_path.h"
#include "kubeconfig_writer/file/trusted_path.h"
#include "kubeconfig_writer/schema/text_field.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

void AddMode(const std::string& file, const std::string& entry, const std::string& path,
             std::vector<Finding>* findings) {
  const std::string why = WhyTooOpen(path);
  if (!why.empty()) findings->push_back({file, entry, "mode", path, why});
}

// Looks at each command once: thousands of users may run the same.
class CommandAudit {
 public:
  CommandAudit(std::string file, const Environment& environment)
      : file_(std::move(file)), search_path_(environment.Get("PATH")) {}

  void Add(const KubeconfigEntry& user, std::vector<Finding>* findings) {
    const auto exec = user.content.is_object() ? user.content.find("exec") : user.content.end();
    const std::string command = exec == user.content.end() ? "" : TextAt(*exec, "command");
    const std::string wrapped = WrappedCommand(user.content);
    const std::string entry = absl::StrCat("user ", user.name);
    if (!command.empty()) AddReason(entry, command, Why(command), findings);
    if (!wrapped.empty()) AddReason(entry, wrapped, WhyWrapped(wrapped), findings);
  }

 private:
  const std::string& Why(const std::string& command) {
    const auto [known, is_new] = reasons_.emplace(command, "");
    if (is_new) known->second = WhyNotTrusted(command, file_, search_path_);
    return known->second;
  }

  // A plugin that ours runs counts like one that kubectl runs, but is looked for in another place.
  std::string WhyWrapped(const std::string& command) {
    const bool is_relative = command[0] != '/' && absl::StrContains(command, "/");
    return is_relative ? "relative to the folder that kubectl is started in" : Why(command);
  }

  void AddReason(const std::string& entry, const std::string& command, const std::string& why,
                 std::vector<Finding>* findings) const {
    if (!why.empty()) findings->push_back({file_, entry, "command", command, why});
  }

  const std::string file_;
  const absl::string_view search_path_;
  std::unordered_map<std::string, std::string> reasons_;
};

void Append(std::vector<Finding> more, std::vector<Finding>* findings) {
  for (Finding& finding : more) findings->push_back(std::move(finding));
}

std::vector<Finding> AuditAll(const std::vector<std::string>& paths, const Environment& environment) {
  std::vector<Finding> findings;
  for (const std::string& path : paths) Append(Audit(path, environment), &findings);
  return findings;
}

std::string EndOf(const Finding& finding, absl::Time now) {
  if (finding.ends == absl::InfiniteFuture()) return "";
  return absl::StrCat(FormatInstant(finding.ends), " (", InWords(finding.ends, now), ")");
}

std::string FormatAuditTable(const std::vector<Finding>& findings, absl::Time now) {
  if (findings.empty()) return "nothing found\n";
  std::vector<TableRow> rows = {{"FILE", "ENTRY", "FINDING", "PLACE", "ENDS", "DETAILS"}};
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

std::vector<Finding> Audit(const std::string& path, const Environment& environment) {
  std::vector<Finding> findings;
  AddMode(path, "", path, &findings);
  absl::StatusOr<KubeconfigDocument> document = ReadKubeconfig(path);
  if (!document.ok()) {
    findings.push_back({path, "", "unreadable", path, std::string(document.status().message())});
    return findings;
  }
  MergedKubeconfig kubeconfig;
  kubeconfig.Add(*document, path);
  for (const std::string& name : kubeconfig.Names(KubeconfigList::kClusters))
    Append(FindClusterSecrets(*kubeconfig.Find(KubeconfigList::kClusters, name)), &findings);
  CommandAudit commands(path, environment);
  std::set<std::string> files;
  for (const std::string& name : kubeconfig.Names(KubeconfigList::kUsers)) {
    const KubeconfigEntry user = *kubeconfig.Find(KubeconfigList::kUsers, name);
    Append(FindUserSecrets(user), &findings);
    for (const std::string& file : SecretFilesOf(user)) {
      if (files.insert(file).second) AddMode(path, absl::StrCat("user ", user.name), file, &findings);
    }
    commands.Add(user, &findings);
  }
  return findings;
}

const Command kAuditCommand = {
    "audit",
    "[FILE]...",
    "finds secrets that stand in kubeconfigs, and what is too open",
    R"(Finds static secrets in the kubeconfig, or in the files given: client keys with their certificate's subject, issuer
and end, tokens, passwords, secrets in the args and env of exec stanzas and in extensions; files that others can read
or write; exec commands, also those behind `get exec`, that others could replace or be quicker with on the PATH. No
value is shown. The status is 0 when nothing was found, 3 when something was, a file that cannot be parsed included,
and 1 after a failure.)",
    &AuditFlags,
    &RunAudit,
};

}  // namespace kubeconfig_writer
