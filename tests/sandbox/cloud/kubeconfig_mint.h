// Mints what DescribeClusterUserKubeconfig returns: a key, a certificate, and the kubeconfig around them.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_KUBECONFIG_MINT_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_KUBECONFIG_MINT_H_

#include "absl/time/time.h"
#include "nlohmann/json.hpp"
#include "tests/sandbox/world/clusters.h"
#include "tests/sandbox/world/world.h"

namespace sandbox {

struct MintOrder {
  Cluster cluster;
  AccessKey caller;
  absl::Duration lifetime;
  bool private_address;
};

// Returns {config, expiration}, changed by what the world's settings say.
nlohmann::json MintKubeconfig(const MintOrder& order, World& world);

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_KUBECONFIG_MINT_H_
