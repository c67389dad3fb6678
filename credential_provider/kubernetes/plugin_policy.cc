#include "credential_provider/kubernetes/plugin_policy.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/process/executable.h"
#include "credential_provider/text/shell_words.h"
#include "credential_provider/yaml/yaml_json.h"
#include "credential_provider/yaml/yaml_tree.h"

namespace credential_provider {
namespace {

using nlohmann::json;

constexpr size_t kMaxKubercBytes = 1 << 20;
constexpr char kApiVersion[] = "kubectl.config.k8s.io/v1beta1";
constexpr char kAllowlist[] = "Allowlist";

// Splits `text` at its document markers, which no document can hold at the beginning of a line.
std::vector<std::string> Documents(absl::string_view text) {
  std::vector<std::string> documents(1);
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    const bool marker = line == "---" || absl::StartsWith(line, "--- ") || absl::StartsWith(line, "---\r");
    if (marker) documents.emplace_back();
    if (!marker) absl::StrAppend(&documents.back(), line, "\n");
  }
  return documents;
}

std::string TextAt(const json& object, const char* field) {
  const auto found = object.find(field);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

bool IsPreference(const json& document) {
  return document.is_object() && TextAt(document, "kind") == "Preference" &&
         absl::StartsWith(TextAt(document, "apiVersion"), "kubectl.config.k8s.io/v1");
}

// Reads text that may be missing into `text`. False when it is of another type.
bool ReadText(const json& object, const char* field, std::string* text) {
  const auto found = object.find(field);
  if (found == object.end() || found->is_null()) return true;
  if (!found->is_string()) return false;
  *text = found->get<std::string>();
  return true;
}

// The key of a list's entry is `name` in kubectl 1.35 and `command` from 1.36 on. Nothing for what is of
// another type than kubectl wants: it passes such preferences over.
absl::optional<PluginPolicy> PolicyOf(const json& preference) {
  PluginPolicy policy;
  if (!ReadText(preference, "credentialPluginPolicy", &policy.name)) return absl::nullopt;
  const auto list = preference.find("credentialPluginAllowlist");
  if (list == preference.end() || list->is_null()) return policy;
  if (!list->is_array()) return absl::nullopt;
  for (const json& entry : *list) {
    std::string command;
    if (!entry.is_null() &&
        (!entry.is_object() || !ReadText(entry, "name", &command) || !ReadText(entry, "command", &command))) {
      return absl::nullopt;
    }
    policy.allowlist.push_back(std::move(command));
  }
  return policy;
}

// Returns true for a path without needless parts; kubectl wants no other in the list.
bool IsClean(absl::string_view path) {
  if (path == "/" || path == ".") return true;
  const std::vector<absl::string_view> parts = absl::StrSplit(path, '/');
  for (size_t i = 0; i < parts.size(); ++i) {
    const bool after_root = i == 0 && parts.size() > 1 && parts[0].empty();
    if (after_root) continue;
    if (parts[i].empty() || parts[i] == ".") return false;
    if (parts[i] == ".." && i > 0 && parts[i - 1] != "..") return false;
  }
  return true;
}

// The line that allows `command` and what is allowed already: `set` replaces the list.
std::string AllowingLine(const PluginPolicy& policy, absl::string_view command) {
  std::string line = "kubectl kuberc set --section credentialplugin --policy Allowlist";
  if (policy.name == kAllowlist) {
    for (const std::string& allowed : policy.allowlist) {
      if (IsClean(allowed))
        absl::StrAppend(&line, " --allowlist-entry ", ShellWord(absl::StrCat("command=", allowed)));
    }
  }
  return absl::StrCat(line, " --allowlist-entry ", ShellWord(absl::StrCat("command=", command)));
}

absl::Status CheckPolicy(const PluginPolicy& policy) {
  const bool allows_some = policy.name == kAllowlist;
  if (!allows_some && !policy.name.empty() && policy.name != "AllowAll" && policy.name != "DenyAll")
    return absl::FailedPreconditionError("credentialPluginPolicy: none of AllowAll, DenyAll and Allowlist");
  if (allows_some == policy.allowlist.empty()) {
    return absl::FailedPreconditionError(
        allows_some ? "credentialPluginAllowlist: empty, which the policy Allowlist must not have"
                    : "credentialPluginAllowlist: not with a credentialPluginPolicy other than Allowlist");
  }
  for (const std::string& entry : policy.allowlist) {
    if (!IsClean(entry)) {
      return absl::FailedPreconditionError(absl::StrCat("credentialPluginAllowlist: \"", Printable(entry),
                                                        "\" is ",
                                                        entry.empty() ? "empty" : "not a clean path"));
    }
  }
  return absl::OkStatus();
}

// An entry fits a command that is written like it, or that leads to the same file.
bool IsListed(const PluginPolicy& policy, absl::string_view command, absl::string_view search_path) {
  const std::string file = FindExecutable(command, search_path);
  return std::any_of(policy.allowlist.begin(), policy.allowlist.end(), [&](const std::string& entry) {
    return entry == command || (!file.empty() && FindExecutable(entry, search_path) == file);
  });
}

}  // namespace

absl::optional<PluginPolicy> ParsePluginPolicy(absl::string_view text) {
  for (std::string& document : Documents(text)) {
    const absl::StatusOr<YamlTree> tree = YamlTree::Parse(std::move(document));
    if (!tree.ok()) continue;
    const json preference = ToJson(tree->root());
    if (!IsPreference(preference)) continue;
    if (TextAt(preference, "apiVersion") != kApiVersion) return absl::nullopt;  // v1alpha1 has no policy
    const absl::optional<PluginPolicy> policy = PolicyOf(preference);
    if (!policy) continue;
    return policy->name.empty() && policy->allowlist.empty() ? absl::nullopt : policy;
  }
  return absl::nullopt;
}

absl::optional<PluginPolicy> ReadPluginPolicy(const Environment& environment) {
  const absl::string_view variable = environment.Get("KUBERC");
  if (variable == "off") return absl::nullopt;
  const std::string file = variable.empty() ? InHome(environment, "/.kube/kuberc") : std::string(variable);
  const absl::StatusOr<std::string> text = ReadFile(file, kMaxKubercBytes);
  if (!text.ok()) return absl::nullopt;
  absl::optional<PluginPolicy> policy = ParsePluginPolicy(*text);
  if (policy) policy->file = file;
  return policy;
}

absl::Status CheckPlugin(const PluginPolicy& policy, absl::string_view command,
                         absl::string_view search_path) {
  absl::Status sound = CheckPolicy(policy);
  const std::string hint =
      absl::StrCat("run `", AllowingLine(policy, command),
                   "`; kubectl 1.35 has no such command: there, put `name: ", Printable(command),
                   "` into the list in that file");
  if (!sound.ok()) return WithHint(WithContext(sound, policy.file), hint);
  const bool denied =
      policy.name == "DenyAll" || (policy.name == kAllowlist && !IsListed(policy, command, search_path));
  if (!denied) return absl::OkStatus();
  return WithHint(absl::PermissionDeniedError(
                      absl::StrCat(policy.file, ": credentialPluginPolicy ", policy.name,
                                   " does not let kubectl 1.35 and newer start ", Printable(command))),
                  hint);
}

absl::StatusOr<std::string> CheckPluginPolicy(absl::string_view command, const Environment& environment) {
  const absl::optional<PluginPolicy> policy = ReadPluginPolicy(environment);
  if (!policy) return std::string("no kuberc restricts plugins");
  absl::Status allowed = CheckPlugin(*policy, command, environment.Get("PATH"));
  if (!allowed.ok()) return allowed;
  return absl::StrCat(policy->file, " lets kubectl start ", Printable(command));
}

}  // namespace credential_provider
