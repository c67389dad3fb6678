#include "credential_provider/base/random.h"

#include <sys/random.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/platform/this_process.h"

namespace credential_provider {
namespace {

// Without random bytes no request can be made safely. Only a sandbox that forbids the call gets here.
[[noreturn]] void EndWithout(int error) {
  const std::string program = ProgramName();
  WriteAll(STDERR_FILENO,
           absl::StrCat(program, ": error: ", ErrnoError(error, "getrandom").message(), "\n", program,
                        ": hint: allow the system call getrandom in the sandbox that this runs in\n"),
           "stderr")
      .IgnoreError();
  _exit(1);
}

constexpr size_t kMostAtOnce = 256;  // of getentropy(3)

void Fill(char* buffer, size_t bytes) {
  for (size_t at = 0; at < bytes; at += kMostAtOnce) {
    if (getentropy(buffer + at, std::min(bytes - at, kMostAtOnce)) != 0) EndWithout(errno);
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
