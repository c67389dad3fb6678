// Whether who asks depends on variables of this shell: another shell, or what a desktop starts, has them not,
// and kubectl there asks as somebody else or not at all.
#ifndef KUBECONFIG_WRITER_INSTALL_SHELL_IDENTITY_H_
#define KUBECONFIG_WRITER_INSTALL_SHELL_IDENTITY_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/identity/identity_options.h"

namespace kubeconfig_writer {

struct ShellIdentity {
  // The variables that decide who asks. A value that is a path is as it is seen from any folder.
  std::vector<std::pair<std::string, std::string>> plain;  // that are no secret, with their values
  std::vector<std::string> secret;                         // that are, or may hold one, without
  std::string elsewhere;  // who asks where no such variable is set, in words; "" when nobody does
};

// Finds those by looking who would ask without them, one after the other. Uses no network.
ShellIdentity FindShellIdentity(const credential_provider::IdentityOptions& options,
                                const credential_provider::Environment& environment);

// Returns FailedPrecondition, saying what another shell lacks and what to do about it, or OK when it lacks
// nothing. With `plain_is_written` the plain ones are in the stanza.
absl::Status CheckOtherShells(const ShellIdentity& shell, bool plain_is_written);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_INSTALL_SHELL_IDENTITY_H_
