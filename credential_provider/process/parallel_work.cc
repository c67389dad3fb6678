#include "credential_provider/process/parallel_work.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <new>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "credential_provider/base/file.h"
#include "credential_provider/process/ending_signals.h"

namespace credential_provider {
namespace {

// What all processes see: which item is next, and when it may begin.
struct Queue {
  std::atomic<uint64_t> next_item{0};
  std::atomic<int64_t> next_begin_us{0};
};

// Pages that stay shared after fork(); they live as long as this process.
Queue* MakeQueue() {
  void* const pages = mmap(nullptr, sizeof(Queue), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return pages == MAP_FAILED ? nullptr : new (pages) Queue;
}

// Waits for a turn: each who comes moves the time of the next by `between`.
void WaitForTurn(Queue* queue, absl::Duration between) {
  const int64_t step = absl::ToInt64Microseconds(between);
  if (step == 0) return;
  int64_t next = queue->next_begin_us.load();
  int64_t begin = 0, now = 0;
  do {
    now = absl::ToUnixMicros(absl::Now());
    // A clock that was set back is not waited for.
    begin = next > now + step * 1000000 ? now : std::max(next, now);
  } while (!queue->next_begin_us.compare_exchange_weak(next, begin + step));
  if (begin > now) absl::SleepFor(absl::Microseconds(begin - now));
}

// What comes before each result in a process's pipe.
struct Header {
  uint64_t item;
  uint64_t size;
};

void Work(Queue* queue, size_t count, const ParallelLimits& limits,
          absl::FunctionRef<std::string(size_t)> work, int out) {
  for (uint64_t item = queue->next_item++; item < count; item = queue->next_item++) {
    WaitForTurn(queue, limits.between);
    const std::string result = work(item);
    const Header header = {item, result.size()};
    std::string frame(reinterpret_cast<const char*>(&header), sizeof(header));
    frame += result;
    if (!WriteAll(out, frame, "pipe").ok()) return;
  }
}

// A process and what has come from it that is not a whole result yet.
struct Worker {
  pid_t pid;
  FileDescriptor results;
  std::string received = "";
};

absl::Status StartWorker(Queue* queue, size_t count, const ParallelLimits& limits,
                         absl::FunctionRef<std::string(size_t)> work, std::vector<Worker>* workers) {
  int ends[2];
  if (pipe(ends) != 0) return absl::ErrnoToStatus(errno, "pipe");
  FileDescriptor in(ends[0]), out(ends[1]);
  fcntl(in.get(), F_SETFD, FD_CLOEXEC);
  fcntl(out.get(), F_SETFD, FD_CLOEXEC);
  const pid_t pid = fork();
  if (pid < 0) return absl::ErrnoToStatus(errno, "fork");
  if (pid == 0) {
    DefaultSignals();
    workers->clear();  // the pipes of the others
    in = FileDescriptor();
    Work(queue, count, limits, work, out.get());
    _exit(0);
  }
  workers->push_back({pid, std::move(in)});
  return absl::OkStatus();
}

// Takes the whole results that have been received. Returns how many.
size_t TakeResults(Worker* worker, absl::FunctionRef<void(size_t, const std::string&)> take) {
  size_t taken = 0;
  Header header;
  while (worker->received.size() >= sizeof(header)) {
    std::memcpy(&header, worker->received.data(), sizeof(header));
    if (worker->received.size() - sizeof(header) < header.size) break;
    take(header.item, worker->received.substr(sizeof(header), header.size));
    worker->received.erase(0, sizeof(header) + header.size);
    ++taken;
  }
  return taken;
}

// Reads what is there; false at the end.
bool Receive(Worker* worker) {
  char data[16 << 10];
  const ssize_t size = read(worker->results.get(), data, sizeof(data));
  if (size > 0) worker->received.append(data, static_cast<size_t>(size));
  return size > 0 || (size < 0 && errno == EINTR);
}

// Who asks twice to end, as timeout(1) does, has been heard: what is done is about to be kept.
void IgnoreMore() {
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) signal(number, SIG_IGN);
}

class Workers {
 public:
  // Those that are still at work are ended with this object.
  ~Workers() {
    for (const Worker& worker : all) {
      if (worker.results.ok()) kill(worker.pid, SIGTERM);
      while (waitpid(worker.pid, nullptr, 0) < 0 && errno == EINTR) {
      }
    }
  }

  // Waits for what comes next, and takes it. Returns how many results that were.
  size_t TakeNext(EndingSignals& signals, absl::FunctionRef<void(size_t, const std::string&)> take) {
    std::vector<pollfd> waiting = {{signals.fd(), POLLIN, 0}};
    for (const Worker& worker : all) waiting.push_back({worker.results.get(), POLLIN, 0});
    if (poll(waiting.data(), static_cast<nfds_t>(waiting.size()), -1) < 0) return 0;
    size_t taken = 0;
    for (size_t i = 0; i < all.size(); ++i) {
      if (waiting[i + 1].revents == 0) continue;
      if (!Receive(&all[i])) all[i].results = FileDescriptor();  // poll() passes over it from now on
      taken += TakeResults(&all[i], take);
    }
    return taken;
  }

  bool AnyLeft() const {
    return std::any_of(all.begin(), all.end(), [](const Worker& worker) { return worker.results.ok(); });
  }

  std::vector<Worker> all;
};

}  // namespace

absl::Status WorkInParallel(size_t count, const ParallelLimits& limits,
                            absl::FunctionRef<std::string(size_t)> work,
                            absl::FunctionRef<void(size_t, const std::string&)> take) {
  Queue* const queue = MakeQueue();
  EndingSignals signals;
  if (queue == nullptr || !signals.Begin()) return absl::ErrnoToStatus(errno, "processes side by side");
  Workers workers;
  for (size_t i = 0; i < std::min(limits.processes, count); ++i) {
    absl::Status started = StartWorker(queue, count, limits, work, &workers.all);
    if (!started.ok() && workers.all.empty()) return started;
  }
  size_t taken = 0;
  while (workers.AnyLeft()) {
    taken += workers.TakeNext(signals, take);
    if (signals.Take()) {
      queue->next_item = count;
      IgnoreMore();
      return absl::CancelledError("stopped");
    }
  }
  if (taken == count) return absl::OkStatus();
  return absl::InternalError(
      absl::StrCat(count - taken, " of ", count, " not done: a process that asks for several has died"));
}

}  // namespace credential_provider
