#include "kubeconfig_writer/kubeconfig_file.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "kubeconfig_writer/kubeconfig_diff.h"
#include "kubeconfig_writer/kubeconfig_reader.h"
#include "kubeconfig_writer/link_chain.h"
#include "kubeconfig_writer/locked_file.h"

namespace kubeconfig_writer {
namespace {

// A kubectl that read before our lock writes within this time.
constexpr absl::Duration kLookAgainPause = absl::Milliseconds(50);
constexpr int kMaxRounds = 5;

// A file as it is and as it should be.
struct Look {
  KubeconfigDocument before;
  KubeconfigDocument after;
  bool differs() const { return StateOf(before) != StateOf(after); }
};

absl::StatusOr<Look> LookAndEdit(const std::string& path, EditKubeconfigText edit) {
  absl::StatusOr<KubeconfigDocument> document = ReadKubeconfig(path);
  if (!document.ok()) return document.status();
  Look look{*document, *document};
  absl::Status edited = edit(look.after);
  if (!edited.ok()) return Refused(edited, path);
  return look;
}

// Makes what `look` found differ no more. Only the texts are held on to meanwhile: a large file is in memory
// often enough.
absl::Status Write(const std::string& path, const std::string& target, Look look,
                   const EditOptions& options) {
  const std::shared_ptr<const std::string> before = look.before.shared_text();
  const bool was_missing = look.before.file_missing();
  KeepParsed(path, look.after);
  look.before = look.after;
  return ReplaceLocked(path, target, was_missing ? FileState() : FileState(*before), StateOf(look.after),
                       options.backups);
}

}  // namespace

absl::StatusOr<bool> EditKubeconfig(const std::string& path, EditKubeconfigText edit,
                                    const EditOptions& options) {
  absl::StatusOr<std::string> target = FollowLinks(path);
  if (!target.ok()) return target.status();
  bool changed = false;
  for (int round = 1;; ++round) {
    absl::StatusOr<Look> look = LookAndEdit(path, edit);
    if (!look.ok()) return look.status();
    if (!look->differs()) return changed;
    if (round > kMaxRounds)
      return absl::AbortedError(absl::StrCat(path, ": another program keeps taking the change back"));
    absl::Status written = Write(path, *target, *std::move(look), options);
    if (!written.ok() && (!absl::IsAborted(written) || round == kMaxRounds)) return written;
    changed |= written.ok();
    if (written.ok()) absl::SleepFor(kLookAgainPause);
  }
}

absl::StatusOr<std::string> PreviewEdit(const std::string& path, EditKubeconfigText edit) {
  absl::StatusOr<Look> look = LookAndEdit(path, edit);
  if (!look.ok()) return look.status();
  return DiffOf(path, look->before, look->after);
}

}  // namespace kubeconfig_writer
