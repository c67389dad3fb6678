#include "kubeconfig_writer/entries/uninstall_target.h"

#include <fnmatch.h>

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/text/did_you_mean.h"
#include "credential_provider/text/shell_words.h"
#include "kubeconfig_writer/file/kubeconfig_reader.h"
#include "kubeconfig_writer/schema/text_field.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::DidYouMean;
using credential_provider::Printable;
using credential_provider::ShellLine;
using credential_provider::WithHint;

bool IsPattern(const std::string& name) { return name.find_first_of("*?[") != std::string::npos; }

// The names that could have been given.
std::vector<std::string> NamesIn(const MergedKubeconfig& kubeconfig) {
  std::vector<std::string> names;
  for (const OurRow& row : FindOurRows(kubeconfig)) names.push_back(row.name);
  return names;
}

absl::Status NotOurs(const std::string& name, const UninstallPlace& place) {
  const absl::optional<KubeconfigEntry> context = place.kubeconfig.Find(KubeconfigList::kContexts, name);
  const std::string user = context ? TextAt(context->content, "user") : "";
  if (context && !place.kubeconfig.Find(KubeconfigList::kUsers, user).has_value()) {
    return WithHint(
        absl::NotFoundError(absl::StrCat("context ", Printable(name), ": its user ", Printable(user),
                                         " is not there, so nothing says whose it was")),
        absl::StrCat("`", OnSameFile({"kubectl", "config", "delete-context", name}, place.given),
                     "` removes it"));
  }
  return WithHint(
      absl::NotFoundError(absl::StrCat(Printable(name), ": no entry that this program made, in ",
                                       Printable(place.paths.front()),
                                       place.paths.size() > 1 ? " and the other files of KUBECONFIG" : "")),
      DidYouMean(name, NamesIn(place.kubeconfig),
                 absl::StrCat("`", OnSameFile({"kubeconfig_writer", "list"}, place.given),
                              "` shows those that are there")));
}

absl::Status Ambiguous(const std::string& name, const std::string& user, const UninstallPlace& place) {
  const std::string renamed = absl::StrCat(name, "-of-", user);
  return WithHint(
      absl::FailedPreconditionError(absl::StrCat(Printable(name), ": a context, whose user is ",
                                                 Printable(user),
                                                 ", and another context's user: which of them is meant?")),
      absl::StrCat("rename the context first: `",
                   OnSameFile({"kubectl", "config", "rename-context", name, renamed}, place.given), "`"));
}

absl::Status NotInstalled(const std::string& context, const std::string& user, const UninstallPlace& place) {
  return WithHint(
      absl::FailedPreconditionError(absl::StrCat("context ", Printable(context),
                                                 ": not made by install: its user is ", Printable(user))),
      absl::StrCat(
          "`", OnSameFile({"kubeconfig_writer", "uninstall", user}, place.given), "` removes that user, `",
          OnSameFile({"kubectl", "config", "delete-context", context}, place.given), "` the context"));
}

absl::Status Migrated(const UninstallTarget& target, const UninstallPlace& place) {
  return WithHint(
      absl::FailedPreconditionError(absl::StrCat(target.file, ": user ", Printable(target.user),
                                                 ": was there before `migrate` changed it, so it stays")),
      absl::StrCat("if nobody needs it: `",
                   OnSameFile({"kubectl", "config", "delete-user", target.user}, place.given),
                   "`, and so its contexts and its cluster"));
}

// Gathers what the names stand for, by user.
class Finder {
 public:
  explicit Finder(const UninstallPlace& place) : place_(place), rows_(FindOurRows(place.kubeconfig)) {}

  // Returns false when `name` fits nothing.
  absl::StatusOr<bool> Add(const std::string& name);
  UninstallTargets Finish();

 private:
  struct Named {
    UninstallTarget target;
    bool whole = false;  // the user itself was named
    bool only_by_pattern = true;
  };

  const OurRow* FindContext(const std::string& name) const;
  const OurRow* FindUser(const std::string& name) const;
  void Take(const OurRow& row, bool whole, bool by_pattern);

  const UninstallPlace& place_;
  const std::vector<OurRow> rows_;
  std::map<std::string, Named> named_;  // by user: of one name there is one
};

const OurRow* Finder::FindContext(const std::string& name) const {
  const auto found = std::find_if(rows_.begin(), rows_.end(),
                                  [&](const OurRow& row) { return row.is_context && row.name == name; });
  return found == rows_.end() ? nullptr : &*found;
}

const OurRow* Finder::FindUser(const std::string& name) const {
  const auto found =
      std::find_if(rows_.begin(), rows_.end(), [&](const OurRow& row) { return row.user.name == name; });
  return found == rows_.end() ? nullptr : &*found;
}

