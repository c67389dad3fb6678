#include "credential_provider/base/machine.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/random.h"

namespace credential_provider {
namespace {

constexpr char kBootId[] = "/proc/sys/kernel/random/boot_id";
constexpr char kNetwork[] = "/proc/self/ns/net";
constexpr size_t kMaxBootIdBytes = 64;
constexpr size_t kNonceBytes = 16;

// The kernel gives it in one piece: a hit need not look for an end.
std::string ReadBootId() {
  const FileDescriptor file(open(kBootId, O_RDONLY | O_CLOEXEC));
  char id[kMaxBootIdBytes];
  const ssize_t size = file.ok() ? read(file.get(), id, sizeof(id)) : -1;
  return size <= 0 ? "" : std::string(absl::StripAsciiWhitespace({id, static_cast<size_t>(size)}));
}

}  // namespace

std::string MachineText() {
  const std::string boot = ReadBootId();
  struct stat network;
  utsname names;
  if (boot.empty() || stat(kNetwork, &network) != 0 || uname(&names) != 0) return RandomHex(kNonceBytes);
  return absl::StrCat(boot, " ", network.st_dev, " ", network.st_ino, " ", names.nodename);
}

}  // namespace credential_provider
