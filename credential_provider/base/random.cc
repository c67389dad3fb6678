#include "credential_provider/base/random.h"

#include <sys/random.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"

namespace credential_provider {
namespace {

// Without random bytes no request can be made safely. Only a sandbox that forbids the call gets here.
[[noreturn]] void EndWithout(int error) {
  const std::string program = program_invocation_short_name;
  WriteAll(STDERR_FILENO,
           absl::StrCat(program, ": error: ", ErrnoError(error, "getrandom").message(), "\n", program,
                        ": hint: allow the system call getrandom in the sandbox that this runs in\n"),
           "stderr")
      .IgnoreError();
  _exit(1);
}

// Up to 256 bytes are given whole and without waiting once the machine has booted; of more a signal may cut
// off some.
void Fill(char* buffer, size_t bytes) {
  while (bytes > 0) {
    const ssize_t count = getrandom(buffer, bytes, 0);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) EndWithout(errno);
    buffer += count;
    bytes -= static_cast<size_t>(count);
  }
}

}  // namespace

std::string RandomBytes(size_t bytes) {
  std::string data(bytes, '\0');
  Fill(&data[0], bytes);
  return data;
}

std::string RandomHex(size_t bytes) { return absl::BytesToHexString(RandomBytes(bytes)); }

double RandomFraction() {
  uint32_t bits = 0;
  Fill(reinterpret_cast<char*>(&bits), sizeof(bits));
  return bits / 4294967296.0;
}

}  // namespace credential_provider
