#include "kubeconfig_writer/document/kubeconfig_document.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/yaml/yaml_json.h"
#include "kubeconfig_writer/document/empty_document.h"
#include "kubeconfig_writer/edits/edit_planner.h"
#include "kubeconfig_writer/yaml/text_lines.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::WithHint;
using credential_provider::YamlNode;
using credential_provider::YamlTree;
using Kind = KubeconfigEdit::Kind;
using nlohmann::json;

// Of an edit whose result is not what was meant.
constexpr char kOwnFaultHint[] =
    "nothing was changed: write the file anew, as `kubectl config view --raw` prints it, or name another one "
    "with "
    "--kubeconfig; then please report what the file looked like";

bool Adds(const KubeconfigEdit& edit) {
  return edit.kind == Kind::kSet || edit.kind == Kind::kSetField || edit.kind == Kind::kUse;
}

// Makes `edit` on the content of its entry, nothing where there is no entry.
absl::Status Change(const KubeconfigEdit& edit, absl::optional<json>* content) {
  if (edit.kind == Kind::kRemove) {
    content->reset();
    return absl::OkStatus();
  }
  if (edit.kind == Kind::kSet) {
    if (!edit.value.is_object() || edit.value.empty())
      return absl::InvalidArgumentError("an entry without content");
    *content = json(edit.value);
    return absl::OkStatus();
  }
  const std::string name = credential_provider::Printable(edit.name);
  if (!content->has_value()) return absl::NotFoundError(absl::StrCat("no ", EntryKey(edit.list), " ", name));
  const std::string& field = edit.path.front();
  if (edit.kind == Kind::kSetField) {
    if (!(*content)->is_object()) *content = json::object();
    (**content)[field] = json(edit.value);
  } else if ((*content)->contains(field)) {
    (*content)->erase(field);
    if ((*content)->empty())
      return absl::InvalidArgumentError(absl::StrCat(name, ": ", field, " is its only field"));
  }
  return absl::OkStatus();
}

// Adds what can be done about a file as a whole, where there is something better than to look at one line.
absl::Status WithHintOfText(const absl::Status& refused) {
  if (absl::StrContains(refused.message(), credential_provider::kUtf16)) {
    return WithHint(
        refused,
        "nothing was changed: write it as UTF-8 (iconv -f UTF-16 -t UTF-8 does), or name another file with "
        "--kubeconfig");
  }
  if (absl::StrContains(refused.message(), credential_provider::kSecondDocument)) {
    return WithHint(refused,
                    "nothing was changed: kubectl reads the first document alone; take out what is below "
                    "the line, or name another file with --kubeconfig");
  }
  return refused;
}

// A text of this program's own making that cannot be read is no fault of the user's, and its lines are not
// those of the user's file.
absl::Status RefuseOwnText(const absl::Status& parsed) {
  if (parsed.ok()) return parsed;
  const std::pair<std::string, std::string> line_and_reason =
      absl::StrSplit(parsed.message(), absl::MaxSplits(": ", 1));
  return absl::InternalError(absl::StrCat("the edit would make a file that kubectl cannot read (",
                                          line_and_reason.second, "); nothing was written"));
}

}  // namespace

absl::StatusOr<std::shared_ptr<KubeconfigDocument::Parsed>> KubeconfigDocument::ParseText(std::string text) {
  absl::StatusOr<YamlTree> tree = YamlTree::Parse(std::move(text));
  if (!tree.ok()) return WithHintOfText(tree.status());
  absl::Status status = CheckKubeconfig(*tree);
  if (!status.ok()) return status;
  return std::make_shared<Parsed>(*std::move(tree));
}

absl::StatusOr<KubeconfigDocument> KubeconfigDocument::Parse(std::string text) {
  absl::StatusOr<std::shared_ptr<Parsed>> parsed = ParseText(std::move(text));
  if (!parsed.ok()) return parsed.status();
  return KubeconfigDocument(*std::move(parsed));
}

KubeconfigDocument KubeconfigDocument::ForMissingFile() {
  KubeconfigDocument document(std::make_shared<Parsed>(*YamlTree::Parse("")));
  document.file_missing_ = true;
  return document;
}

const KubeconfigEntries& KubeconfigDocument::entries() const {
  if (parsed_->entries == nullptr)
    parsed_->entries = std::make_unique<const KubeconfigEntries>(tree().root());
  return *parsed_->entries;
}

std::vector<std::string> KubeconfigDocument::Names(KubeconfigList list) const {
  std::vector<std::string> names;
  for (const YamlNode* item : entries().In(list)) names.emplace_back(NameOf(*item));
  return names;
}

