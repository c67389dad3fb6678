// Time for what waits. Code that only needs to know the time takes an absl::Time instead.
#ifndef CREDENTIAL_PROVIDER_BASE_CLOCK_H_
#define CREDENTIAL_PROVIDER_BASE_CLOCK_H_

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace credential_provider {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() = 0;
  virtual void Sleep(absl::Duration duration) = 0;
};

class SystemClock : public Clock {
 public:
  absl::Time Now() override { return absl::Now(); }
  void Sleep(absl::Duration duration) override { absl::SleepFor(duration); }
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_BASE_CLOCK_H_
