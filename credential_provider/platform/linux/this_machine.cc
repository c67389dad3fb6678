#include "credential_provider/platform/this_machine.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "credential_provider/base/file.h"

namespace credential_provider {
namespace {

constexpr size_t kMaxBootIdBytes = 64;
constexpr size_t kMaxProcFile = 1 << 20;

}  // namespace

// The kernel gives it in one piece: a hit need not look for an end.
std::string BootId() {
  const FileDescriptor file(open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC));
  char id[kMaxBootIdBytes];
  const ssize_t size = file.ok() ? read(file.get(), id, sizeof(id)) : -1;
  return size <= 0 ? "" : std::string(absl::StripAsciiWhitespace({id, static_cast<size_t>(size)}));
}

long BootTime() {
  const std::string stat = ReadFile("/proc/stat", kMaxProcFile).value_or("");
  for (absl::string_view line : absl::StrSplit(stat, '\n')) {
    long time = 0;
    if (absl::ConsumePrefix(&line, "btime ") && absl::SimpleAtoi(line, &time)) return time;
  }
  return 0;
}

absl::optional<std::string> NetworkSpace() {
  struct stat network;
  if (stat("/proc/self/ns/net", &network) != 0) return absl::nullopt;
  return absl::StrCat(network.st_dev, " ", network.st_ino);
}

std::string ProcessSpace() {
  char space[64];
  const ssize_t size = readlink("/proc/self/ns/pid", space, sizeof(space));
  return std::string(space, size > 0 ? static_cast<size_t>(size) : 0);
}

}  // namespace credential_provider
