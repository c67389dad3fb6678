// What tells this machine, as it runs now, and its parts from others. Linux: proc(5), namespaces(7). macOS:
// sysctl(3); a process there is in no part of its own, neither for its network nor for process ids.
#ifndef CREDENTIAL_PROVIDER_PLATFORM_THIS_MACHINE_H_
#define CREDENTIAL_PROVIDER_PLATFORM_THIS_MACHINE_H_

#include <string>

#include "absl/types/optional.h"

namespace credential_provider {

// Returns a text that no other start of this machine has, nor any other machine; "" where the system does not
// tell.
std::string BootId();

// Returns when this machine was started, in seconds since 1970; 0 where that is unknown.
long BootTime();

// Returns what tells the network that this process sees from others on this machine; nothing where the system
// does not tell. Loopback is another one in each.
absl::optional<std::string> NetworkSpace();

// Returns what tells the processes among which an id means the same from others on this machine.
std::string ProcessSpace();

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_PLATFORM_THIS_MACHINE_H_
