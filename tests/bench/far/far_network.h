// A network of this process's own, in which servers on its loopback are also some milliseconds away.
#ifndef CREDENTIAL_PROVIDER_TESTS_BENCH_FAR_FAR_NETWORK_H_
#define CREDENTIAL_PROVIDER_TESTS_BENCH_FAR_FAR_NETWORK_H_

#include <atomic>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace credential_provider {

// The address at which a listener on 127.0.0.1 is also reached, packet by packet: a packet that is sent there
// arrives half a round trip later, a connection's first one too. Nothing is lost, and there is no bound to
// how much is under way.
inline constexpr char kFarAddress[] = "127.9.9.2";  // loopback, for which the programs take plain http

class FarNetwork {
 public:
  // Takes this process, and those that it starts from now on, out of the machine's network into one with
  // loopback and the far address alone. Needs root and /dev/net/tun. A process of its own carries the
  // packets, and ends with this one.
  absl::Status Enter();

  // From now on. REQUIRES: Enter() was OK.
  void SetRoundTrip(absl::Duration duration);

 private:
  std::atomic<int64_t>* half_us_ = nullptr;  // of a round trip; shared with that process
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_BENCH_FAR_FAR_NETWORK_H_
