// What credential_provider keeps for entries that this program rewrites or removes.
#ifndef KUBECONFIG_WRITER_ENTRIES_FORGET_STORED_H_
#define KUBECONFIG_WRITER_ENTRIES_FORGET_STORED_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "credential_provider/answer/stored_credentials.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/store/store_options.h"
#include "kubeconfig_writer/entries/provider_stanza.h"

namespace kubeconfig_writer {

// Forgets what runs of credential_provider by `stanza`, from where `environment` is, have stored for who asks
// then. A failure is a warning to the user: the entry ends by itself.
void ForgetStored(const ProviderStanza& stanza, const credential_provider::Environment& environment);

// Returns the hint for what could not be forgotten in the store of `options`.
std::string ForgetHint(const credential_provider::StoreOptions& options);

// Forgets all that is stored for the ACK cluster, whoever asked for it and how: one user has many keys,
// sessions and roles, and another one's credential is only asked for again.
absl::StatusOr<credential_provider::ForgottenCount> ForgetStoredFor(
    absl::string_view cluster_id, const credential_provider::StoreOptions& options,
    const credential_provider::Environment& environment);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_ENTRIES_FORGET_STORED_H_
