#include "tests/simulation/schedule.h"

#include "tests/simulation/plan.h"
#include "tests/simulation/random.h"
#include "tests/simulation/world.h"

namespace credential_provider::simulation {
namespace {

constexpr Nanos kQuiet = 11 * kMinute;  // longer than any backoff and any window of client-go's

class Schedule {
 public:
  Schedule(uint64_t seed, bool traced) : random_(seed), world_(random_, traced), plan_(world_, random_) {}

  Outcome Run() {
    world_.kernel.Run();
    if (!world_.kernel.is_stopped()) Recover();
    return {world_.properties.violation, world_.kernel.steps, world_.runs, world_.properties.issued.size()};
  }

 private:
  void EndFaults();
  void Recover();
  Caller* AskAfter(Nanos pause, int key);

  Random random_;
  World world_;
  Plan plan_;
};

void Schedule::EndFaults() {
  Kernel& kernel = world_.kernel;
  kernel.chances.kill = kernel.chances.stop = kernel.chances.tear = kernel.chances.fork_fails = 0;
  for (Volume* volume : {&kernel.files.disk, &kernel.files.runtime, &kernel.files.memory}) {
    volume->full = volume->makes_none = volume->read_only = false;
  }
  if (kernel.keyring.forbidden) world_.ForbidKeyring(false);
  if (!world_.issuer.good_secret) world_.MendSecret(true);
  if (kernel.ahead() != 0) world_.SetClock(0);
  world_.FillKeyring(false);
  world_.issuer.mood = Mood::kWell;
}

Caller* Schedule::AskAfter(Nanos pause, int key) {
  Caller& caller = world_.AddCaller(CallerKind::kClientGo, key);
  world_.Ask(caller, world_.kernel.now() + pause);
  world_.kernel.Run();
  return &caller;
}

// A kubectl that comes when all has been quiet for a while, and another one right after it.
void Schedule::Recover() {
  Kernel& kernel = world_.kernel;
  EndFaults();
  for (int key = 0; key < plan_.keys(); ++key) {
    Nanos pause = kQuiet;
    for (const bool from_store : {false, true}) {
      Caller* caller = AskAfter(pause, key);
      // For a minute after its seeming issue it is taken for too young to be replaced.
      const int number = world_.properties.InAnswer(caller->last->process->out);
      if (world_.properties.IsOfWrongClock(number) && !world_.properties.IsAccepted(number))
        caller = AskAfter(kQuiet, key);
      if (!kernel.is_stopped()) world_.properties.MustSucceed(*caller->last, from_store);
      if (kernel.is_stopped()) return;
      pause = kSecond;
    }
  }
}

}  // namespace

Outcome RunSchedule(uint64_t seed, bool traced) { return Schedule(seed, traced).Run(); }

}  // namespace credential_provider::simulation
