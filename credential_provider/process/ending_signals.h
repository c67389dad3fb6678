// The signals that end this process, while it has a child that must not outlive it.
#ifndef CREDENTIAL_PROVIDER_PROCESS_ENDING_SIGNALS_H_
#define CREDENTIAL_PROVIDER_PROCESS_ENDING_SIGNALS_H_

#include <signal.h>

#include "absl/types/optional.h"
#include "credential_provider/base/file.h"

namespace credential_provider {

struct EndingSignal {
  int number;
  bool from_terminal;  // then the whole foreground process group has got it, as for Ctrl-C
};

// From Begin() until the object ends, signals that would end this process wait, to be taken here; so does
// SIGCHLD, which gets its default action: when whoever started this process has it ignored, the kernel keeps
// no child's exit status. What is ignored stays ignored (nohup, a shell's background job), what is blocked
// stays blocked. REQUIRES: one object at a time, one thread.
class EndingSignals {
 public:
  EndingSignals() = default;
  ~EndingSignals();
  EndingSignals(const EndingSignals&) = delete;
  EndingSignals& operator=(const EndingSignals&) = delete;

  // Returns false, and errno says why, when that cannot be.
  bool Begin();

  // A descriptor that is readable when one of them is here.
  int fd() const { return arrived_.get(); }

  // Takes all that are here. Returns the last one that ends a process, if any.
  absl::optional<EndingSignal> Take();

 private:
  bool begun_ = false;
  sigset_t mask_before_;
  FileDescriptor arrived_;
};

// Gives every signal its default action and lets none wait, but for those that end a process and are ignored:
// they stay so. For a child process before it becomes another program.
void DefaultSignals();

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_PROCESS_ENDING_SIGNALS_H_
