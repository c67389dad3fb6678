// What a plugin is told that must not be shown when it repeats it in a complaint.
#ifndef KUBECONFIG_WRITER_ACCESS_PLUGIN_SECRETS_H_
#define KUBECONFIG_WRITER_ACCESS_PLUGIN_SECRETS_H_

#include <vector>

#include "credential_provider/base/environment.h"
#include "credential_provider/base/secret.h"
#include "kubeconfig_writer/schema/exec_stanza.h"

namespace kubeconfig_writer {

// Returns the secrets, by their names or shapes, among the arguments of `stanza` and among the variables of
// `environment`, in which the plugin runs.
std::vector<credential_provider::Secret> NamedSecrets(const ExecStanza& stanza,
                                                      const credential_provider::Environment& environment);

// Returns all that is in `stanza` for the plugin, whether it looks like a secret or not: its arguments,
// and the values of its variables.
std::vector<credential_provider::Secret> StanzaTexts(const ExecStanza& stanza);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_ACCESS_PLUGIN_SECRETS_H_
