#include "kubeconfig_writer/file/kubeconfig_reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "absl/container/node_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/platform/files.h"
#include "credential_provider/yaml/yaml_tree.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::ErrnoError;
using credential_provider::FileDescriptor;
using credential_provider::ReadAll;
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
constexpr char kLineHint[] = "nothing was changed: mend that line, or name another file with --kubeconfig";
constexpr char kRefusedHint[] = "nothing was changed: mend the file, or name another one with --kubeconfig";

absl::node_hash_map<std::string, KubeconfigDocument>& Parsed() {
  static auto* const parsed = new absl::node_hash_map<std::string, KubeconfigDocument>();
  return *parsed;
}

bool WasWrittenJustNow(const FileDescriptor& file) {
  struct stat info;
  return fstat(file.get(), &info) == 0 && S_ISREG(info.st_mode) &&
         absl::Now() - credential_provider::WrittenTime(info) < kSettled;
}

// Opens by a name as a reader does, which may be a link, or a pipe as of `--kubeconfig <(command)`. Unlike
// kubectl it does not wait for ever for somebody to write into one. A name like "config/", which can never be
// a file's, is not a missing one: kubectl does not take it for one either.
absl::StatusOr<FileDescriptor> OpenByName(const std::string& path) {
  FileDescriptor file(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (file.ok()) return file;
  const absl::Status failed = ErrnoError(errno, path);
  return errno == ENOTDIR ? absl::FailedPreconditionError(failed.message()) : failed;
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

// What is kept is taken when the file is the same still. A pipe gives what it holds only once.
absl::StatusOr<KubeconfigDocument> ReadOnce(const FileDescriptor& file, const std::string& path) {
  struct stat info;
  if (fstat(file.get(), &info) != 0) return ErrnoError(errno, path);
  const auto kept = Parsed().find(path);
  if (kept != Parsed().end() && !kept->second.file_missing()) {
    if (!S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode)) return kept->second;
    absl::StatusOr<bool> same = IsRest(file.get(), kept->second.text(), path);
    if (same.ok() && *same) return kept->second;
    lseek(file.get(), 0, SEEK_SET);
  }
  absl::StatusOr<std::string> text = ReadAll(file.get(), credential_provider::kMaxYamlBytes, path);
  if (!text.ok()) return WithHint(text.status(), kUnreadableHint);
  absl::StatusOr<KubeconfigDocument> document = KubeconfigDocument::Parse(*std::move(text));
  if (!document.ok()) return WithNothingChangedHint(document.status(), path);
  KeepParsed(path, *document);
  return document;
}

absl::StatusOr<KubeconfigDocument> Read(const std::string& path,
                                        absl::FunctionRef<absl::StatusOr<FileDescriptor>()> open_file) {
  for (int attempt = 1;; ++attempt) {
    const absl::StatusOr<FileDescriptor> file = open_file();
    if (absl::IsNotFound(file.status())) return KubeconfigDocument::ForMissingFile();
    if (!file.ok()) return WithHint(file.status(), kUnreadableHint);
    absl::StatusOr<KubeconfigDocument> document = ReadOnce(*file, path);
    const bool torn = document.ok() ? document->text().empty() : absl::IsInvalidArgument(document.status());
    if (!torn || attempt == kTries || !WasWrittenJustNow(*file)) return document;
    absl::SleepFor(kPause);
  }
}

}  // namespace

absl::StatusOr<KubeconfigDocument> ReadKubeconfig(const std::string& path) {
  return Read(path, [&path] { return OpenByName(path); });
}

absl::StatusOr<KubeconfigDocument> ReadKubeconfig(const KubeconfigTarget& target) {
  return Read(target.path(), [&target] { return target.Open(); });
}

void KeepParsed(const std::string& path, const KubeconfigDocument& document) {
  Parsed().insert_or_assign(path, document);
}

absl::StatusOr<FileDescriptor> OpenIfEqual(const KubeconfigTarget& target,
                                           absl::optional<absl::string_view> text) {
  absl::Status differs =
      absl::AbortedError(absl::StrCat(target.path(), ": another program keeps changing it"));
  absl::StatusOr<FileDescriptor> file = target.Open();
  if (absl::IsNotFound(file.status()))
    return text.has_value() ? absl::StatusOr<FileDescriptor>(differs) : FileDescriptor();
  if (!file.ok()) return file;
  if (!text.has_value()) return differs;
  absl::StatusOr<bool> same = IsRest(file->get(), *text, target.path());
  if (!same.ok()) return same.status();
  return *same ? std::move(file) : absl::StatusOr<FileDescriptor>(differs);
}

RecentWriter RecentWriterOf(const KubeconfigTarget& target) {
  const absl::StatusOr<FileDescriptor> file = target.Open();
  if (!file.ok()) return RecentWriter::kNone;
  const absl::optional<credential_provider::FileTimes> times = credential_provider::TimesOf(file->get());
  if (!times || absl::Now() - times->written > kBusy) return RecentWriter::kNone;
  return times->made && times->written - *times->made < kWriting ? RecentWriter::kThisProgram
                                                                 : RecentWriter::kOthers;
}

absl::optional<absl::string_view> StateOf(const KubeconfigDocument& document) {
  if (document.file_missing()) return absl::nullopt;
  return document.text();
}

absl::Status WithNothingChangedHint(const absl::Status& status, const std::string& path) {
  const bool names_line = absl::StartsWith(status.message(), "line ");
  return WithHint(WithContext(status, path), names_line ? kLineHint : kRefusedHint);
}

}  // namespace kubeconfig_writer
