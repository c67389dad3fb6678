// Loaded into a program with LD_PRELOAD, lets it see the time of day $CLOCK_SHIFT_S seconds later than it is, or
// as many as the file $CLOCK_SHIFT_FILE says, for what depends on its environment.
#include <fcntl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cstdlib>

namespace {

time_t ShiftIn(const char* path) {
  char text[32] = {};
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  const bool got = read(file, text, sizeof(text) - 1) > 0;
  close(file);
  return got ? std::atol(text) : 0;
}

time_t Shift() {
  const char* const path = std::getenv("CLOCK_SHIFT_FILE");
  if (path != nullptr) return ShiftIn(path);
  const char* const shift = std::getenv("CLOCK_SHIFT_S");
  return shift == nullptr ? 0 : std::atol(shift);
}

}  // namespace

// What libcrypto asks when it checks a server's certificate.
extern "C" time_t time(time_t* result) {
  timespec now = {};
  syscall(SYS_clock_gettime, CLOCK_REALTIME, &now);
  if (result != nullptr) *result = now.tv_sec + Shift();
  return now.tv_sec + Shift();
}

extern "C" int clock_gettime(clockid_t clock, timespec* time) {
  const long result = syscall(SYS_clock_gettime, clock, time);
  if (result == 0 && clock == CLOCK_REALTIME) time->tv_sec += Shift();
  return static_cast<int>(result);
}
