// Time for what waits. Code that only needs to know the time takes an absl::Time instead.
#ifndef CREDENTIAL_PROVIDER_BASE_CLOCK_H_
#define CREDENTIAL_PROVIDER_BASE_CLOCK_H_

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"

namespace credential_provider {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() = 0;
  virtual void Sleep(absl::Duration duration) = 0;

  // The time by the server's clock, as far as a server has told: Now() until CorrectBy() was called.
  absl::Time ServerNow() { return Now() + correction_; }
  // Returns what this machine's clock will show when the server's shows `time`: a later run, which knows of
  // no correction, compares with that.
  absl::Time LocalTime(absl::Time time) const { return time - correction_; }
  void CorrectBy(absl::Duration correction) { correction_ = correction; }
  bool is_corrected() const { return correction_ != absl::ZeroDuration(); }

  // Takes note of the time with which a server has dated its reply. Nothing is corrected by it.
  void NoteServerTime(absl::Time time) { server_ahead_ = time - Now(); }
  // Tells whether `end` is past by the clock of the server that replied last; false before any has.
  bool IsPastForServer(absl::Time end) { return server_ahead_ && end - *server_ahead_ <= Now(); }

 private:
  absl::Duration correction_ = absl::ZeroDuration();
  absl::optional<absl::Duration> server_ahead_;
};

class SystemClock : public Clock {
 public:
  absl::Time Now() override { return absl::Now(); }
  void Sleep(absl::Duration duration) override { absl::SleepFor(duration); }
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_BASE_CLOCK_H_
