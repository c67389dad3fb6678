// Ends a program together with those that it has started.
#ifndef CREDENTIAL_PROVIDER_BASE_PROCESS_TREE_H_
#define CREDENTIAL_PROVIDER_BASE_PROCESS_TREE_H_

#include <sys/types.h>

namespace credential_provider {

// Kills `pid`, a child that was not waited for, and what descends from it. What has outlived its parent, or
// has other rights, lives on. A process group of their own would reach the former, but would keep the child
// from the terminal and from the user's Ctrl-C.
void KillTree(pid_t pid);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_BASE_PROCESS_TREE_H_
