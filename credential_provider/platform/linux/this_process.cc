#include "credential_provider/platform/this_process.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"

namespace credential_provider {

uid_t ThisUser() { return static_cast<uid_t>(getauxval(AT_EUID)); }

std::string ProgramFile() {
  char file[PATH_MAX];
  const ssize_t size = readlink("/proc/self/exe", file, sizeof(file));
  if (size <= 0 || size == PATH_MAX || file[0] != '/') return "";
  // What the kernel puts after the path of a file that has no name any more.
  return std::string(absl::StripSuffix(absl::string_view(file, static_cast<size_t>(size)), " (deleted)"));
}

std::string PathGiven() {
  const auto* const path = reinterpret_cast<const char*>(getauxval(AT_EXECFN));
  return path == nullptr ? "" : path;
}

const char* ProgramName() { return program_invocation_short_name; }

void KeepMemoryPrivate() { prctl(PR_SET_DUMPABLE, 0); }

void EndWithParent(int signal) { prctl(PR_SET_PDEATHSIG, signal); }

bool CloseEveryDescriptor() {
  return syscall(SYS_close_range, 0u, ~0u, 0u) == 0;
}  // not every libc has a name for it

bool OpenPipe(int ends[2]) { return pipe2(ends, O_CLOEXEC) == 0; }

}  // namespace credential_provider
