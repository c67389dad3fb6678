#include "credential_provider/platform/this_process.h"

#include <fcntl.h>
#include <limits.h>
#include <mach-o/dyld.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdint>

namespace credential_provider {

uid_t ThisUser() { return geteuid(); }

std::string ProgramFile() {
  char file[PATH_MAX];
  return realpath(PathGiven().c_str(), file) == nullptr ? "" : file;
}

std::string PathGiven() {
  uint32_t size = 0;
  _NSGetExecutablePath(nullptr, &size);  // fails, and says how many bytes it takes
  std::string path(size, '\0');
  if (size == 0 || _NSGetExecutablePath(&path[0], &size) != 0) return "";
  return path.c_str();
}

const char* ProgramName() { return getprogname(); }

void KeepMemoryPrivate() {
  const rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
}

void EndWithParent(int) {}

bool CloseEveryDescriptor() { return false; }

bool OpenPipe(int ends[2]) {
  if (pipe(ends) != 0) return false;
  fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  fcntl(ends[1], F_SETFD, FD_CLOEXEC);
  return true;
}

}  // namespace credential_provider
