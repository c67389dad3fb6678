// Loaded into a program with LD_PRELOAD, lets it see the time of day $CLOCK_SHIFT_S seconds later than it is.
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cstdlib>

extern "C" int clock_gettime(clockid_t clock, timespec* time) {
  const long result = syscall(SYS_clock_gettime, clock, time);
  const char* const shift = std::getenv("CLOCK_SHIFT_S");
  if (result == 0 && clock == CLOCK_REALTIME && shift != nullptr) time->tv_sec += std::atol(shift);
  return static_cast<int>(result);
}
