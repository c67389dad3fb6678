// Which machine, and which part of it, an address is looked at from.
#ifndef CREDENTIAL_PROVIDER_BASE_MACHINE_H_
#define CREDENTIAL_PROVIDER_BASE_MACHINE_H_

#include <string>

namespace credential_provider {

// Returns a text that tells this boot of this machine, this network namespace and this host name from all
// others: http://127.0.0.1 is somebody else next door. Where the system does not tell, the text is
// another one each time, so that nothing is taken for known.
std::string MachineText();

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_BASE_MACHINE_H_