absl::optional<json> KubeconfigDocument::Find(KubeconfigList list, absl::string_view name) const {
  if (!Has(list, name)) return absl::nullopt;
  const YamlNode* content = entries().FindContent(list, name);
  return content == nullptr ? json() : credential_provider::ToJson(*content);
}

absl::StatusOr<bool> KubeconfigDocument::HasMade(const std::vector<KubeconfigEdit>& edits) const {
  absl::StatusOr<KubeconfigChange> change = IntendedChangeOf(edits);
  if (!change.ok()) return change.status();
  return change->empty();
}

// Returns what `edits` are meant to change. What they leave as it is, is not part of it.
absl::StatusOr<KubeconfigChange> KubeconfigDocument::IntendedChangeOf(
    const std::vector<KubeconfigEdit>& edits) const {
  KubeconfigChange change;
  std::string current = current_context();
  for (const KubeconfigEdit& edit : edits) {
    if (edit.kind == Kind::kUse && current != edit.name) {
      change.current_context = KubeconfigChange::CurrentContext{edit.name};
    } else if (edit.kind == Kind::kUnuse && !current.empty()) {
      change.current_context = KubeconfigChange::CurrentContext{absl::nullopt};
    }
    if (edit.kind == Kind::kUse || edit.kind == Kind::kUnuse) {
      current = edit.name;
      continue;
    }
    const auto [entry, added] = change.entries.try_emplace({edit.list, edit.name});
    if (added) entry->second = Find(edit.list, edit.name);
    absl::Status changed = Change(edit, &entry->second);
    if (!changed.ok()) return changed;
  }
  for (auto entry = change.entries.begin(); entry != change.entries.end();) {
    const absl::optional<json> found = Find(entry->first.first, entry->first.second);
    const bool same = found && entry->second ? Means(*found, *entry->second) : found == entry->second;
    entry = same ? change.entries.erase(entry) : std::next(entry);
  }
  return change;
}

absl::Status KubeconfigDocument::Apply(const std::vector<KubeconfigEdit>& edits) {
  absl::StatusOr<KubeconfigChange> change = IntendedChangeOf(edits);
  if (!change.ok()) return change.status();
  if (change->empty()) return absl::OkStatus();
  KubeconfigDocument edited = *this;
  absl::Status status = absl::OkStatus();
  if (std::any_of(edits.begin(), edits.end(), Adds)) status = edited.Fill();
  if (status.ok()) status = edited.ApplyInRounds(edits);
  if (status.ok()) status = CheckChange(entries(), edited.entries(), *change);
  if (status.ok() && !std::all_of(edits.begin(), edits.end(), Adds)) status = edited.AddHeaderIfEmpty();
  if (status.ok()) *this = std::move(edited);
  return absl::IsInternal(status) ? WithHint(status, kOwnFaultHint) : status;
}

// Makes a document without any entry a full one, to which entries can be added.
absl::Status KubeconfigDocument::Fill() {
  if (!IsEmptyDocument(tree())) return absl::OkStatus();
  absl::StatusOr<std::string> text = FillEmptyDocument(tree(), file_missing_);
  if (!text.ok()) return text.status();
  absl::StatusOr<std::shared_ptr<Parsed>> filled = ParseText(*std::move(text));
  if (!filled.ok()) return RefuseOwnText(filled.status());
  parsed_ = *std::move(filled);
  file_missing_ = false;
  return absl::OkStatus();
}

// One round is enough unless edits touch each other.
absl::Status KubeconfigDocument::ApplyInRounds(std::vector<KubeconfigEdit> edits) {
  while (!edits.empty()) {
    absl::StatusOr<PlannedRound> round = PlanRound(tree(), entries(), edits);
    if (!round.ok()) return round.status();
    absl::StatusOr<std::shared_ptr<Parsed>> parsed =
        ParseText(kubeconfig_writer::Apply(text(), round->splices));
    if (!parsed.ok()) return RefuseOwnText(parsed.status());
    parsed_ = *std::move(parsed);
    edits = std::move(round->left);
  }
  return absl::OkStatus();
}

// When nothing is left after a removal, not even what Fill began with stays.
absl::Status KubeconfigDocument::AddHeaderIfEmpty() {
  absl::optional<EmptiedDocument> emptied = RestoreEmptyDocument(tree());
  if (!emptied.has_value()) return absl::OkStatus();
  absl::StatusOr<std::shared_ptr<Parsed>> parsed = ParseText(std::move(emptied->text));
  if (!parsed.ok()) return RefuseOwnText(parsed.status());
  absl::Status same = CheckChange(entries(), KubeconfigEntries((*parsed)->tree.root()), {});
  if (!same.ok()) return same;
  parsed_ = *std::move(parsed);
  file_missing_ = emptied->file_missing && text().empty();
  return absl::OkStatus();
}

}  // namespace kubeconfig_writer
