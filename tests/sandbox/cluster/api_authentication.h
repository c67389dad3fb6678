// Who asks the API server.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLUSTER_API_AUTHENTICATION_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLUSTER_API_AUTHENTICATION_H_

#include <string>
#include <vector>

#include "absl/types/optional.h"
#include "tests/sandbox/cloud/sts_service.h"
#include "tests/sandbox/wire/http_message.h"
#include "tests/sandbox/world/world.h"

namespace sandbox {

struct KubeUser {
  std::string name;
  std::vector<std::string> groups;
};

// Returns the user of the client certificate, else of the bearer token (registered by a test, or signed for
// STS); nothing when neither is good now.
absl::optional<KubeUser> AuthenticateKubeUser(const HttpRequest& request, const World& world,
                                              StsService& sts);

// Tells whether a test has forbidden `user`, by its whole name or by its part before "-<seconds>".
bool IsForbidden(const KubeUser& user, const World& world);

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLUSTER_API_AUTHENTICATION_H_
