#include "kubeconfig_writer/commands/uninstall_command.h"

#include <unistd.h>

#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/report.h"
#include "kubeconfig_writer/commands/context_completion.h"
#include "kubeconfig_writer/commands/dangling_notice.h"
#include "kubeconfig_writer/entries/cluster_entry.h"
#include "kubeconfig_writer/entries/forget_stored.h"
#include "kubeconfig_writer/entries/our_users.h"
#include "kubeconfig_writer/entries/uninstall_target.h"
#include "kubeconfig_writer/entries/wrapped_user.h"
#include "kubeconfig_writer/file/edit_choice.h"
#include "kubeconfig_writer/file/kubeconfig_path.h"
#include "kubeconfig_writer/file/kubeconfig_reader.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

constexpr char kAll[] = "--all";

// Why --all and patterns leave a user of `kind` where it is.
absl::string_view WhyKept(OurKind kind) {
  return kind == OurKind::kMigrated ? "it was there before `migrate` changed it"
                                    : "the contexts that lead to it are not made by install";
}

std::string KeptLine(const std::string& user, const std::string& path, OurKind kind) {
  return LineFor(STDOUT_FILENO,
                 absl::StrCat("kept user ", Printable(user), " in ", Printable(path), ": ", WhyKept(kind)));
}

// What is asked for, but for the names.
struct Uninstall {
  std::vector<std::string> paths;
  std::string kubeconfig;  // of --kubeconfig, ""
  EditChoice choice;
  const Environment& environment;
};

// What was found under one name.
struct Removed {
  ProviderStanza stanza;  // by which it ran credential_provider
  bool unwrapped = false;
  std::string context;  // that is gone too
};

using RemovedByName = std::map<std::string, Removed>;

// Returns the context that `edits` remove; "" for none, and the first of several.
std::string RemovedContext(const std::vector<KubeconfigEdit>& edits) {
  for (const KubeconfigEdit& edit : edits) {
    if (edit.kind == KubeconfigEdit::Kind::kRemove && edit.list == KubeconfigList::kContexts)
      return edit.name;
  }
  return "";
}

// Takes out what the document has of `targets`. It may be done again, on what another program has put back.
absl::Status Remove(const std::vector<UninstallTarget>& targets, KubeconfigDocument& document,
                    RemovedByName* removed) {
  std::vector<KubeconfigEdit> all;
  for (const UninstallTarget& target : targets) {
    const std::string& name = target.user;
    const bool wrapped = IsWrapped(document, name);
    if ((!wrapped && !IsOurs(document, name)) || IsMigrated(document, name)) continue;
    absl::StatusOr<std::vector<KubeconfigEdit>> edits =
        wrapped ? EditsToUnwrap(name, document) : EditsToRemove(name, target.contexts, document);
    if (!edits.ok()) return edits.status();
    Removed& what = (*removed)[name];
    const std::string context = RemovedContext(*edits);
    what = {StanzaOf(document, name), wrapped, context.empty() ? what.context : context};
    all.insert(all.end(), edits->begin(), edits->end());
  }
  return document.Apply(all);
}

std::string ResultLine(const std::string& name, const Removed& what, const std::string& path) {
  if (what.unwrapped)
    return LineFor(STDOUT_FILENO, absl::StrCat("gave user ", Printable(name), " in ", Printable(path),
                                               " its own plugin back"));
  if (what.context.empty() || what.context == name)
    return LineFor(STDOUT_FILENO, absl::StrCat("removed ", what.context.empty() ? "user " : "context ",
                                               Printable(name), " from ", Printable(path)));
  return LineFor(STDOUT_FILENO,
                 absl::StrCat("removed context ", Printable(what.context), " from ", Printable(path),
                              ", with its user and cluster ", Printable(name)));
}

// Removes `targets`, who are in the file at `path`, and tells what was done, or the diff of a dry run.
absl::StatusOr<std::string> RemoveFrom(const std::string& path, const std::vector<UninstallTarget>& targets,
                                       const Uninstall& request) {
  RemovedByName removed;
  absl::StatusOr<Edited> edited = EditAsAsked(
      path, [&](KubeconfigDocument& document) { return Remove(targets, document, &removed); },
      request.choice);
  if (!edited.ok()) return edited.status();
  if (request.choice.dry_run) return edited->diff;
  std::string told;
  for (const auto& [name, what] : removed) {
    if (!what.stanza.args.empty()) ForgetStored(what.stanza, request.environment);
    absl::StrAppend(&told, ResultLine(name, what, path));
    if (!what.unwrapped) WarnOfDangling(request.paths, request.kubeconfig, name);
  }
  return told;
}

