// Ends a program together with those that it has started; what becomes of those that nobody waits for.
#ifndef CREDENTIAL_PROVIDER_PROCESS_PROCESS_TREE_H_
#define CREDENTIAL_PROVIDER_PROCESS_PROCESS_TREE_H_

#include <sys/types.h>

#include "credential_provider/process/ending_signals.h"

namespace credential_provider {

// Kills `pid`, a child that was not waited for, and what descends from it. What has outlived its parent, or
// has other rights, lives on. A process group of their own would reach the former, but would keep the child
// from the terminal and from the user's Ctrl-C.
void KillTree(pid_t pid);

// Passes `signal` on to them, but to nobody who has got it from the terminal already; lets them put things in
// order, such as the terminal's echo, for two seconds at most; and kills what is then left.
void EndTree(pid_t pid, const EndingSignal& signal);

// Returns true when process 1 leaves a process of this program's name unreaped, one that was started a while
// ago, as what is no init does: each process that outlives its parent stays a zombie there.
bool OrphansStayZombies();

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_PROCESS_PROCESS_TREE_H_
