#include "tests/testing/container.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <linux/keyctl.h>
#include <linux/securebits.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

[[noreturn]] void Fail(int out, const std::string& what) {
  const std::string text = "no container: " + what + ": " + std::strerror(errno);
  _exit(write(out, text.data(), text.size()) < 0 ? 1 : 0);
}

void TakeOwnUsers(int out) {
  const std::string user = std::to_string(geteuid()), group = std::to_string(getegid());
  if (unshare(CLONE_NEWUSER) != 0) Fail(out, "user namespace");
  Spill("/proc/self/setgroups", "deny");
  Spill("/proc/self/uid_map", user + " " + user + " 1");
  Spill("/proc/self/gid_map", group + " " + group + " 1");
}

void DropCapabilities(int out) {
  __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct none[2] = {};
  for (int capability = 0; prctl(PR_CAPBSET_DROP, capability) == 0;) ++capability;
  if (syscall(SYS_capset, &header, none) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    Fail(out, "capabilities");
}

// Keeps the capabilities if they are wanted.
void Become(uid_t user, bool with_capabilities, int out) {
  if (user == geteuid()) return;
  if (with_capabilities && prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0) != 0)
    Fail(out, "securebits");
  if (setresgid(user, user, user) != 0 || setresuid(user, user, user) != 0) Fail(out, "user");
}

// Becomes the first process of the container.
void Enter(const ContainerOptions& options, int out) {
  if (options.own_users) {
    Become(options.user, false, out);
    prctl(PR_SET_DUMPABLE, 1);  // or /proc/self belongs to root
    TakeOwnUsers(out);
  }
  if (unshare(CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWUTS | CLONE_NEWIPC) != 0)
    Fail(out, "namespaces");
  if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) Fail(out, "private mounts");
  const pid_t first = fork();
  if (first != 0) {
    waitpid(first, nullptr, 0);
    _exit(0);
  }
  mount("proc", "/proc", "proc", 0,
        nullptr);  // where it is forbidden the old one shows more, which is no help to us
  const std::string owner = "mode=1777,uid=" + std::to_string(options.user);
  for (const std::string& folder : options.hidden) {
    if (mount("tmpfs", folder.c_str(), "tmpfs", 0, owner.c_str()) != 0) Fail(out, "hiding " + folder);
  }
  Become(options.user, options.with_capabilities, out);
  if (!options.with_capabilities) DropCapabilities(out);
  syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, nullptr);
}

// What is thrown in the child must not reach the test's framework.
void WriteResult(const std::function<std::string()>& code, int out) noexcept {
  const std::string text = code();
  _exit(write(out, text.data(), text.size()) == static_cast<ssize_t>(text.size()) ? 0 : 1);
}

}  // namespace

std::string RunInContainer(const ContainerOptions& options, const std::function<std::string()>& code) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return "no container: no pipe";
  const pid_t child = fork();
  if (child == 0) {
    Enter(options, ends[1]);
    WriteResult(code, ends[1]);
  }
  close(ends[1]);
  std::string text;
  char buffer[65536];
  for (ssize_t count; (count = read(ends[0], buffer, sizeof(buffer))) > 0;)
    text.append(buffer, static_cast<size_t>(count));
  close(ends[0]);
  waitpid(child, nullptr, 0);
  return text;
}

}  // namespace credential_provider