void Finder::Take(const OurRow& row, bool whole, bool by_pattern) {
  Named& named = named_[row.user.name];
  named.target.file = row.user.file;
  named.target.user = row.user.name;
  if (!whole) named.target.contexts.push_back(row.name);
  named.whole |= whole;
  named.only_by_pattern &= by_pattern;
}

absl::StatusOr<bool> Finder::Add(const std::string& name) {
  const OurRow* const context = FindContext(name);
  const OurRow* const user = FindUser(name);
  if (context != nullptr && user != nullptr && context->user.name != name)
    return Ambiguous(name, context->user.name, place_);
  if (context != nullptr || user != nullptr) {
    Take(context != nullptr ? *context : *user, user != nullptr, /*by_pattern=*/false);
    return true;
  }
  bool fits = false;
  for (const OurRow& row : rows_) {
    if (!IsPattern(name) || fnmatch(name.c_str(), row.name.c_str(), 0) != 0) continue;
    Take(row, !row.is_context || row.name == row.user.name, /*by_pattern=*/true);
    fits = true;
  }
  return fits;
}

// Of the contexts of an installed user that were named, one is the one that install made, or they are all
// that it may be.
bool HasInstalledContext(const KubeconfigDocument& document, const UninstallTarget& target) {
  const auto is_named = [&](const std::string& context) {
    return std::find(target.contexts.begin(), target.contexts.end(), context) != target.contexts.end();
  };
  const std::string made = InstalledContext(document, target.user);
  if (!made.empty()) return is_named(made);
  const std::vector<std::string> like = ContextsLikeInstalled(document, target.user);
  return !like.empty() && std::all_of(like.begin(), like.end(), is_named);
}

UninstallTargets Finder::Finish() {
  UninstallTargets found;
  for (auto& [name, named] : named_) {
    UninstallTarget& target = named.target;
    const absl::StatusOr<KubeconfigDocument> document = ReadKubeconfig(target.file);
    const OurKind kind = document.ok() ? KindOf(*document, name) : OurKind::kNone;
    const bool is_ours_alone = kind == OurKind::kInstalled || kind == OurKind::kBefore;
    if (!document.ok()) {
      found.refused.push_back(document.status());
    } else if (named.only_by_pattern && (kind == OurKind::kMigrated || kind == OurKind::kBefore)) {
      found.kept.push_back(std::move(target));
    } else if (kind == OurKind::kMigrated) {
      found.refused.push_back(Migrated(target, place_));
    } else if (is_ours_alone && !named.whole && !HasInstalledContext(*document, target)) {
      for (const std::string& context : target.contexts)
        found.refused.push_back(NotInstalled(context, name, place_));
    } else {
      found.targets.push_back(std::move(target));
    }
  }
  return found;
}

}  // namespace

UninstallTargets FindUninstallTargets(absl::Span<const std::string> names, const UninstallPlace& place) {
  Finder finder(place);
  std::vector<absl::Status> refused;
  for (const std::string& name : names) {
    const absl::StatusOr<bool> added = finder.Add(name);
    if (!added.ok()) refused.push_back(added.status());
    if (added.ok() && !*added) refused.push_back(NotOurs(name, place));
  }
  UninstallTargets found = finder.Finish();
  found.refused.insert(found.refused.begin(), refused.begin(), refused.end());
  return found;
}

std::string OnSameFile(std::vector<std::string> words, const std::string& given) {
  if (!given.empty()) words.insert(words.end(), {"--kubeconfig", given});
  return ShellLine(words);
}

std::vector<std::string> ContextsLeftWithout(const std::vector<std::string>& paths, const std::string& name) {
  std::vector<std::string> left;
  absl::StatusOr<MergedKubeconfig> kubeconfig = MergedKubeconfig::Read(paths);
  if (!kubeconfig.ok()) return left;
  const bool has_user = kubeconfig->Find(KubeconfigList::kUsers, name).has_value();
  const bool has_cluster = kubeconfig->Find(KubeconfigList::kClusters, name).has_value();
  for (std::string& context : kubeconfig->Names(KubeconfigList::kContexts)) {
    const nlohmann::json content = kubeconfig->Get(KubeconfigList::kContexts, context).content;
    const bool lacks_user = !has_user && TextAt(content, "user") == name;
    const bool lacks_cluster = !has_cluster && TextAt(content, "cluster") == name;
    if (lacks_user || lacks_cluster) left.push_back(std::move(context));
  }
  return left;
}

}  // namespace kubeconfig_writer
