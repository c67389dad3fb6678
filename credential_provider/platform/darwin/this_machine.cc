#include "credential_provider/platform/this_machine.h"

#include <sys/sysctl.h>
#include <sys/time.h>

#include <cstring>

namespace credential_provider {

std::string BootId() {
  char id[64];
  size_t size = sizeof(id);
  if (sysctlbyname("kern.bootsessionuuid", id, &size, nullptr, 0) != 0) return "";
  return std::string(id, strnlen(id, size));
}

long BootTime() {
  int name[] = {CTL_KERN, KERN_BOOTTIME};
  timeval time = {};
  size_t size = sizeof(time);
  return sysctl(name, 2, &time, &size, nullptr, 0) == 0 ? static_cast<long>(time.tv_sec) : 0;
}

absl::optional<std::string> NetworkSpace() { return "the only one"; }

std::string ProcessSpace() { return "the only one"; }

}  // namespace credential_provider
