// Another exec plugin with our provider's store: the stanza of a user, wrapped and unwrapped.
#ifndef KUBECONFIG_WRITER_ENTRIES_WRAPPED_USER_H_
#define KUBECONFIG_WRITER_ENTRIES_WRAPPED_USER_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "credential_provider/invocation/exec_invocation.h"
#include "kubeconfig_writer/document/kubeconfig_document.h"
#include "kubeconfig_writer/entries/provider_stanza.h"
#include "nlohmann/json.hpp"

namespace kubeconfig_writer {

// Returns the command of the plugin that `user` runs by way of `credential_provider get exec`; "" when it
// does not, or in a way that fails.
std::string WrappedCommand(const nlohmann::json& user);

// Returns true when the user `name` runs `credential_provider get exec`.
bool IsWrapped(const KubeconfigDocument& document, absl::string_view name);

// Lets the user `name` run `provider get exec` with the flags of `invocation` in front of the plugin that the
// stanza names. The plugin's variables become part of the key, and its API version the one for clients that
// ask for none; all else in the stanza stays. One that is wrapped already is wrapped anew. NotFound when
// there is no such user with a stanza; FailedPrecondition for our own, for one with a static credential,
// before which kubectl starts no plugin, for a command relative to the kubeconfig, which only kubectl could
// find, and for one that uninstall could not give back byte by byte.
absl::Status WrapUser(absl::string_view name, const std::string& provider,
                      const credential_provider::ExecInvocation& invocation, KubeconfigDocument& document);

// Returns the edits that give the user `name` the plugin back. NotFound when the user is not wrapped.
absl::StatusOr<std::vector<KubeconfigEdit>> EditsToUnwrap(absl::string_view name,
                                                          const KubeconfigDocument& document);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_ENTRIES_WRAPPED_USER_H_
