// Gives a test program a kernel keyring of its own, so that it neither sees nor fills the user's.
#ifndef CREDENTIAL_PROVIDER_TESTS_TESTING_OWN_KEYRING_H_
#define CREDENTIAL_PROVIDER_TESTS_TESTING_OWN_KEYRING_H_

#include <linux/keyctl.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <string>

#include "tests/testing/temp_dir.h"

namespace credential_provider {

// Moves this process, and all that it starts from here on, into a user namespace of its own, with the same
// user id: user keyrings belong to namespaces. Returns false where the kernel or a container forbids that, or
// keyrings altogether. REQUIRES: one thread.
inline bool TakeOwnKeyring() {
  const uid_t user = geteuid();
  const gid_t group = getegid();
  if (unshare(CLONE_NEWUSER) != 0) return false;
  Spill("/proc/self/setgroups", "deny");
  Spill("/proc/self/uid_map", std::to_string(user) + " " + std::to_string(user) + " 1");
  Spill("/proc/self/gid_map", std::to_string(group) + " " + std::to_string(group) + " 1");
  return geteuid() == user && syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_USER_KEYRING, 1) > 0;
}

// As above, once for the whole program; the same answer every time.
inline bool HasOwnKeyring() {
  static const bool has = TakeOwnKeyring();
  return has;
}

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_TESTING_OWN_KEYRING_H_
