#include "kubeconfig_writer/entries/uninstall_target.h"

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "credential_provider/base/status_context.h"
#include "kubeconfig_writer/entries/cluster_entry.h"
#include "kubeconfig_writer/entries/wrapped_user.h"
#include "kubeconfig_writer/file/kubeconfig_reader.h"
#include "kubeconfig_writer/file/merged_kubeconfig.h"
#include "kubeconfig_writer/schema/text_field.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::Printable;
using credential_provider::WithHint;

// Returns the first of `paths` that has a user called `name` who runs the provider.
absl::StatusOr<absl::optional<UninstallTarget>> FindUser(const std::vector<std::string>& paths,
                                                         const std::string& name) {
  for (const std::string& path : paths) {
    absl::StatusOr<KubeconfigDocument> document = ReadKubeconfig(path);
    if (!document.ok()) return document.status();
    if (IsOurs(*document, name) || IsWrapped(*document, name)) return UninstallTarget{path, name};
  }
  return absl::nullopt;
}

// Returns the user that the context `name` leads to, "" when there is no such context.
absl::StatusOr<std::string> UserBehind(const std::vector<std::string>& paths, const std::string& name) {
  absl::StatusOr<MergedKubeconfig> kubeconfig = MergedKubeconfig::Read(paths);
  if (!kubeconfig.ok()) return kubeconfig.status();
  const absl::optional<KubeconfigEntry> context = kubeconfig->Find(KubeconfigList::kContexts, name);
  return context ? TextAt(context->content, "user") : "";
}

absl::Status NotOurs(const std::vector<std::string>& paths, const std::string& name) {
  return WithHint(absl::NotFoundError(absl::StrCat(
                      Printable(name), ": no entry that this program made, in ", Printable(paths.front()),
                      paths.size() > 1 ? " and the other files of KUBECONFIG" : "")),
                  "`kubeconfig_writer list` shows those that are there");
}

// install gives context and user one name. A context that leads to a user of this program of another name was
// there before, or made by somebody else.
absl::Status CheckContext(const UninstallTarget& target, const std::string& context) {
  absl::StatusOr<KubeconfigDocument> document = ReadKubeconfig(target.path);
  if (!document.ok()) return document.status();
  if (IsMigrated(*document, target.user) || IsWrapped(*document, target.user)) return absl::OkStatus();
  const std::string user = Printable(target.user);
  return WithHint(absl::FailedPreconditionError(absl::StrCat("context ", Printable(context),
                                                             ": not made by install: its user is ", user)),
                  absl::StrCat("`kubeconfig_writer uninstall ", user, "` removes that user, `kubectl config ",
                               "delete-context ", Printable(context), "` the context"));
}

}  // namespace

absl::StatusOr<UninstallTarget> FindUninstallTarget(const std::vector<std::string>& paths,
                                                    const std::string& name) {
  absl::StatusOr<absl::optional<UninstallTarget>> target = FindUser(paths, name);
  if (!target.ok()) return target.status();
  if (target->has_value()) return **target;
  absl::StatusOr<std::string> user = UserBehind(paths, name);
  if (!user.ok()) return user.status();
  target = FindUser(paths, *user);
  if (!target.ok()) return target.status();
  if (!target->has_value()) return NotOurs(paths, name);
  absl::Status sound = CheckContext(**target, name);
  if (!sound.ok()) return sound;
  return **target;
}

std::vector<std::string> ContextsLeftWithout(const std::vector<std::string>& paths, const std::string& name) {
  std::vector<std::string> left;
  absl::StatusOr<MergedKubeconfig> kubeconfig = MergedKubeconfig::Read(paths);
  if (!kubeconfig.ok()) return left;
  const bool has_user = kubeconfig->Find(KubeconfigList::kUsers, name).has_value();
  const bool has_cluster = kubeconfig->Find(KubeconfigList::kClusters, name).has_value();
  for (std::string& context : kubeconfig->Names(KubeconfigList::kContexts)) {
    const nlohmann::json content = kubeconfig->Find(KubeconfigList::kContexts, context)->content;
    const bool lacks_user = !has_user && TextAt(content, "user") == name;
    const bool lacks_cluster = !has_cluster && TextAt(content, "cluster") == name;
    if (lacks_user || lacks_cluster) left.push_back(std::move(context));
  }
  return left;
}

}  // namespace kubeconfig_writer
