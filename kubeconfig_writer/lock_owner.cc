#include "kubeconfig_writer/lock_owner.h"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "credential_provider/base/file.h"

namespace kubeconfig_writer {
namespace {

constexpr absl::string_view kMark = "kubeconfig_writer";
constexpr size_t kMaxProcFile = 1 << 20;
constexpr size_t kStartField = 19;  // of /proc/PID/stat, counted behind the name: field 22 of all

std::string Contents(const std::string& path) {
  absl::StatusOr<std::string> text = credential_provider::ReadFile(path, kMaxProcFile);
  return text.ok() ? std::string(absl::StripSuffix(*text, "\n")) : "";
}

// Returns when process `id` started, in ticks since the machine did; "" when there is none.
std::string StartOf(absl::string_view id) {
  const std::string stat = Contents(absl::StrCat("/proc/", id, "/stat"));
  const size_t name_end = stat.rfind(')');
  if (name_end == std::string::npos) return "";
  const std::vector<absl::string_view> fields =
      absl::StrSplit(absl::string_view(stat).substr(name_end + 1), ' ', absl::SkipEmpty());
  return fields.size() > kStartField ? std::string(fields[kStartField]) : "";
}

// Process ids mean something only within this.
std::string Machine() {
  char space[64];
  const ssize_t size = readlink("/proc/self/ns/pid", space, sizeof(space));
  return absl::StrCat(Contents("/proc/sys/kernel/random/boot_id"), " ",
                      absl::string_view(space, size > 0 ? static_cast<size_t>(size) : 0));
}

}  // namespace

std::string ThisProcess() {
  const std::string id = absl::StrCat(getpid());
  return absl::StrCat(kMark, " ", id, " ", StartOf(id), " ", Machine(), "\n");
}

bool IsGone(absl::string_view owner) {
  const std::vector<absl::string_view> words =
      absl::StrSplit(absl::StripSuffix(owner, "\n"), absl::MaxSplits(' ', 3));
  int id = 0;
  if (words.size() != 4 || words[0] != kMark || !absl::SimpleAtoi(words[1], &id) || id <= 0) return false;
  const std::string machine = Machine();
  if (words[2].empty() || machine.find(' ') == 0 || words[3] != machine) return false;
  if (kill(id, 0) != 0 && errno == ESRCH) return true;
  const std::string start = StartOf(words[1]);
  return !start.empty() && start != words[2];
}

long BootTime() {
  for (const absl::string_view line : absl::StrSplit(Contents("/proc/stat"), '\n')) {
    absl::string_view seconds = line;
    long time = 0;
    if (absl::ConsumePrefix(&seconds, "btime ") && absl::SimpleAtoi(seconds, &time)) return time;
  }
  return 0;
}

}  // namespace kubeconfig_writer
