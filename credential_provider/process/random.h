// Random text for nonces and temporary names, and random bytes for pads.
#ifndef CREDENTIAL_PROVIDER_PROCESS_RANDOM_H_
#define CREDENTIAL_PROVIDER_PROCESS_RANDOM_H_

#include <string>

namespace credential_provider {

// Returns `bytes` bytes from the kernel's generator as lower-case hex. REQUIRES: bytes <= 256.
std::string RandomHex(size_t bytes);

// Returns `bytes` bytes from the kernel's generator.
std::string RandomBytes(size_t bytes);

// Returns a number from 0 (included) to 1 (not), to spread retries.
double RandomFraction();

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_PROCESS_RANDOM_H_
