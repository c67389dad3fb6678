#include "credential_provider/base/standard_streams.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace credential_provider {

void OccupyClosedStreams() {
  pollfd streams[] = {{STDIN_FILENO, 0, 0}, {STDOUT_FILENO, 0, 0}, {STDERR_FILENO, 0, 0}};
  poll(streams, 3, 0);
  for (const pollfd& stream : streams) {
    // The lowest free number is taken, and those below are taken already. Writing to it fails, as to a closed
    // one.
    if ((stream.revents & POLLNVAL) != 0 && open("/dev/null", O_RDONLY) != stream.fd) _exit(1);
  }
}

bool StdoutIsStderr() {
  struct stat out;
  struct stat err;
  return fstat(STDOUT_FILENO, &out) == 0 && fstat(STDERR_FILENO, &err) == 0 && out.st_dev == err.st_dev &&
         out.st_ino == err.st_ino && isatty(STDOUT_FILENO) == 0;
}

}  // namespace credential_provider
