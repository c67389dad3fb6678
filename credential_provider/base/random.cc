#include "credential_provider/base/random.h"

#include <sys/random.h>

#include <cstdint>
#include <cstdlib>

#include "absl/strings/escaping.h"

namespace credential_provider {
namespace {

// Up to 256 bytes are given whole and without waiting once the machine has booted; without them no request
// can be made safely.
void Fill(void* buffer, size_t bytes) {
  if (getrandom(buffer, bytes, 0) != static_cast<ssize_t>(bytes)) std::abort();
}

}  // namespace

std::string RandomHex(size_t bytes) {
  std::string data(bytes, '\0');
  Fill(&data[0], bytes);
  return absl::BytesToHexString(data);
}

double RandomFraction() {
  uint32_t bits = 0;
  Fill(&bits, sizeof(bits));
  return bits / 4294967296.0;
}

}  // namespace credential_provider
