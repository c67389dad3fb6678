// The resources that the API server knows, and the documents by which clients discover them.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLUSTER_API_RESOURCES_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLUSTER_API_RESOURCES_H_

#include <string>
#include <vector>

#include "absl/types/optional.h"
#include "tests/sandbox/wire/http_message.h"

namespace sandbox {

struct ApiResource {
  const char* group;  // "" for the core
  const char* version;
  const char* name;  // plural
  const char* singular;
  const char* kind;
  const char* short_name;  // or ""
  bool namespaced;
  std::vector<const char*> verbs;
};

const std::vector<ApiResource>& ApiResources();

// Answers a discovery request (/api, /apis and below), in the aggregated form when the client asks for it.
// Nothing when the path is not of discovery.
absl::optional<HttpReply> Discover(const HttpRequest& request);

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLUSTER_API_RESOURCES_H_
