// Simulated processes, one running at a time, and the clock. A process stops at every step where another may
// run: each call of the system that shows to others, or in which it would see what others have done.
#ifndef CREDENTIAL_PROVIDER_TESTS_SIMULATION_KERNEL_H_
#define CREDENTIAL_PROVIDER_TESTS_SIMULATION_KERNEL_H_

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "tests/simulation/fiber.h"
#include "tests/simulation/files.h"
#include "tests/simulation/keyring.h"
#include "tests/simulation/random.h"

namespace credential_provider::simulation {

// Nanoseconds of a clock that nobody sets, since the schedule began.
using Nanos = int64_t;
constexpr Nanos kMicrosecond = 1000, kMillisecond = 1000000, kSecond = 1000000000;
constexpr Nanos kMinute = 60 * kSecond, kHour = 3600 * kSecond, kNever = INT64_MAX;

// How likely what is at a step. A schedule has most of them at zero.
struct Chances {
  double other = 0.1;  // another process goes on
  double kill = 0;     // this process is killed
  double stop = 0;     // it is stopped, as by Ctrl-Z, and goes on much later
  double tear = 0;     // others see the half of a write
  double fork_fails = 0;
  Nanos longest_step = 30 * kMicrosecond;
};

// What /proc shows of a process.
struct ProcessFacts {
  pid_t parent = 0;
  std::string name;
  std::string command_line = {};  // each argument with a zero byte after it
  Nanos started = 0;
  bool stopped = false;
};

struct Process {
  pid_t pid = 0;
  pid_t parent = 0;
  std::string label;
  std::function<void()> body;
  std::function<void(bool killed)> ended;
  bool at_terminal = false;
  bool one_stream = false;  // stdout and stderr are the same pipe

  std::map<int, OpenFile*> files;
  std::string out, err;
  Nanos wake = 0;
  Nanos alarm = kNever;
  Nanos stopped_for = 0;
  bool forking = false;   // what somebody waited for is done, the rest is left to a child
  bool detached = false;  // it has forked, and goes on as its child
  bool over = false;
  // Counted for the properties.
  int locks = 0, sleeps = 0, refusals = 0;  // refusals: calls that a planted fault made fail

  char* stack = nullptr;
  StackPointer at = nullptr;
};

class Kernel {
 public:
  Kernel(Random& chance, bool traced);
  ~Kernel();

  // Starts a process at a time; it belongs to the schedule.
  Process& Start(std::string label, pid_t parent, Nanos when, std::function<void()> body);
  // A process that does nothing but to be there, such as a kubectl.
  pid_t AddOther(std::string name, std::string command_line);
  // Does something between two steps.
  void At(Nanos when, std::function<void()> what);
  // Runs everything until nothing is left to do, or somebody has called Stop.
  void Run();
  void Stop() { stop_ = true; }
  bool is_stopped() const { return stop_; }

  // The process that runs; null between them.
  static Process* Current();
  static Kernel& OfCurrent();

  // Says what the current process is about to do, and lets others run first.
  void Step(const char* format, ...) __attribute__((format(printf, 2, 3)));
  // The current process does nothing for so long.
  void Sleep(Nanos duration);
  // The current process goes on as its child; false where that fails.
  bool Fork();
  void Kill(Process& process);
  // Stops a process that does not run just now, for so long.
  void Hold(Process& process, Nanos duration);
  void Note(const char* format, ...) __attribute__((format(printf, 2, 3)));

  Nanos now() const { return now_; }
  timespec Wall() const;
  timespec SinceBoot() const;
  absl::Time WallTime() const;
  // Puts the clock of the machine ahead of the true time.
  void SetClock(Nanos ahead) { ahead_ = ahead; }
  Nanos ahead() const { return ahead_; }
  absl::Time TrueTime() const;

  std::string ProcFile(absl::string_view path) const;

  Random& random;
  Files files;
  Keyring keyring;
  Chances chances;
  uint64_t steps = 0;

 private:
  void Enter(Process& process);
  void Leave();
  [[noreturn]] void End(Process& process, bool killed);
  void Release(Process& process, bool killed);
  void Interrupt(Process& process);
  Process* Next();
  void RunEvents();
  bool AdvanceToNext();
  static void Entry();

  const bool traced_;
  bool stop_ = false;
  Nanos now_ = 0;
  Nanos ahead_ = 0;
  std::vector<Process*> processes_;  // that are not over
  std::multimap<Nanos, std::function<void()>> events_;
  std::map<pid_t, ProcessFacts> facts_;
  pid_t last_pid_ = 1000;
  Process* current_ = nullptr;
  StackPointer scheduler_ = nullptr;
  std::vector<char*> stacks_;  // of processes that are over
};

}  // namespace credential_provider::simulation

#endif  // CREDENTIAL_PROVIDER_TESTS_SIMULATION_KERNEL_H_
