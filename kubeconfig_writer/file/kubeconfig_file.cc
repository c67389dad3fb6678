#include "kubeconfig_writer/file/kubeconfig_file.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/command.h"
#include "kubeconfig_writer/document/kubeconfig_diff.h"
#include "kubeconfig_writer/file/file_access.h"
#include "kubeconfig_writer/file/kubeconfig_reader.h"
#include "kubeconfig_writer/file/kubeconfig_target.h"
#include "kubeconfig_writer/file/locked_replace.h"

namespace kubeconfig_writer {
namespace {

// A kubectl that read before our lock writes within this time: when nobody has written the file lately; when
// another run of this program has, beside whom there may be others; when there is one kubectl after the
// other.
constexpr absl::Duration kWatch[] = {absl::Milliseconds(50), absl::Milliseconds(250),
                                     absl::Milliseconds(500)};
// The sooner a deleted entry is back, the fewer others have read the file without it.
constexpr absl::Duration kPause = absl::Milliseconds(5);
constexpr absl::Duration kLimit = absl::Seconds(15);

// A file as it is and as it should be.
struct Snapshot {
  KubeconfigDocument before;
  KubeconfigDocument after;
  bool differs() const { return StateOf(before) != StateOf(after); }
};

absl::StatusOr<Snapshot> ReadAndEdit(const KubeconfigTarget& target, EditKubeconfigText edit) {
  absl::StatusOr<KubeconfigDocument> document = ReadKubeconfig(target);
  if (!document.ok()) return document.status();
  Snapshot snapshot{*document, *document};
  absl::Status edited = edit(snapshot.after);
  if (!edited.ok()) return WithNothingChangedHint(edited, target.path());
  return snapshot;
}

// One edit of a file, which others write too. What is done in each state, and where it leads:
//
//   kReading   reads the file and edits it in memory. kWriting when that makes a difference, else kWatching.
//   kWriting   writes under the lock, if the file is still what was read. Then kReading: others may have been
//   quicker, or
//              delete right afterwards what they did not know.
//   kWatching  it is as meant. kReading while a kubectl that read before our lock may still write; then
//   kDone.
class EditRun {
 public:
  EditRun(KubeconfigTarget target, EditKubeconfigText edit, const EditOptions& options)
      : target_(std::move(target)), edit_(edit), options_(options) {}

  // Returns whether the file changed.
  absl::StatusOr<bool> Run() {
    State state = State::kReading;
    while (state != State::kDone) {
      absl::StatusOr<State> next = state == State::kReading   ? Read()
                                   : state == State::kWriting ? Write()
                                                              : Watch();
      if (!next.ok()) return next.status();
      state = *next;
    }
    if (!warning_.ok()) credential_provider::PrintWarning(credential_provider::kWriterProgramName, warning_);
    return HasWritten();
  }

 private:
  enum class State { kReading, kWriting, kWatching, kDone };

  bool HasWritten() const { return written_at_ != absl::InfinitePast(); }

  absl::StatusOr<State> Read() {
    // What is seen after our own writing tells of others only when they wrote in place.
    const RecentWriter seen = RecentWriterOf(target_);
    if (!HasWritten() || seen == RecentWriter::kOthers) writer_ = std::max(writer_, seen);
    absl::StatusOr<Snapshot> snapshot = ReadAndEdit(target_, edit_);
    if (!snapshot.ok()) return snapshot.status();
    if (!snapshot->differs()) return State::kWatching;
    snapshot_ = *std::move(snapshot);
    return State::kWriting;
  }

  absl::StatusOr<State> Write() {
    absl::Status written = Replace();
    if (!written.ok() && !absl::IsAborted(written)) return written;
    if (absl::Now() >= deadline_) {
      return credential_provider::WithHint(
          absl::AbortedError(absl::StrCat(target_.path(), ": other programs keep changing it")),
          "run this again when they have finished");
    }
    if (written.ok() && options_.written) options_.written();
    if (written.ok()) written_at_ = absl::Now();
    absl::SleepFor(kPause);
    return State::kReading;
  }

  // Only the texts are held on to meanwhile: a large file is in memory often enough.
  absl::Status Replace() {
    if (!snapshot_) return absl::InternalError("there is nothing to write");
    const std::shared_ptr<const std::string> before = snapshot_->before.shared_text();
    const bool was_missing = snapshot_->before.file_missing();
    const KubeconfigDocument after = std::move(snapshot_->after);
    snapshot_.reset();
    KeepParsed(target_.path(), after);
    const absl::Status warning = HasWritten() ? absl::OkStatus() : Warning();
    absl::Status replaced = ReplaceLocked(target_, was_missing ? FileState() : FileState(*before),
                                          StateOf(after), options_.backups);
    if (replaced.ok() && !warning.ok()) warning_ = warning;
    return replaced;
  }

  // What is to be said of the file once it has been replaced.
  absl::Status Warning() const {
    const absl::StatusOr<credential_provider::FileDescriptor> file = target_.Open();
    return file.ok() ? WarningOf(file->get(), target_.path()) : absl::OkStatus();
  }

  absl::StatusOr<State> Watch() const {
    if (absl::Now() - written_at_ >= kWatch[static_cast<int>(writer_)]) return State::kDone;
    absl::SleepFor(kPause);
    return State::kReading;
  }

  KubeconfigTarget target_;
  const EditKubeconfigText edit_;
  const EditOptions& options_;
  const absl::Time deadline_ = absl::Now() + kLimit;
  absl::optional<Snapshot> snapshot_;  // between kReading and kWriting
  absl::Time written_at_ = absl::InfinitePast();
  RecentWriter writer_ = RecentWriter::kNone;
  absl::Status warning_;  // of the file as it was found
};

}  // namespace

absl::StatusOr<bool> EditKubeconfig(const std::string& path, EditKubeconfigText edit,
                                    const EditOptions& options) {
  absl::StatusOr<KubeconfigTarget> target = KubeconfigTarget::Find(path);
  if (!target.ok()) return target.status();
  return EditRun(*std::move(target), edit, options).Run();
}

absl::StatusOr<std::string> PreviewEdit(const std::string& path, EditKubeconfigText edit) {
  absl::StatusOr<KubeconfigTarget> target = KubeconfigTarget::Find(path);
  if (!target.ok()) return target.status();
  absl::StatusOr<Snapshot> snapshot = ReadAndEdit(*target, edit);
  if (!snapshot.ok()) return snapshot.status();
  return DiffOf(path, snapshot->before, snapshot->after);
}

}  // namespace kubeconfig_writer
