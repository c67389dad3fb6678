#include "kubeconfig_writer/commands/context_completion.h"

#include "absl/functional/function_ref.h"
#include "kubeconfig_writer/entries/cluster_entry.h"
#include "kubeconfig_writer/entries/wrapped_user.h"
#include "kubeconfig_writer/file/kubeconfig_file.h"
#include "kubeconfig_writer/file/kubeconfig_path.h"
#include "kubeconfig_writer/schema/text_field.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::Environment;
using credential_provider::ParsedFlags;

std::vector<std::string> NamesWhere(
    absl::FunctionRef<bool(const KubeconfigDocument&, const std::string&)> wanted, const ParsedFlags& flags,
    const Environment& environment) {
  std::vector<std::string> names;
  const auto paths = KubeconfigPaths(flags.Get(kKubeconfigFlag.name), environment);
  if (!paths.ok()) return names;
  for (const std::string& path : *paths) {
    const absl::StatusOr<KubeconfigDocument> document = ReadKubeconfig(path);
    if (!document.ok()) continue;
    for (const std::string& name : document->Names(KubeconfigList::kContexts)) {
      if (wanted(*document, name)) names.push_back(name);
    }
  }
  return names;
}

}  // namespace

std::vector<std::string> ContextNames(const ParsedFlags& flags, const Environment& environment) {
  return NamesWhere([](const KubeconfigDocument&, const std::string&) { return true; }, flags, environment);
}

std::vector<std::string> OurContextNames(const ParsedFlags& flags, const Environment& environment) {
  const auto is_ours = [](const KubeconfigDocument& document, const std::string& name) {
    const std::string user = TextAt(*document.Find(KubeconfigList::kContexts, name), "user");
    return (user == name && IsOurs(document, name) && !IsMigrated(document, name)) ||
           IsWrapped(document, user);
  };
  return NamesWhere(is_ours, flags, environment);
}

}  // namespace kubeconfig_writer
