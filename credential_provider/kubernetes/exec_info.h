// KUBERNETES_EXEC_INFO: what client-go tells a credential plugin.
// https://kubernetes.io/docs/reference/config-api/client-authentication.v1/
#ifndef CREDENTIAL_PROVIDER_KUBERNETES_EXEC_INFO_H_
#define CREDENTIAL_PROVIDER_KUBERNETES_EXEC_INFO_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "nlohmann/json.hpp"

namespace credential_provider {

// The versions of the client.authentication.k8s.io API that kubectl 1.24 and newer know.
enum class ExecApiVersion { kV1, kV1Beta1 };

// Returns "client.authentication.k8s.io/v1" or "…/v1beta1", as in a stanza and in an answer.
absl::string_view FullName(ExecApiVersion version);

// Parses "v1", "v1beta1" or one of these with the group in front.
absl::StatusOr<ExecApiVersion> ParseExecApiVersion(absl::string_view text);

// Returns the value of KUBERNETES_EXEC_INFO as client-go makes it, for who starts plugins: `cluster` is null,
// or the object for a stanza with provideClusterInfo.
std::string FormatExecInfo(ExecApiVersion version, const nlohmann::ordered_json& cluster, bool interactive);

// Returns the version that `exec_info`, the value of KUBERNETES_EXEC_INFO, asks for; nullopt when it names
// none, or is empty, as JavaScript, Java and Ruby clients leave it. The version is all that counts: clients
// differ in the rest, kube-rs before 0.87 has the kind null and .NET has it ExecCredentials. InvalidArgument
// for a version that is not known, and for what is no JSON object.
absl::StatusOr<absl::optional<ExecApiVersion>> RequestedApiVersion(absl::string_view exec_info);

// Returns the API server that `exec_info` names, as it does for a stanza with provideClusterInfo; else "".
std::string ServerAsked(absl::string_view exec_info);

// Tells whether a client-go program wrote `exec_info`: its encoder ends the object with a newline, and no
// other client's does (testdata/clients/clients.json).
bool IsOfClientGo(absl::string_view exec_info);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_KUBERNETES_EXEC_INFO_H_
