// Shows an address in the user's browser.
#ifndef CREDENTIAL_PROVIDER_SIGN_IN_BROWSER_H_
#define CREDENTIAL_PROVIDER_SIGN_IN_BROWSER_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "credential_provider/base/environment.h"

namespace credential_provider {

// InvalidArgument when `address` is none that a browser may be given: https, or http on this machine, in
// visible ASCII, and short enough to be shown whole. Servers name addresses, and a browser obeys others too.
absl::Status CheckPageAddress(absl::string_view address);

// Starts the first of the programs in BROWSER (words, parted by colons, with %s for the address), else the
// desktop's, with `address`, and does not wait for it. Returns false when there is none, or none can be
// started. It gets none of this process's streams, and lives on when this process ends.
bool OpenBrowser(const std::string& address, const Environment& environment);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SIGN_IN_BROWSER_H_
