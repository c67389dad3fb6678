// The address to which a sign-in site sends the browser back: read from a request on loopback, or from what
// somebody has pasted.
#ifndef CREDENTIAL_PROVIDER_SIGN_IN_REDIRECT_H_
#define CREDENTIAL_PROVIDER_SIGN_IN_REDIRECT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "credential_provider/base/secret.h"

namespace credential_provider {

// The path of that address.
inline constexpr char kRedirectPath[] = "/cli/callback";

// Returns the authorization code in `target`, path and query of such an address. `state` is what was sent
// along, and has to come back. NotFound for another path; InvalidArgument when it belongs to another sign-in,
// or has no code; PermissionDenied, with the site's reason, when the sign-in was refused.
absl::StatusOr<Secret> CodeIn(absl::string_view target, const std::string& state);

// The same for a whole address, with blanks around it, as somebody pastes it.
absl::StatusOr<Secret> CodeInPasted(absl::string_view address, const std::string& state);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SIGN_IN_REDIRECT_H_
