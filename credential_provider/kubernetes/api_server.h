// What a cluster's API server says to who has a credential: the last steps of `doctor` and `verify`.
#ifndef CREDENTIAL_PROVIDER_KUBERNETES_API_SERVER_H_
#define CREDENTIAL_PROVIDER_KUBERNETES_API_SERVER_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "credential_provider/base/step_listener.h"
#include "credential_provider/http/http_transport.h"

namespace credential_provider {

struct ApiServer {
  std::string url;      // "https://192.0.2.10:6443", with the path that a proxy in front of it may need
  HttpRequest request;  // what all requests have in common: authority, credential, time limit
};

// Reaches the server and has it review the caller. Returns the user name that the cluster knows the caller
// by, "" when the cluster is older than such reviews. Errors tell name, connection, TLS (authority, name,
// dates), an answer of something else than an API server, and 401 (it does not know the caller) apart, each
// with what to do.
absl::StatusOr<std::string> ReviewCaller(const ApiServer& server, HttpTransport& transport, SayStep say);

// Asks for the namespaces. PermissionDenied when the caller may not list them.
absl::Status ListNamespaces(const ApiServer& server, HttpTransport& transport, SayStep say);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_KUBERNETES_API_SERVER_H_
