#include "tests/simulation/kernel.h"

#include <algorithm>
#include <cstdarg>
#include <cstdio>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace credential_provider::simulation {
namespace {

constexpr int64_t kBegin = 1767323045;  // 2026-01-02T03:04:05Z
constexpr Nanos kTick = 10 * kMillisecond;
constexpr Nanos kUptime = kHour;
constexpr uint64_t kMostSteps = 3000000;  // a schedule that is still running then has run away

Kernel* kernel = nullptr;

void PrintLine(Nanos now, const char* who, const char* format, va_list arguments) {
  std::printf("%14.6f  %-24s ", static_cast<double>(now) / 1e9, who);
  std::vprintf(format, arguments);
  std::putchar('\n');
}

}  // namespace

Kernel::Kernel(Random& chance, bool traced) : random(chance), traced_(traced) { kernel = this; }

Kernel::~Kernel() {
  for (Process* process : processes_) stacks_.push_back(process->stack);
  for (char* stack : stacks_) {
    if (stack != nullptr) GiveBackStack(stack);
  }
  kernel = nullptr;
}

Process* Kernel::Current() { return kernel == nullptr ? nullptr : kernel->current_; }
Kernel& Kernel::OfCurrent() { return *kernel; }

Process& Kernel::Start(std::string label, pid_t parent, Nanos when, std::function<void()> body) {
  auto& process = *new Process;
  process.pid = ++last_pid_;
  process.parent = parent;
  process.label = std::move(label);
  process.body = std::move(body);
  process.wake = std::max(when, now_);
  facts_[process.pid] = {parent, "credential_prov", "", process.wake};
  processes_.push_back(&process);
  return process;
}

pid_t Kernel::AddOther(std::string name, std::string command_line) {
  facts_[++last_pid_] = {1, std::move(name), std::move(command_line), now_};
  return last_pid_;
}

void Kernel::At(Nanos when, std::function<void()> what) { events_.emplace(when, std::move(what)); }

void Kernel::Entry() {
  Process& process = *kernel->current_;
  process.body();
  kernel->End(process, /*killed=*/false);
}

void Kernel::Enter(Process& process) {
  if (process.stack == nullptr) {
    process.stack = TakeStack();
    process.at = NewStack(process.stack, &Kernel::Entry);
  }
  current_ = &process;
  SwitchStack(&scheduler_, process.at);
  current_ = nullptr;
}

void Kernel::Leave() {
  Process& process = *current_;
  SwitchStack(&process.at, scheduler_);
}

void Kernel::End(Process& process, bool killed) {
  Release(process, killed);
  while (true) Leave();
}

// What the kernel does for a process that ends in whatever way.
void Kernel::Release(Process& process, bool killed) {
  if (process.over) return;
  process.over = true;
  for (const auto& [fd, opened] : process.files) Files::Unlock(opened);
  process.files.clear();
  keyring.EndOf(process.pid);
  facts_.erase(process.pid);
  Note("%s %s", process.label.c_str(), killed ? "is killed" : "ends");
  if (process.ended) process.ended(killed);
}

void Kernel::Kill(Process& process) {
  if (&process == current_) End(process, /*killed=*/true);
  Release(process, /*killed=*/true);
}

void Kernel::Run() {
  while (!stop_) {
    RunEvents();
    Process* const next = Next();
    if (next == nullptr) {
      if (!AdvanceToNext()) return;
      continue;
    }
    if (now_ >= next->alarm) {
      Kill(*next);
    } else {
      Enter(*next);
    }
    if (!next->over) continue;
    processes_.erase(std::find(processes_.begin(), processes_.end(), next));
    stacks_.push_back(next->stack);
  }
}

void Kernel::RunEvents() {
  while (!events_.empty() && events_.begin()->first <= now_) {
    const std::function<void()> what = std::move(events_.begin()->second);
    events_.erase(events_.begin());
    what();
  }
  processes_.erase(std::remove_if(processes_.begin(), processes_.end(),
                                  [this](Process* process) {
                                    if (process->over) stacks_.push_back(process->stack);
                                    return process->over;
                                  }),
                   processes_.end());
}

// One of those that can go on; null when all sleep.
Process* Kernel::Next() {
  Process* chosen = nullptr;
  uint64_t ready = 0;
  for (Process* process : processes_) {
    if (std::min(process->wake, process->alarm) <= now_ && random.Below(++ready) == 0) chosen = process;
  }
  return chosen;
}

