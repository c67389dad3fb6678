#include "kubeconfig_writer/commands/uninstall_command.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "kubeconfig_writer/commands/context_completion.h"
#include "kubeconfig_writer/entries/cluster_entry.h"
#include "kubeconfig_writer/entries/forget_stored.h"
#include "kubeconfig_writer/entries/uninstall_target.h"
#include "kubeconfig_writer/entries/wrapped_user.h"
#include "kubeconfig_writer/file/edit_choice.h"
#include "kubeconfig_writer/file/kubeconfig_path.h"
#include "kubeconfig_writer/file/kubeconfig_reader.h"
#include "kubeconfig_writer/schema/text_field.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

constexpr char kAll[] = "--all";

// The users that only contexts lead to which install did not make. One of ours among them was there before,
// and was migrated, by an older version that left no mark.
std::set<std::string> UsersOfOthers(const KubeconfigDocument& document) {
  std::set<std::string> others, installed;
  for (const std::string& name : document.Names(KubeconfigList::kContexts)) {
    std::string user = TextAt(*document.Find(KubeconfigList::kContexts, name), "user");
    (user == name ? installed : others).insert(std::move(user));
  }
  for (const std::string& user : installed) others.erase(user);
  return others;
}

// The users of a document that run the provider, but for those of UsersOfOthers.
struct OurUsers {
  std::vector<std::string> installed;  // put there by install, or wrapped by `install exec`
  std::vector<std::string> migrated;   // there before
};

OurUsers FindOurUsers(const KubeconfigDocument& document) {
  const std::set<std::string> others = UsersOfOthers(document);
  OurUsers users;
  for (std::string& user : document.Names(KubeconfigList::kUsers)) {
    const bool added = IsOurs(document, user) && others.count(user) == 0;
    if (IsMigrated(document, user)) {
      users.migrated.push_back(std::move(user));
    } else if (added || IsWrapped(document, user)) {
      users.installed.push_back(std::move(user));
    }
  }
  return users;
}

absl::Status CheckNotMigrated(const KubeconfigDocument& document, const std::string& name) {
  if (!IsMigrated(document, name)) return absl::OkStatus();
  return WithHint(absl::FailedPreconditionError(absl::StrCat(
                      "user ", Printable(name), ": was there before `migrate` changed it, so it stays")),
                  "if nobody needs it: kubectl config delete-context, delete-user and delete-cluster");
}

// What was found under one name.
struct Removed {
  std::vector<std::string> args;  // by which it ran credential_provider
  bool unwrapped = false;
  bool context = false;  // a context of that name is gone too
};

using RemovedByName = std::map<std::string, Removed>;

bool RemovesContext(const std::vector<KubeconfigEdit>& edits) {
  return std::any_of(edits.begin(), edits.end(), [](const KubeconfigEdit& edit) {
    return edit.kind == KubeconfigEdit::Kind::kRemove && edit.list == KubeconfigList::kContexts;
  });
}

// Takes out what the document has of `names`. It may be done again, on what another program has put back.
absl::Status Remove(const std::vector<std::string>& names, KubeconfigDocument& document,
                    RemovedByName* removed) {
  std::vector<KubeconfigEdit> all;
  for (const std::string& name : names) {
    const bool wrapped = IsWrapped(document, name);
    if (!wrapped && !IsOurs(document, name)) continue;
    absl::Status installed = CheckNotMigrated(document, name);
    if (!installed.ok()) return installed;
    absl::StatusOr<std::vector<KubeconfigEdit>> edits =
        wrapped ? EditsToUnwrap(name, document) : EditsToRemove(name, document);
    if (!edits.ok()) return edits.status();
    Removed& what = (*removed)[name];
    what = {ArgsOf(document, name), wrapped, what.context || RemovesContext(*edits)};
    all.insert(all.end(), edits->begin(), edits->end());
  }
  return document.Apply(all);
}

std::string ResultLine(const std::string& name, const Removed& what, const std::string& path) {
  if (what.unwrapped)
    return absl::StrCat("gave user ", Printable(name), " in ", Printable(path), " its own plugin back\n");
  return absl::StrCat("removed ", what.context ? "context " : "user ", Printable(name), " from ",
                      Printable(path), "\n");
}

// Contexts that others have made are not ours to remove.
void WarnOfDangling(const std::vector<std::string>& paths, const std::string& name) {
  for (const std::string& context : ContextsLeftWithout(paths, name)) {
    PrintWarning(
        kWriterProgramName,
        WithHint(absl::FailedPreconditionError(absl::StrCat("context ", Printable(context), ": leads to ",
                                                            Printable(name), " still, which is gone")),
                 absl::StrCat("kubectl config delete-context ", Printable(context))));
  }
}

