#include "tests/bench/measure.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "tests/testing/process.h"
#include "tests/testing/traced_run.h"

namespace credential_provider {
namespace {

using Clock = std::chrono::steady_clock;

double MillisecondsSince(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

[[noreturn]] void Fail(const Subject& subject) {
  std::fprintf(stderr, "bench: %s failed\n", subject.name.c_str());
  std::exit(1);
}

std::vector<char*> Pointers(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

// Starts a process whose streams are /dev/null.
pid_t Start(const Subject& subject) {
  std::vector<std::string> variables;
  for (const auto& [name, value] : subject.env) variables.push_back(name + "=" + value);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  for (int fd = 0; fd <= 2; ++fd) posix_spawn_file_actions_addopen(&files, fd, "/dev/null", O_RDWR, 0);
  pid_t pid = -1;
  const int error = posix_spawn(&pid, subject.args[0].c_str(), &files, nullptr, Pointers(subject.args).data(),
                                Pointers(variables).data());
  posix_spawn_file_actions_destroy(&files);
  if (error != 0) Fail(subject);
  return pid;
}

void AwaitSuccess(pid_t pid, const Subject& subject) {
  int status = 0;
  if (waitpid(pid, &status, 0) != pid || status != 0) Fail(subject);
}

double InstructionsOf(const Subject& subject) {
  ProcessOptions options;
  options.env = subject.env;
  std::vector<std::string> args = {"valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"};
  args.insert(args.end(), subject.args.begin(), subject.args.end());
  const std::string report = RunProcess(args, options).err;
  const size_t at = report.rfind("refs:");
  if (at == std::string::npos) return 0;
  std::string digits = report.substr(at + 5, report.find('\n', at) - at - 5);
  digits.erase(std::remove_if(digits.begin(), digits.end(), [](char c) { return c < '0' || c > '9'; }),
               digits.end());
  return std::stod(digits) / 1e6;
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

std::vector<Figures> MeasureAll(const std::vector<Subject>& subjects, int rounds) {
  std::vector<std::vector<double>> times(subjects.size());
  for (int round = -1; round < rounds; ++round) {  // the first one warms up
    for (size_t i = 0; i < subjects.size(); ++i) {
      if (subjects[i].before) subjects[i].before();
      const Clock::time_point begin = Clock::now();
      AwaitSuccess(Start(subjects[i]), subjects[i]);
      if (round >= 0) times[i].push_back(MillisecondsSince(begin));
    }
  }
  std::vector<Figures> all;
  for (size_t i = 0; i < subjects.size(); ++i) {
    Figures figures;
    figures.median_ms = Median(times[i]);
    if (subjects[i].counted) {
      if (subjects[i].before) subjects[i].before();
      const TracedRun traced = RunTraced(subjects[i].args, subjects[i].env);
      figures.system_calls = traced.system_calls;
      figures.peak_memory_m = static_cast<double>(traced.peak_memory_k) / 1024;
      if (subjects[i].before) subjects[i].before();
      figures.instructions_m = InstructionsOf(subjects[i]);
    }
    all.push_back(figures);
  }
  return all;
}

double RunAtOnce(const Subject& subject, int count) {
  const Clock::time_point begin = Clock::now();
  std::vector<pid_t> pids;
  for (int i = 0; i < count; ++i) pids.push_back(Start(subject));
  for (const pid_t pid : pids) AwaitSuccess(pid, subject);
  return MillisecondsSince(begin);
}

void PrintTable(const std::vector<Subject>& subjects, const std::vector<Figures>& figures) {
  std::printf("| | median ms | ratio | M instructions | system calls | peak MiB |\n");
  std::printf("| --- | ---: | ---: | ---: | ---: | ---: |\n");
  for (size_t i = 0; i < subjects.size(); ++i) {
    const Figures& f = figures[i];
    std::printf("| %s | %.2f | %.2f |", subjects[i].name.c_str(), f.median_ms,
                f.median_ms / figures[0].median_ms);
    if (f.instructions_m > 0) {
      std::printf(" %.2f |", f.instructions_m);
    } else {
      std::printf(" |");
    }
    if (subjects[i].counted) {
      std::printf(" %d | %.1f |\n", f.system_calls, f.peak_memory_m);
    } else {
      std::printf(" | |\n");
    }
  }
  std::printf("\n");
  std::fflush(stdout);
}

}  // namespace credential_provider
