#include "kubeconfig_writer/kubeconfig_reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "absl/container/node_hash_map.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/yaml/yaml_tree.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::ErrnoError;
using credential_provider::FileDescriptor;
using credential_provider::ReadFile;
using credential_provider::WithContext;
using credential_provider::WithHint;

// A file this young may be half of what another program is writing.
constexpr absl::Duration kSettled = absl::Milliseconds(500);
// Who writes kubeconfigs now may do so again.
constexpr absl::Duration kBusy = absl::Seconds(2);
// This program's own writing takes less than this.
constexpr absl::Duration kWriting = absl::Milliseconds(100);
constexpr absl::Duration kPause = absl::Milliseconds(50);
constexpr int kTries = 10;
constexpr char kUnreadableHint[] = "name a file that can be read with --kubeconfig or KUBECONFIG";
constexpr char kRefusedHint[] = "nothing was changed: mend that line, or name another file with --kubeconfig";

absl::node_hash_map<std::string, KubeconfigDocument>& Parsed() {
  static auto* const parsed = new absl::node_hash_map<std::string, KubeconfigDocument>();
  return *parsed;
}

bool WasWrittenJustNow(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 && absl::Now() - absl::TimeFromTimespec(info.st_mtim) < kSettled;
}

absl::Time TimeOf(const statx_timestamp& time) {
  return absl::FromUnixSeconds(time.tv_sec) + absl::Nanoseconds(time.tv_nsec);
}

absl::StatusOr<KubeconfigDocument> ReadOnce(const std::string& path) {
  const auto kept = Parsed().find(path);
  if (kept != Parsed().end()) {
    absl::StatusOr<bool> same = Holds(path, StateOf(kept->second));
    if (same.ok() && *same) return kept->second;
  }
  absl::StatusOr<std::string> text = ReadFile(path, credential_provider::kMaxYamlBytes);
  if (absl::IsNotFound(text.status())) return KubeconfigDocument::ForMissingFile();
  if (!text.ok()) return WithHint(text.status(), kUnreadableHint);
  absl::StatusOr<KubeconfigDocument> document = KubeconfigDocument::Parse(*std::move(text));
  if (!document.ok()) return Refused(document.status(), path);
  KeepParsed(path, *document);
  return document;
}

// True when the rest of `fd` is `text`.
absl::StatusOr<bool> IsRest(int fd, absl::string_view text, const std::string& path) {
  char buffer[65536];
  while (true) {
    const ssize_t count = read(fd, buffer, sizeof(buffer));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return ErrnoError(errno, path);
    if (count == 0) return text.empty();
    if (!absl::ConsumePrefix(&text, {buffer, static_cast<size_t>(count)})) return false;
  }
}

}  // namespace

absl::StatusOr<KubeconfigDocument> ReadKubeconfig(const std::string& path) {
  for (int attempt = 1;; ++attempt) {
    absl::StatusOr<KubeconfigDocument> document = ReadOnce(path);
    const bool torn = document.ok() ? !document->file_missing() && document->text().empty()
                                    : absl::IsInvalidArgument(document.status());
    if (!torn || attempt == kTries || !WasWrittenJustNow(path)) return document;
    absl::SleepFor(kPause);
  }
}

void KeepParsed(const std::string& path, const KubeconfigDocument& document) {
  Parsed().insert_or_assign(path, document);
}

absl::StatusOr<bool> Holds(const std::string& path, absl::optional<absl::string_view> text) {
  const FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.ok() && errno == ENOENT) return !text.has_value();
  if (!file.ok()) return ErrnoError(errno, path);
  if (!text.has_value()) return false;
  return IsRest(file.get(), *text, path);
}

Traffic TrafficOf(const std::string& path) {
  struct statx info;
  if (statx(AT_FDCWD, path.c_str(), 0, STATX_MTIME | STATX_BTIME, &info) != 0) return Traffic::kNone;
  const absl::Time written = TimeOf(info.stx_mtime);
  if (absl::Now() - written > kBusy) return Traffic::kNone;
  const bool known = (info.stx_mask & STATX_BTIME) != 0;
  return known && written - TimeOf(info.stx_btime) < kWriting ? Traffic::kThisProgram : Traffic::kOthers;
}

absl::optional<absl::string_view> StateOf(const KubeconfigDocument& document) {
  if (document.file_missing()) return absl::nullopt;
  return document.text();
}

absl::Status Refused(const absl::Status& status, const std::string& path) {
  return WithHint(WithContext(status, path), kRefusedHint);
}

}  // namespace kubeconfig_writer
