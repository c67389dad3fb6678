// What Container Service answers, page by page, to who asks for clusters or for kubeconfigs.
#include "credential_provider/alibaba_cloud/clusters.h"
#include "credential_provider/alibaba_cloud/kubeconfig_states.h"
#include "tests/fuzz/http_reply.h"
#include "tests/fuzz/require.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/fake_http_transport.h"

namespace credential_provider {
namespace {

constexpr char kPlanted[] = "fake-marked-secret-of-the-caller";

template <typename List>
void Feed(const uint8_t* data, size_t size, List list) {
  Input input(data, size);
  FakeHttpTransport transport(TakeReplies(&input, kPlanted));
  FakeClock clock;
  AcsClient client(*ParseServiceUrl("https://cs.aliyuncs.com"), transport, clock, absl::Seconds(15));
  list(client, AccessKey{"sandbox-alice", Secret(kPlanted), Secret(), absl::InfiniteFuture()});
}

void RequireClean(const absl::Status& error) {
  RequireShowable(error);
  RequireHidden(error, kPlanted);
}

}  // namespace
}  // namespace credential_provider

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace credential_provider;  // NOLINT: the entry point has a name of its own
  Feed(data, size, [](AcsClient& client, const AccessKey& key) {
    const auto clusters = DescribeClusters(client, key, {});
    if (!clusters.ok()) return RequireClean(clusters.status());
    for (const Cluster& cluster : *clusters) {
      Require(!cluster.id.empty() && cluster.id.find_first_of("/.?# \n") == std::string::npos,
              "an id can be part of a path");
    }
  });
  Feed(data, size, [](AcsClient& client, const AccessKey& key) {
    const auto states = ListUserKubeconfigStates(client, key, "200000000000000001");
    if (!states.ok()) RequireClean(states.status());
  });
  return 0;
}
