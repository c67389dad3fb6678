// What the names of contexts say of who asks: {profile}, {role}, {account} and {alias} of a template.
#ifndef KUBECONFIG_WRITER_CLUSTERS_CALLER_NAMES_H_
#define KUBECONFIG_WRITER_CLUSTERS_CALLER_NAMES_H_

#include <string>

#include "absl/status/statusor.h"
#include "credential_provider/identity/identity_options.h"
#include "kubeconfig_writer/clusters/ack_session.h"
#include "kubeconfig_writer/clusters/context_name_template.h"

namespace kubeconfig_writer {

// Returns the name of the last role in `options`: "ack-reader"; "" for none.
std::string RoleNameIn(const credential_provider::IdentityOptions& options);

// Returns the account of that role: "1000000000000001"; "" for none.
std::string AccountIn(const credential_provider::IdentityOptions& options);

// InvalidArgument when `name_template` asks for a word that `options` do not fix: what may be another one
// tomorrow is no name for a stanza that stays. `alias` is the user's own word.
absl::Status CheckCallerNames(absl::string_view name_template,
                              const credential_provider::IdentityOptions& options, absl::string_view alias);

// Returns the values of what `name_template` asks for. The account is that of the role, or else STS is asked
// whose key it is, which needs no permission. REQUIRES: CheckCallerNames.
absl::StatusOr<NameValues> CallerNames(absl::string_view name_template,
                                       const credential_provider::IdentityOptions& options,
                                       absl::string_view alias, AckSession& service,
                                       const credential_provider::Environment& environment);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_CLUSTERS_CALLER_NAMES_H_
