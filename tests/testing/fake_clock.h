// A clock that only moves when it is told to, or slept on.
#ifndef CREDENTIAL_PROVIDER_TESTS_TESTING_FAKE_CLOCK_H_
#define CREDENTIAL_PROVIDER_TESTS_TESTING_FAKE_CLOCK_H_

#include <vector>

#include "credential_provider/base/clock.h"

namespace credential_provider {

class FakeClock : public Clock {
 public:
  absl::Time Now() override { return now; }
  void Sleep(absl::Duration duration) override {
    slept.push_back(duration);
    now += duration;
  }

  absl::Time now = absl::FromUnixSeconds(1767323045);  // 2026-01-02T03:04:05Z
  std::vector<absl::Duration> slept;
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_TESTING_FAKE_CLOCK_H_