// Removes from the file at `path` all that was installed there, and tells of what stays.
absl::StatusOr<std::string> RemoveAllFrom(const std::string& path, const Uninstall& request) {
  absl::StatusOr<KubeconfigDocument> document = ReadKubeconfig(path);
  if (!document.ok()) return document.status();
  std::vector<UninstallTarget> targets;
  std::string kept;
  for (const std::string& user : document->Names(KubeconfigList::kUsers)) {
    const OurKind kind = KindOf(*document, user);
    if (kind == OurKind::kInstalled || kind == OurKind::kWrapped) targets.push_back({path, user, {}});
    if (kind == OurKind::kMigrated || kind == OurKind::kBefore)
      absl::StrAppend(&kept, KeptLine(user, path, kind));
  }
  absl::StatusOr<std::string> told = targets.empty() ? "" : RemoveFrom(path, targets, request);
  if (told.ok() && !request.choice.dry_run) *told += kept;
  return told;
}

// What failed keeps none of the others from it.
void Tell(const absl::StatusOr<std::string>& told, Output* output) {
  if (told.ok()) {
    absl::StrAppend(&output->text, *told);
  } else {
    PrintError(kWriterProgramName, told.status());
    output->exit_status = kFailure;
  }
}

Output UninstallAll(const Uninstall& request) {
  Output output;
  for (const std::string& path : request.paths) Tell(RemoveAllFrom(path, request), &output);
  if (output.text.empty() && output.exit_status == kSuccess && !request.choice.dry_run)
    output.text = LineFor(STDOUT_FILENO, "nothing to do: no entries of this program");
  return output;
}

absl::StatusOr<Output> UninstallNamed(const std::vector<std::string>& names, const Uninstall& request) {
  absl::StatusOr<MergedKubeconfig> kubeconfig = MergedKubeconfig::Read(request.paths);
  if (!kubeconfig.ok()) return kubeconfig.status();
  const UninstallTargets found =
      FindUninstallTargets(names, {*kubeconfig, request.paths, request.kubeconfig});
  std::map<std::string, std::vector<UninstallTarget>> by_file;
  for (const UninstallTarget& target : found.targets) by_file[target.file].push_back(target);
  Output output;
  for (const auto& [file, targets] : by_file) Tell(RemoveFrom(file, targets, request), &output);
  for (const UninstallTarget& kept : found.kept) {
    const absl::StatusOr<KubeconfigDocument> document = ReadKubeconfig(kept.file);
    if (document.ok() && !request.choice.dry_run)
      absl::StrAppend(&output.text, KeptLine(kept.user, kept.file, KindOf(*document, kept.user)));
  }
  for (const absl::Status& refused : found.refused) Tell(refused, &output);
  return output;
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
  if (flags.operands().empty() != all) return UsageError("uninstall: needs the names of contexts, or --all");
  absl::StatusOr<std::vector<std::string>> paths =
      KubeconfigPathsToChange(flags.Get(kKubeconfigFlag.name), environment);
  if (!paths.ok()) return paths.status();
  const Uninstall request = {*paths, std::string(flags.Get(kKubeconfigFlag.name)),
                             ParseEditChoice(flags, environment), environment};
  return all ? UninstallAll(request) : UninstallNamed(flags.operands(), request);
}

}  // namespace

const Command kUninstallCommand = {
    "uninstall",
    "CONTEXT...",
    "removes what install has added",
    R"(Removes the cluster, user and context that install has added, and nothing else: the file is as it was before. CONTEXT is
a name that `list` shows, also one that was renamed since, or a pattern in quotes ('prod-*'). For `install exec` it is a
context or the name of its user: the user's own plugin is restored. With --all, all of these at once; users that were
there before `migrate`, or that other contexts lead to, stay and are named. What cannot be removed is named, and the
others are. What credential_provider has stored for them is forgotten.)",
    &UninstallFlags,
    &RunUninstall,
    &OurContextNames,
};

}  // namespace kubeconfig_writer
