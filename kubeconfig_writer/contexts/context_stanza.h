// The exec stanza that a context leads to: what a command about one cluster takes instead of its flags.
#ifndef KUBECONFIG_WRITER_CONTEXTS_CONTEXT_STANZA_H_
#define KUBECONFIG_WRITER_CONTEXTS_CONTEXT_STANZA_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/cli/command_line.h"
#include "kubeconfig_writer/file/merged_kubeconfig.h"
#include "kubeconfig_writer/schema/exec_stanza.h"

namespace kubeconfig_writer {

struct ContextStanza {
  std::string context;
  KubeconfigEntry user;
  ExecStanza stanza;
};

// Returns the stanza of the context `name`. NotFound when there is no such context, or when something that it
// leads to is missing; FailedPrecondition, saying what it is instead, when it does not run this program.
absl::StatusOr<ContextStanza> FindContextStanza(const MergedKubeconfig& kubeconfig, const std::string& name);

// Returns `given` and those flags of the stanza that are not among them. FailedPrecondition for a stanza that
// runs another plugin, or whose arguments nobody can read.
absl::StatusOr<credential_provider::ParsedFlags> CompletedByStanza(
    const credential_provider::ParsedFlags& given, const ContextStanza& stanza);

// Sets the stanza's variables in this process too, as kubectl does in the one that it starts, and returns
// `environment` with them. Proxies and trusted authorities are read from the process itself.
credential_provider::Environment AdoptVariables(const ExecStanza& stanza,
                                                const credential_provider::Environment& environment);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_CONTEXTS_CONTEXT_STANZA_H_