// Users of one file.
struct UsersIn {
  std::string path;
  std::vector<std::string> names;
};

// Removes `users`, who are in one of `paths`, and tells what was done, or the diff of a dry run.
absl::StatusOr<std::string> RemoveFrom(const UsersIn& users, const std::vector<std::string>& paths,
                                       const EditChoice& choice, const Environment& environment) {
  RemovedByName removed;
  absl::StatusOr<Edited> edited = EditAsAsked(
      users.path, [&](KubeconfigDocument& document) { return Remove(users.names, document, &removed); },
      choice);
  if (!edited.ok()) return edited.status();
  if (choice.dry_run) return edited->diff;
  std::string told;
  for (const auto& [name, what] : removed) {
    ForgetStored(what.args, environment);
    absl::StrAppend(&told, ResultLine(name, what, users.path));
    if (!what.unwrapped) WarnOfDangling(paths, name);
  }
  return told;
}

// Removes from the file at `path` all that was installed there, and tells of what stays.
absl::StatusOr<std::string> RemoveAllFrom(const std::string& path, const std::vector<std::string>& paths,
                                          const EditChoice& choice, const Environment& environment) {
  absl::StatusOr<KubeconfigDocument> document = ReadKubeconfig(path);
  if (!document.ok()) return document.status();
  const OurUsers users = FindOurUsers(*document);
  absl::StatusOr<std::string> told =
      users.installed.empty() ? "" : RemoveFrom({path, users.installed}, paths, choice, environment);
  if (!told.ok() || choice.dry_run) return told;
  for (const std::string& name : users.migrated)
    absl::StrAppend(&*told, "kept user ", Printable(name), " in ", Printable(path),
                    ": it was there before `migrate` changed it\n");
  return told;
}

// A file that cannot be changed keeps none of the others from it.
Output UninstallAll(const std::vector<std::string>& paths, const EditChoice& choice,
                    const Environment& environment) {
  Output output;
  for (const std::string& path : paths) {
    absl::StatusOr<std::string> told = RemoveAllFrom(path, paths, choice, environment);
    if (told.ok()) {
      absl::StrAppend(&output.text, *told);
    } else {
      PrintError(kWriterProgramName, told.status());
      output.exit_status = kFailure;
    }
  }
  if (output.text.empty() && output.exit_status == kSuccess && !choice.dry_run)
    output.text = "nothing to do: no entries of this program\n";
  return output;
}

absl::StatusOr<std::string> UninstallOne(const std::string& name, const std::vector<std::string>& paths,
                                         const EditChoice& choice, const Environment& environment) {
  absl::StatusOr<UninstallTarget> target = FindUninstallTarget(paths, name);
  if (!target.ok()) return target.status();
  return RemoveFrom({target->path, {target->user}}, paths, choice, environment);
}

std::vector<FlagSpec> UninstallFlags(const Command&) {
  return {{kAll, nullptr, "everything that install and `install exec` have added, in all files"},
          kKubeconfigFlag,
          kDryRunFlag,
          kNoBackupFlag};
}

absl::StatusOr<Output> RunUninstall(const Command&, const ParsedFlags& flags,
                                    const Environment& environment) {
  const bool all = flags.Has(kAll);
  if (flags.operands().size() != (all ? 0 : 1))
    return UsageError("uninstall: needs the name of one context, or --all");
  absl::StatusOr<std::vector<std::string>> paths =
      KubeconfigPathsToChange(flags.Get(kKubeconfigFlag.name), environment);
  if (!paths.ok()) return paths.status();
  const EditChoice choice = ParseEditChoice(flags, environment);
  if (all) return UninstallAll(*paths, choice, environment);
  absl::StatusOr<std::string> told = UninstallOne(flags.operands()[0], *paths, choice, environment);
  if (!told.ok()) return told.status();
  return Output{*std::move(told)};
}

}  // namespace

const Command kUninstallCommand = {
    "uninstall",
    "CONTEXT",
    "removes what install has added",
    R"(Removes the cluster, user and context that install has added, and nothing else: the file is as it was before. For
`install exec`, CONTEXT is the name of the user or of a context of its: the user's own plugin is restored, without `args`
where these were empty. With --all, all of these at once; users that were migrated stay. What credential_provider has
stored for them is forgotten.)",
    &UninstallFlags,
    &RunUninstall,
    &OurContextNames,
};

}  // namespace kubeconfig_writer
