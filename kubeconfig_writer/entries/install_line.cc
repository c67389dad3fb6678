#include "kubeconfig_writer/entries/install_line.h"

#include <algorithm>
#include <vector>

#include "credential_provider/invocation/exec_invocation.h"
#include "credential_provider/issuers/registry.h"
#include "credential_provider/text/shell_words.h"
#include "kubeconfig_writer/entries/cluster_entry.h"
#include "kubeconfig_writer/entries/provider_stanza.h"
#include "kubeconfig_writer/entries/stanza_change.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

// The flag by which install is told the name of what it writes; null where that cannot be said.
const char* NameFlag(const std::string& name, const IssuerKind* kind) {
  if (kind == nullptr || kind->for_ack_cluster == nullptr) return "--user";
  return name.find_first_of("{}") == std::string::npos ? "--context-name" : nullptr;
}

}  // namespace

std::string InstallLine(const KubeconfigEntry& user) {
  const std::vector<std::string> args = ProviderArgs(user.content);
  if (args.size() < 2 || IsMigrated(user.content)) return "";
  const IssuerKind* const kind = FindIssuerKind(args[1]);
  const bool is_own = kind != nullptr;
  if (is_own && !IdentityVariablesIn(ProviderStanzaOf(user.content).env).empty()) return "";
  const char* const name_flag = NameFlag(user.name, kind);
  if (name_flag == nullptr || (!is_own && !IsWrapped(user.content))) return "";
  std::vector<std::string> words = {"kubeconfig_writer", "install", args[1], name_flag, user.name};
  const auto flags_end = is_own ? args.end() : std::find(args.begin(), args.end(), "--");
  words.insert(words.end(), args.begin() + 2, flags_end);
  words.insert(words.end(), {"--kubeconfig", user.file});
  return ShellLine(words);
}

}  // namespace kubeconfig_writer
