// The Status objects by which an API server refuses.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLUSTER_API_STATUS_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLUSTER_API_STATUS_H_

#include <string>

#include "nlohmann/json.hpp"
#include "tests/sandbox/wire/http_message.h"

namespace sandbox {

inline HttpReply KubeStatus(int code, const std::string& reason, const std::string& message) {
  const nlohmann::json status = {{"kind", "Status"},
                                 {"apiVersion", "v1"},
                                 {"metadata", nlohmann::json::object()},
                                 {"status", code < 300 ? "Success" : "Failure"},
                                 {"message", message},
                                 {"reason", reason},
                                 {"code", code}};
  return {code, status.dump(), "application/json"};
}

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLUSTER_API_STATUS_H_
