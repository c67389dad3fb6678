#include "kubeconfig_writer/entries/installation.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "kubeconfig_writer/entries/stanza_change.h"
#include "kubeconfig_writer/file/kubeconfig_path.h"
#include "kubeconfig_writer/schema/text_field.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::WithContext;

std::string ServerIn(const KubeconfigDocument& document, const std::string& name) {
  const absl::optional<nlohmann::json> cluster = document.Find(KubeconfigList::kClusters, name);
  return cluster ? TextAt(*cluster, "server") : "";
}

// Where somebody has several contexts and none is current, which one kubectl takes is theirs to say.
bool HasBeside(const KubeconfigDocument& document, const std::string& name) {
  const std::vector<std::string> contexts = document.Names(KubeconfigList::kContexts);
  return std::any_of(contexts.begin(), contexts.end(),
                     [&](const std::string& context) { return context != name; });
}

// What is there before the first write is what is replaced.
void NoteReplaced(const KubeconfigDocument& document, const Addition& addition, Installation* installation) {
  const ClusterEntry& entry = installation->entry;
  installation->context = addition.context;
  installation->kept_server = addition.kept_server;
  const ProviderStanza standing = StanzaOf(document, entry.name), fresh_stanza = {entry.args, entry.env};
  const bool is_other = standing.args != entry.args || !AskAlike(standing, fresh_stanza);
  if (!standing.args.empty() && is_other) installation->old_stanza = standing;
  const std::string server = ServerIn(document, entry.name);
  const std::string fresh = entry.connection.has_server() ? entry.connection.server : entry.server;
  if (addition.kept_server.empty() && !server.empty() && server != fresh) installation->old_server = server;
}

// Returns the edits of one installation; none when its name is taken, which stops that one alone.
absl::StatusOr<std::vector<KubeconfigEdit>> EditsOf(const KubeconfigDocument& document,
                                                    Installation& installation) {
  absl::StatusOr<Addition> addition = AdditionOf(installation.entry, document);
  installation.status = WithContext(addition.status(), installation.path);
  if (absl::IsAlreadyExists(addition.status())) return std::vector<KubeconfigEdit>();
  if (!addition.ok()) return addition.status();
  std::vector<KubeconfigEdit>& edits = addition->edits;
  if (!installation.written && installation.use_if_none)
    installation.use = document.current_context().empty() && !HasBeside(document, addition->context);
  if (!installation.written && installation.use) {
    edits.push_back(KubeconfigEdit::Use(addition->context));
    const std::string before = document.current_context();
    if (!document.CanKeepContext() && before != addition->context) installation.lost_context = before;
  }
  NoteReplaced(document, *addition, &installation);
  absl::StatusOr<bool> made = document.HasMade(edits);
  if (!made.ok()) return made.status();
  installation.changed |= !*made;
  return std::move(edits);
}

// Makes all installations of one file at once. It may be done again, on what another program has left of
// them.
absl::Status Add(absl::Span<Installation* const> installations, KubeconfigDocument& document) {
  std::vector<KubeconfigEdit> all;
  for (Installation* installation : installations) {
    absl::StatusOr<std::vector<KubeconfigEdit>> edits = EditsOf(document, *installation);
    if (!edits.ok()) return edits.status();
    all.insert(all.end(), edits->begin(), edits->end());
  }
  return document.Apply(all);
}

std::string UserIn(const std::string& context, const KubeconfigDocument& document) {
  const absl::optional<nlohmann::json> content = document.Find(KubeconfigList::kContexts, context);
  return content ? TextAt(*content, "user") : "";
}

// What has been put aside for the context that goes stays aside: kubectl must not go to another cluster
// unasked.
absl::Status RemoveOne(Removal& removal, KubeconfigDocument& document) {
  if (!IsOurs(document, removal.user) || !(StanzaOf(document, removal.user) == removal.stanza))
    return absl::OkStatus();
  const std::string before = document.current_context();
  std::vector<std::string> contexts;
  for (const std::string& context : document.Names(KubeconfigList::kContexts)) {
    if (UserIn(context, document) == removal.user) contexts.push_back(context);
  }
  absl::StatusOr<std::vector<KubeconfigEdit>> edits = EditsToRemove(removal.user, contexts, document);
  if (!edits.ok()) return edits.status();
  const bool was_current = std::find(contexts.begin(), contexts.end(), before) != contexts.end();
  absl::Status removed = document.Apply(*edits);
  if (removed.ok() && was_current && !document.current_context().empty())
    removed = document.SetCurrentContext("");
  if (!removed.ok()) return removed;
  removal.removed = true;
  removal.was_current |= was_current;
  if (removal.contexts.empty()) removal.contexts = std::move(contexts);
  return absl::OkStatus();
}

