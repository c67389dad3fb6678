#include "kubeconfig_writer/file/kubeconfig_file.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "credential_provider/base/status_context.h"
#include "kubeconfig_writer/document/kubeconfig_diff.h"
#include "kubeconfig_writer/file/kubeconfig_reader.h"
#include "kubeconfig_writer/file/locked_replace.h"
#include "kubeconfig_writer/file/special_file.h"
#include "kubeconfig_writer/file/symlinks.h"

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
struct Look {
  KubeconfigDocument before;
  KubeconfigDocument after;
  bool differs() const { return StateOf(before) != StateOf(after); }
};

absl::StatusOr<Look> LookAndEdit(const std::string& path, EditKubeconfigText edit) {
  absl::Status is_file = CheckNotSpecial(path);
  if (!is_file.ok()) return is_file;
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
  absl::Time written_at = absl::InfinitePast();
  Traffic traffic = Traffic::kNone;
  const absl::Time deadline = absl::Now() + kLimit;
  while (true) {
    // What is seen after our own writing tells of others only when they wrote in place.
    const Traffic seen = TrafficOf(*target);
    if (written_at == absl::InfinitePast() || seen == Traffic::kOthers) traffic = std::max(traffic, seen);
    absl::StatusOr<Look> look = LookAndEdit(path, edit);
    if (!look.ok()) return look.status();
    if (!look->differs()) {
      if (absl::Now() - written_at >= kWatch[static_cast<int>(traffic)])
        return written_at != absl::InfinitePast();
    } else {
      absl::Status written = Write(path, *target, *std::move(look), options);
      if (!written.ok() && !absl::IsAborted(written)) return written;
      if (absl::Now() >= deadline) {
        return credential_provider::WithHint(
            absl::AbortedError(absl::StrCat(path, ": other programs keep changing it")),
            "run this again when they have finished");
      }
      if (written.ok() && options.written) options.written();
      if (written.ok()) written_at = absl::Now();
    }
    absl::SleepFor(kPause);
  }
}

absl::StatusOr<std::string> PreviewEdit(const std::string& path, EditKubeconfigText edit) {
  absl::StatusOr<Look> look = LookAndEdit(path, edit);
  if (!look.ok()) return look.status();
  return DiffOf(path, look->before, look->after);
}

}  // namespace kubeconfig_writer