bool Kernel::AdvanceToNext() {
  Nanos next = events_.empty() ? kNever : events_.begin()->first;
  for (const Process* process : processes_) next = std::min({next, process->wake, process->alarm});
  if (next == kNever) return false;
  now_ = std::max(now_, next);
  return true;
}

void Kernel::Step(const char* format, ...) {
  Process& process = *current_;
  ++steps;
  now_ += 1 + static_cast<Nanos>(random.Below(static_cast<uint64_t>(chances.longest_step)));
  const bool others = processes_.size() > 1 && random.Chance(chances.other);
  if (others || (!events_.empty() && events_.begin()->first <= now_) || now_ >= process.alarm) Leave();
  Interrupt(process);
  if (!traced_) return;
  va_list arguments;
  va_start(arguments, format);
  PrintLine(now_, process.label.c_str(), format, arguments);
  va_end(arguments);
}

// What may happen to a process between two calls.
void Kernel::Interrupt(Process& process) {
  if (steps > kMostSteps) {
    std::printf("the schedule does not end\n");
    stop_ = true;
  }
  while (stop_) Leave();
  if (random.Chance(chances.kill)) End(process, /*killed=*/true);
  if (!random.Chance(chances.stop)) return;
  Hold(process, random.Spread(10 * kMillisecond, 5 * kMinute));
  Leave();
  while (stop_) Leave();
}

void Kernel::Hold(Process& process, Nanos duration) {
  Note("%s is stopped for %.3f s", process.label.c_str(), static_cast<double>(duration) / 1e9);
  const pid_t pid = process.pid;
  facts_[pid].stopped = true;
  process.stopped_for += duration;
  process.wake = std::max(process.wake, now_) + duration;
  At(process.wake, [this, pid] {
    const auto found = facts_.find(pid);
    if (found != facts_.end()) found->second.stopped = false;
  });
}

void Kernel::Sleep(Nanos duration) {
  Process& process = *current_;
  Step("sleeps for %.6f s", static_cast<double>(duration) / 1e9);
  process.wake = now_ + duration;
  Leave();
  Interrupt(process);
}

bool Kernel::Fork() {
  Process& process = *current_;
  Step("forks");
  if (random.Chance(chances.fork_fails)) return false;
  facts_.erase(process.pid);
  process.pid = ++last_pid_;
  facts_[process.pid] = {1, "credential_prov", "", now_};
  process.forking = true;
  if (process.ended) process.ended(/*killed=*/false);
  process.label = absl::StrCat("renewal after ", process.label);
  process.detached = true;
  return true;
}

void Kernel::Note(const char* format, ...) {
  if (!traced_) return;
  va_list arguments;
  va_start(arguments, format);
  PrintLine(now_, "--", format, arguments);
  va_end(arguments);
}

absl::Time Kernel::TrueTime() const { return absl::FromUnixSeconds(kBegin) + absl::Nanoseconds(now_); }
absl::Time Kernel::WallTime() const { return TrueTime() + absl::Nanoseconds(ahead_); }
timespec Kernel::SinceBoot() const {
  return absl::ToTimespec(absl::UnixEpoch() + absl::Nanoseconds(now_ + kUptime));
}
timespec Kernel::Wall() const { return absl::ToTimespec(WallTime()); }

// "/proc/PID/stat" and the like; "" where there is no such file.
std::string Kernel::ProcFile(absl::string_view path) const {
  if (path == "/proc/key-users") return keyring.Usage(0);
  const std::vector<absl::string_view> parts = absl::StrSplit(path, '/');
  pid_t pid = 0;
  if (parts.size() != 4 || !absl::SimpleAtoi(parts[2], &pid)) return "";
  const auto found = facts_.find(pid);
  if (found == facts_.end()) return "";
  const ProcessFacts& facts = found->second;
  if (parts[3] == "cmdline") return facts.command_line;
  return absl::StrCat(pid, " (", facts.name, ") ", facts.stopped ? "T" : "S", " ", facts.parent, " ", pid,
                      " 0 0 0 0 0 0 0 0 0 0 0 0 20 0 1 0 ", (facts.started + kUptime) / kTick, " 0 0\n");
}

}  // namespace credential_provider::simulation
