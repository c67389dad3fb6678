// How long programs run, and what they cost, measured so that programs can be compared on a noisy machine.
#ifndef CREDENTIAL_PROVIDER_TESTS_BENCH_MEASURE_H_
#define CREDENTIAL_PROVIDER_TESTS_BENCH_MEASURE_H_

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace credential_provider {

struct Subject {
  std::string name;
  std::vector<std::string> args;  // args[0] is a path
  std::map<std::string, std::string> env;
  bool counted = true;                     // whether instructions, system calls and memory are of interest
  std::function<void()> before = nullptr;  // done before each run, and not measured
};

struct Figures {
  double median_ms = 0;
  double instructions_m = 0;  // user mode, by callgrind; 0 where there is none
  int system_calls = 0;
  double peak_memory_m = 0;
};

// Runs all subjects in turn, `rounds` times, so that what disturbs one disturbs the others as well. A subject
// that fails ends the program.
std::vector<Figures> MeasureAll(const std::vector<Subject>& subjects, int rounds);

// Starts `count` processes of `subject` at once. Returns the milliseconds until the last has ended.
double RunAtOnce(const Subject& subject, int count);

// Prints a table in Markdown; ratios are to the first subject.
void PrintTable(const std::vector<Subject>& subjects, const std::vector<Figures>& figures);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_BENCH_MEASURE_H_