// Of a file that had no contexts. One that is left alone is not chosen: nobody has asked for it.
absl::Status ChooseOnly(EntryChanges& changes, KubeconfigDocument& document) {
  const std::vector<std::string> contexts = document.Names(KubeconfigList::kContexts);
  if (!document.current_context().empty() || contexts.size() != 1) return absl::OkStatus();
  if (!IsOurs(document, UserIn(contexts.front(), document))) return absl::OkStatus();
  changes.chosen = contexts.front();
  return document.SetCurrentContext(changes.chosen);
}

// What is to be changed in one file.
struct OfFile {
  std::vector<Installation*> installations;
  std::vector<Removal*> removals;
};

// It may be done again, on what another program has left of it.
absl::Status Change(const std::string& path, const OfFile& of_file, EntryChanges& changes,
                    KubeconfigDocument& document) {
  const bool was_without = document.Names(KubeconfigList::kContexts).empty();
  for (Removal* const removal : of_file.removals) {
    absl::Status removed = RemoveOne(*removal, document);
    if (!removed.ok()) return removed;
  }
  absl::Status added = Add(of_file.installations, document);
  return added.ok() && was_without && path == changes.choose_in ? ChooseOnly(changes, document) : added;
}

std::string WriteFile(const std::string& path, const OfFile& of_file, EntryChanges& changes,
                      const EditChoice& choice) {
  EditChoice noting = choice;
  noting.options.written = [&of_file] {
    for (Installation* installation : of_file.installations) installation->written = true;
  };
  absl::StatusOr<Edited> edited = EditAsAsked(
      path, [&](KubeconfigDocument& document) { return Change(path, of_file, changes, document); }, noting);
  if (edited.ok()) return edited->diff;
  for (Installation* installation : of_file.installations) installation->status = edited.status();
  for (Removal* removal : of_file.removals) removal->status = edited.status();
  if (path == changes.choose_in) changes.chosen.clear();
  return "";
}

}  // namespace

absl::StatusOr<KubeconfigFiles> KubeconfigFiles::Read(const std::vector<std::string>& paths) {
  KubeconfigFiles files;
  files.paths_ = paths;
  for (const std::string& path : paths) {
    absl::StatusOr<KubeconfigDocument> document = ReadKubeconfig(path);
    if (!document.ok()) return document.status();
    files.documents_.push_back(*std::move(document));
  }
  return files;
}

std::string KubeconfigFiles::PathFor(const std::string& name) const {
  for (size_t i = 0; i < paths_.size(); ++i) {
    for (const KubeconfigList list : kKubeconfigLists) {
      if (documents_[i].Has(list, name)) return paths_[i];
    }
  }
  return PathForNewEntry(paths_);
}

const KubeconfigDocument* KubeconfigFiles::DocumentAt(const std::string& path) const {
  for (size_t i = 0; i < paths_.size(); ++i) {
    if (paths_[i] == path) return &documents_[i];
  }
  return nullptr;
}

std::string KubeconfigFiles::CommandIn(const std::string& path, const std::string& name) const {
  const KubeconfigDocument* const document = DocumentAt(path);
  return document == nullptr ? "" : CommandOf(*document, name);
}

bool KubeconfigFiles::IsSplit(const std::string& path, const std::string& name) const {
  for (size_t i = 0; i < paths_.size(); ++i) {
    if (paths_[i] == path) continue;
    for (const KubeconfigList list : kKubeconfigLists) {
      if (documents_[i].Has(list, name)) return true;
    }
  }
  return false;
}

bool KubeconfigFiles::HasCurrentContext() const {
  return std::any_of(documents_.begin(), documents_.end(),
                     [](const KubeconfigDocument& document) { return !document.current_context().empty(); });
}

bool KubeconfigFiles::HasContextBeside(const std::string& name) const {
  return std::any_of(documents_.begin(), documents_.end(),
                     [&](const KubeconfigDocument& document) { return HasBeside(document, name); });
}

std::string KubeconfigFiles::FileThatDecides(const std::string& path) const {
  for (size_t i = 0; i < paths_.size() && paths_[i] != path; ++i) {
    if (!documents_[i].current_context().empty()) return paths_[i];
  }
  return "";
}

std::string WriteChanges(EntryChanges& changes, const EditChoice& choice) {
  std::map<std::string, OfFile> by_path;
  for (Removal& removal : changes.removals) by_path[removal.path].removals.push_back(&removal);
  for (Installation& installation : changes.installations) {
    if (installation.status.ok()) by_path[installation.path].installations.push_back(&installation);
  }
  std::string diff;
  for (const auto& [path, of_file] : by_path)
    absl::StrAppend(&diff, WriteFile(path, of_file, changes, choice));
  return diff;
}

std::string WriteInstallations(absl::Span<Installation> installations, const EditChoice& choice) {
  EntryChanges changes{installations};
  return WriteChanges(changes, choice);
}

}  // namespace kubeconfig_writer
