#include "kubeconfig_writer/file/kubeconfig_reader.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "absl/container/node_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/platform/files.h"
#include "credential_provider/yaml/yaml_tree.h"
#include "kubeconfig_writer/file/special_file.h"

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
// Between two pieces out of a pipe.
constexpr absl::Duration kPipeLimit = absl::Seconds(10);
constexpr char kUnreadableHint[] = "name a file that can be read with --kubeconfig or KUBECONFIG";
constexpr char kLineHint[] = "nothing was changed: mend that line, or name another file with --kubeconfig";
constexpr char kRefusedHint[] = "nothing was changed: mend the file, or name another one with --kubeconfig";

absl::node_hash_map<std::string, KubeconfigDocument>& Parsed() {
  static auto* const parsed = new absl::node_hash_map<std::string, KubeconfigDocument>();
  return *parsed;
}

bool WasWrittenJustNow(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode) &&
         absl::Now() - credential_provider::WrittenTime(info) < kSettled;
}

// Waits until `pipe` has something to read or has ended.
absl::Status WaitFor(const FileDescriptor& pipe, const std::string& path) {
  pollfd awaited = {pipe.get(), POLLIN, 0};
  int ready = 0;
  do ready = poll(&awaited, 1, static_cast<int>(absl::ToInt64Milliseconds(kPipeLimit)));
  while (ready < 0 && errno == EINTR);
  if (ready < 0) return ErrnoError(errno, path);
  if (ready > 0) return absl::OkStatus();
  return absl::DeadlineExceededError(
      absl::StrCat(path, ": a pipe into which nothing came for ", absl::FormatDuration(kPipeLimit)));
}

// Reads what comes out of a pipe, as of `--kubeconfig <(command)`. Unlike kubectl this does not wait for ever
// for somebody to write into it.
absl::StatusOr<std::string> ReadPipe(const std::string& path) {
  const FileDescriptor pipe(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (!pipe.ok()) return ErrnoError(errno, path);
  std::string text;
  while (text.size() <= credential_provider::kMaxYamlBytes) {
    absl::Status waited = WaitFor(pipe, path);
    if (!waited.ok()) return waited;
    char buffer[16384];
    const ssize_t count = read(pipe.get(), buffer, sizeof(buffer));
    if (count == 0) return text;
    if (count > 0) text.append(buffer, static_cast<size_t>(count));
    if (count < 0 && errno != EINTR && errno != EAGAIN) return ErrnoError(errno, path);
  }
  return absl::ResourceExhaustedError(absl::StrCat(path, ": too large"));
}

absl::StatusOr<std::string> ReadText(const std::string& path) {
  struct stat info;
  const bool is_pipe = stat(path.c_str(), &info) == 0 && S_ISFIFO(info.st_mode);
  return is_pipe ? ReadPipe(path) : ReadFile(path, credential_provider::kMaxYamlBytes);
}

// A pipe gives what it holds only once.
bool IsAsParsed(const std::string& path, const KubeconfigDocument& document) {
  return IsSpecialFile(path) || FileEquals(path, StateOf(document)).value_or(false);
}

// A name like "config/", which can never be a file's: kubectl does not take it for a missing one either.
bool IsBelowAFile(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) != 0 && errno == ENOTDIR;
}

absl::StatusOr<KubeconfigDocument> ReadOnce(const std::string& path) {
  const auto kept = Parsed().find(path);
  if (kept != Parsed().end() && IsAsParsed(path, kept->second)) return kept->second;
  absl::StatusOr<std::string> text = ReadText(path);
  if (absl::IsNotFound(text.status()) && !IsBelowAFile(path)) return KubeconfigDocument::ForMissingFile();
  if (!text.ok()) return WithHint(text.status(), kUnreadableHint);
  absl::StatusOr<KubeconfigDocument> document = KubeconfigDocument::Parse(*std::move(text));
  if (!document.ok()) return WithNothingChangedHint(document.status(), path);
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

absl::StatusOr<bool> FileEquals(const std::string& path, absl::optional<absl::string_view> text) {
  const FileDescriptor file(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));  // maybe a pipe by now
  if (!file.ok() && errno == ENOENT) return !text.has_value();
  if (!file.ok()) return ErrnoError(errno, path);
  if (!text.has_value()) return false;
  return IsRest(file.get(), *text, path);
}

RecentWriter RecentWriterOf(const std::string& path) {
  const absl::optional<credential_provider::FileTimes> times = credential_provider::TimesOf(path);
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
