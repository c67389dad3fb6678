// Tries schedules, or prints one of them step by step:
//
//     simulation --schedules N [--first SEED] [--violations MOST]
//                         N schedules from that seed on, ten violations at most; exit status 1 when there is
//                         one
//     simulation --seed SEED
//                         the steps of one
#include <time.h>

#include <cstdio>
#include <cstring>
#include <string>

#include "absl/strings/numbers.h"
#include "tests/simulation/arena.h"
#include "tests/simulation/schedule.h"

namespace credential_provider::simulation {
namespace {

double SecondsNow() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

// What the outcome says of a schedule lives longer than its memory.
struct Sum {
  uint64_t schedules = 0, steps = 0, runs = 0, issuances = 0;
  uint64_t violated = 0;

  void Add(uint64_t seed, const Outcome& outcome) {
    ++schedules;
    steps += outcome.steps;
    runs += outcome.runs;
    issuances += outcome.issuances;
    if (outcome.violation.empty()) return;
    ++violated;
    std::printf("seed %llu: %s\n", static_cast<unsigned long long>(seed), outcome.violation.c_str());
    std::fflush(stdout);
  }
};

// What is made once for all schedules, in the libraries, must not be made in the memory of one.
void WarmUp() {
  for (uint64_t seed = 1; seed <= 100; ++seed) RunSchedule(seed, /*traced=*/false);
}

int TryMany(uint64_t first, uint64_t count, uint64_t most) {
  WarmUp();
  Sum sum;
  const double begin = SecondsNow();
  for (uint64_t seed = first; seed < first + count && sum.violated < most; ++seed) {
    BeginArena();
    {
      const Outcome outcome = RunSchedule(seed, /*traced=*/false);
      sum.Add(seed, outcome);
    }
    EndArena();
  }
  const double seconds = SecondsNow() - begin;
  std::printf(
      "%llu schedules in %.1f s (%.0f a second): %llu steps, %llu runs, %llu issuances, %llu violated\n",
      static_cast<unsigned long long>(sum.schedules), seconds, static_cast<double>(sum.schedules) / seconds,
      static_cast<unsigned long long>(sum.steps), static_cast<unsigned long long>(sum.runs),
      static_cast<unsigned long long>(sum.issuances), static_cast<unsigned long long>(sum.violated));
  return sum.violated > 0 ? 1 : 0;
}

int PrintOne(uint64_t seed) {
  WarmUp();
  BeginArena();
  const Outcome outcome = RunSchedule(seed, /*traced=*/true);
  std::printf("%s\n", outcome.violation.empty() ? "no rule is broken" : outcome.violation.c_str());
  std::fflush(stdout);
  _Exit(outcome.violation.empty() ? 0 : 1);
}

bool Number(const char* text, uint64_t* number) { return text != nullptr && absl::SimpleAtoi(text, number); }

int Main(int argc, char** argv) {
  uint64_t seed = 1, count = 0, most = 10;
  for (int i = 1; i < argc; i += 2) {
    const std::string flag = argv[i];
    if (flag == "--seed" && Number(argv[i + 1], &seed)) return PrintOne(seed);
    const bool known = (flag == "--first" && Number(argv[i + 1], &seed)) ||
                       (flag == "--schedules" && Number(argv[i + 1], &count)) ||
                       (flag == "--violations" && Number(argv[i + 1], &most));
    if (!known) count = 0, i = argc;
  }
  if (count > 0) return TryMany(seed, count, most);
  std::fputs("usage: simulation --schedules N [--first SEED] [--violations MOST] | --seed SEED\n", stderr);
  return 2;
}

}  // namespace
}  // namespace credential_provider::simulation

int main(int argc, char** argv) { return credential_provider::simulation::Main(argc, argv); }
