#include "kubeconfig_writer/file/undo.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "kubeconfig_writer/document/kubeconfig_diff.h"
#include "kubeconfig_writer/file/backup.h"
#include "kubeconfig_writer/file/kubeconfig_reader.h"
#include "kubeconfig_writer/file/kubeconfig_target.h"
#include "kubeconfig_writer/file/locked_replace.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::WithHint;

struct Undo {
  KubeconfigTarget target;
  Backup backup;
};

absl::StatusOr<bool> FileEquals(const KubeconfigTarget& target, const absl::optional<std::string>& text) {
  absl::Status equal = OpenIfEqual(target, text).status();
  if (!equal.ok() && !absl::IsAborted(equal)) return equal;
  return equal.ok();
}

// Finds the last change that is still in the file. One that never was, or was taken back already, is dropped.
absl::StatusOr<Undo> FindUndo(const std::string& path, const std::string& backups) {
  absl::StatusOr<KubeconfigTarget> target = KubeconfigTarget::Find(path);
  if (!target.ok()) return target.status();
  Undo undo{*target, {}};
  while (true) {
    absl::StatusOr<Backup> backup = NewestBackup(backups, target->resolved());
    if (!backup.ok()) return backup.status();
    absl::StatusOr<bool> applies = FileEquals(*target, backup->after);
    if (!applies.ok()) return applies.status();
    undo.backup = *std::move(backup);
    if (*applies) return undo;
    absl::StatusOr<bool> undone = FileEquals(*target, undo.backup.before);
    if (!undone.ok()) return undone.status();
    if (!*undone) {
      return WithHint(absl::FailedPreconditionError(absl::StrCat(
                          path, ": has been changed since this program changed it at ",
                          absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", undo.backup.time, absl::UTCTimeZone()))),
                      "nothing was changed: take the later change back first");
    }
    absl::Status dropped = DropNewestBackup(backups, target->resolved());
    if (!dropped.ok()) return dropped;
  }
}

absl::StatusOr<KubeconfigDocument> ParseState(const absl::optional<std::string>& state) {
  return state.has_value() ? KubeconfigDocument::Parse(*state) : KubeconfigDocument::ForMissingFile();
}

}  // namespace

absl::StatusOr<absl::Time> LastEdit(const std::string& path, const std::string& backups) {
  absl::StatusOr<Undo> undo = FindUndo(path, backups);
  if (!undo.ok()) return undo.status();
  return undo->backup.time;
}

absl::StatusOr<std::string> UndoLastEdit(const std::string& path, const std::string& backups) {
  absl::StatusOr<Undo> undo = FindUndo(path, backups);
  if (!undo.ok()) return undo.status();
  absl::Status undone = ReplaceLocked(undo->target, undo->backup.after, undo->backup.before, "");
  if (undone.ok()) undone = DropNewestBackup(backups, undo->target.resolved());
  if (!undone.ok()) return undone;
  const absl::StatusOr<KubeconfigDocument> before = ParseState(undo->backup.before);
  const absl::StatusOr<KubeconfigDocument> after = ParseState(undo->backup.after);
  return before.ok() && after.ok() ? SummaryOf(*after, *before) : "";
}

absl::Status ForgetEdits(const std::string& path, const std::string& backups) {
  absl::StatusOr<KubeconfigTarget> target = KubeconfigTarget::Find(path);
  return target.ok() ? ForgetBackups(backups, target->resolved()) : target.status();
}

absl::StatusOr<std::string> PreviewUndo(const std::string& path, const std::string& backups) {
  absl::StatusOr<Undo> undo = FindUndo(path, backups);
  if (!undo.ok()) return undo.status();
  absl::StatusOr<KubeconfigDocument> before = ParseState(undo->backup.before);
  if (!before.ok()) return before.status();
  absl::StatusOr<KubeconfigDocument> after = ParseState(undo->backup.after);
  if (!after.ok()) return after.status();
  return DiffOf(path, *after, *before);
}

}  // namespace kubeconfig_writer
