#include "kubeconfig_writer/audit/audit.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/yaml/yaml_json.h"
#include "kubeconfig_writer/audit/comment_findings.h"
#include "kubeconfig_writer/audit/findings.h"
#include "kubeconfig_writer/audit/open_files.h"
#include "kubeconfig_writer/audit/secret_findings.h"
#include "kubeconfig_writer/document/kubeconfig_document.h"
#include "kubeconfig_writer/entries/wrapped_user.h"
#include "kubeconfig_writer/file/kubeconfig_reader.h"
#include "kubeconfig_writer/file/trusted_path.h"
#include "kubeconfig_writer/schema/text_field.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::Environment;
using credential_provider::YamlField;
using credential_provider::YamlNode;
using nlohmann::json;

void AddMode(const std::string& file, const std::string& entry, const std::string& path,
             std::vector<Finding>* findings) {
  const std::string why = WhyReadable(path);
  if (!why.empty()) findings->push_back({file, entry, kMode, path, why});
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
    const std::string entry = absl::StrCat("user ", Showable(user.name));
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
    const std::string shown = Showable(command);
    if (!why.empty())
      findings->push_back({file_, entry, kCommand, shown, shown == command ? why : "not a program's path"});
  }

  const std::string file_;
  const absl::string_view search_path_;
  std::unordered_map<std::string, std::string> reasons_;
};

void Append(std::vector<Finding> more, std::vector<Finding>* findings) {
  for (Finding& finding : more) findings->push_back(std::move(finding));
}

// Looks at one kubeconfig, entry by entry: there may be thousands.
class KubeconfigAudit {
 public:
  KubeconfigAudit(const std::string& path, const Environment& environment)
      : path_(path), commands_(path, environment) {}

  std::vector<Finding> Run() {
    AddMode(path_, "", path_, &findings_);
    const std::string why = WhyFolderOpen(path_);
    if (!why.empty()) findings_.push_back({path_, "", kMode, path_, why});
    const absl::StatusOr<KubeconfigDocument> document = ReadKubeconfig(path_);
    if (document.ok()) {
      LookAt(*document);
    } else {
      findings_.push_back({path_, "", kUnreadable, path_, std::string(document.status().message())});
    }
    return std::move(findings_);
  }

 private:
  void LookAt(const KubeconfigDocument& document) {
    for (const YamlField& field : FieldsOf(document.root())) {
      const std::string name = credential_provider::KeyText(*field.key).value_or("");
      const auto list = std::find_if(std::begin(kKubeconfigLists), std::end(kKubeconfigLists),
                                     [&name](KubeconfigList each) { return ListKey(each) == name; });
      if (list == std::end(kKubeconfigLists)) {
        Append(FindOtherSecrets(path_, name, credential_provider::ToJson(*field.value)), &findings_);
      } else {
        for (const YamlNode* item : ItemsOf(credential_provider::Resolve(*field.value)))
          LookAtItem(*list, credential_provider::ToJson(*item));
      }
    }
    Append(FindCommentSecrets(path_, document.text(), document.root()), &findings_);
  }

  void LookAtItem(KubeconfigList list, const json& item) {
    const std::string key(EntryKey(list));
    const json none;
    const auto content = item.is_object() ? item.find(key) : item.end();
    const KubeconfigEntry entry = {TextAt(item, "name"), content == item.end() ? none : *content, path_};
    Append(FindItemSecrets(entry, key, item), &findings_);
    if (list == KubeconfigList::kClusters) Append(FindClusterSecrets(entry), &findings_);
    if (list == KubeconfigList::kContexts) Append(FindContextSecrets(entry), &findings_);
    if (list == KubeconfigList::kUsers) LookAtUser(entry);
  }

  void LookAtUser(const KubeconfigEntry& user) {
    Append(FindUserSecrets(user), &findings_);
    for (const std::string& file : SecretFilesOf(user)) {
      if (files_.insert(file).second)
        AddMode(path_, absl::StrCat("user ", Showable(user.name)), file, &findings_);
    }
    commands_.Add(user, &findings_);
  }

  const std::string& path_;
  CommandAudit commands_;
  std::set<std::string> files_;  // whose modes were looked at
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> Audit(const std::string& path, const Environment& environment) {
  return KubeconfigAudit(path, environment).Run();
}

}  // namespace kubeconfig_writer
