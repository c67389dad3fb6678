#include "kubeconfig_writer/audit/audit.h"

#include <set>
#include <unordered_map>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "kubeconfig_writer/entries/wrapped_user.h"
#include "kubeconfig_writer/file/kubeconfig_file.h"
#include "kubeconfig_writer/file/trusted_path.h"
#include "kubeconfig_writer/schema/text_field.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::Environment;

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

}  // namespace kubeconfig_writer
