// The calls of the system that the product makes, answered by the simulated kernel while a simulated process
// runs. The linker puts these in (--wrap), so that the product is the same object files as in its programs.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <linux/magic.h>
#include <poll.h>
#include <stdarg.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include <cstring>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/simulation/kernel.h"

namespace credential_provider::simulation {
namespace {

struct Listing {
  std::vector<std::string> names;
  size_t next = 0;
  dirent entry = {};
};

// Whether a simulated process is the caller.
bool Inside() { return Kernel::Current() != nullptr; }
Kernel& Os() { return Kernel::OfCurrent(); }
Process& Self() { return *Kernel::Current(); }

// Errors that the schedule has planted are counted: what a run may do differs after one.
template <typename Number>
Number Returned(Number result) {
  if (result >= 0) return result;
  errno = static_cast<int>(-result);
  if (errno == ENOSPC || errno == EROFS || errno == EDQUOT || errno == EPERM) ++Self().refusals;
  return -1;
}

OpenFile* OpenOf(int fd) {
  const auto found = Self().files.find(fd);
  return found == Self().files.end() ? nullptr : found->second;
}

int NewDescriptor(OpenFile* opened) {
  int fd = STDERR_FILENO + 1;
  while (Self().files.count(fd) != 0) ++fd;
  Self().files[fd] = opened;
  return fd;
}

int Open(absl::string_view path, int flags, mode_t mode) {
  OpenFile* opened = nullptr;
  if (absl::StartsWith(path, "/proc/")) {
    std::string text = Os().ProcFile(path);
    if (text.empty()) return Returned(-ENOENT);
    if (path == "/proc/key-users" && Os().keyring.most_bytes == 0) ++Self().refusals;  // no quota is left
    opened = Files::OpenText(std::move(text));
  } else if (path == "/dev/null") {
    opened = Files::OpenText("");
  } else {
    const int result = Os().files.Open(path, flags, mode, Os().Wall(), &opened);
    if (result < 0) return Returned(result);
  }
  return NewDescriptor(opened);
}

void CloseAll() {
  for (const auto& [fd, opened] : Self().files) Files::Unlock(opened);
  Self().files.clear();
}

long WriteWithTears(OpenFile* opened, absl::string_view data, size_t at) {
  Kernel& os = Os();
  if (opened->file->number == 0) return static_cast<long>(data.size());  // /dev/null
  if (data.size() < 2 || !os.random.Chance(os.chances.tear))
    return Files::Write(opened->file, data, at, os.Wall());
  const size_t half = data.size() / 2;
  const long first = Files::Write(opened->file, data.substr(0, half), at, os.Wall());
  if (first < static_cast<long>(half)) return first;
  os.Step("  … and the second half");
  const long second = Files::Write(opened->file, data.substr(half), at + half, os.Wall());
  return second < 0 ? first : first + second;
}

// A write that a full disk cuts short counts as one that failed.
long WriteAt(OpenFile* opened, absl::string_view data, size_t at) {
  const long count = WriteWithTears(opened, data, at);
  if (count >= 0 && count < static_cast<long>(data.size())) ++Self().refusals;
  return Returned(count);
}

int StatPath(absl::string_view path, struct stat* info) {
  Os().Step("stat %.*s", static_cast<int>(path.size()), path.data());
  const File* const file = Os().files.Find(path);
  if (file == nullptr) return Returned(-ENOENT);
  Files::Describe(file, info);
  return 0;
}

long Keys(long number, const unsigned long (&a)[5]) {
  if (number == SYS_add_key) {
    Os().Step("add_key %s", reinterpret_cast<const char*>(a[1]));
    return Os().keyring.Add(Self().pid, reinterpret_cast<const char*>(a[1]),
                            absl::string_view(reinterpret_cast<const char*>(a[2]), a[3]));
  }
  Os().Step("keyctl %lu, key %d", a[0], static_cast<int>(a[1]));
  return Os().keyring.Control(Self().pid, static_cast<int>(a[0]), {a[1], a[2], a[3], a[4]}, Os().now());
}

}  // namespace
}  // namespace credential_provider::simulation

// NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): what the linker calls them.
using namespace credential_provider::simulation;  // NOLINT(google-build-using-namespace)

extern "C" {

int __real_open(const char* path, int flags, ...);
int __real_openat(int folder, const char* name, int flags, ...);
int __real_close(int fd);
ssize_t __real_read(int fd, void* buffer, size_t size);
ssize_t __real_write(int fd, const void* data, size_t size);
ssize_t __real_pread(int fd, void* buffer, size_t size, off_t at);
ssize_t __real_pwrite(int fd, const void* data, size_t size, off_t at);
int __real_ftruncate(int fd, off_t size);
int __real_fstat(int fd, struct stat* info);
int __real_stat(const char* path, struct stat* info);
int __real_lstat(const char* path, struct stat* info);
int __real_fstatat(int folder, const char* name, struct stat* info, int flags);
int __real_fstatfs(int fd, struct statfs* info);
int __real_statfs(const char* path, struct statfs* info);
int __real_renameat(int from_folder, const char* from, int to_folder, const char* to);
int __real_unlinkat(int folder, const char* name, int flags);
int __real_mkdir(const char* path, mode_t mode);
int __real_futimens(int fd, const timespec* times);
int __real_flock(int fd, int operation);
DIR* __real_fdopendir(int fd);
dirent* __real_readdir(DIR* folder);
int __real_closedir(DIR* folder);
int __real_access(const char* path, int mode);
int __real_isatty(int fd);
int __real_uname(utsname* host);
pid_t __real_getpid();
pid_t __real_getppid();
pid_t __real_fork();
pid_t __real_setsid();
unsigned __real_alarm(unsigned seconds);
int __real_prctl(int option, ...);
long __real_syscall(long number, ...);
int __real_clock_gettime(clockid_t clock, timespec* now);
int __real_nanosleep(const timespec* duration, timespec* left);
int __real_getentropy(void* buffer, size_t size);

int __wrap_open(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const auto mode = static_cast<mode_t>((flags & O_CREAT) != 0 ? va_arg(more, int) : 0);
  va_end(more);
  if (!Inside()) return __real_open(path, flags, mode);
  Os().Step("open %s", path);
  if (std::strcmp(path, "/dev/null") == 0) {  // the lowest free number, for the streams of a detached process
    for (int fd = 0; fd <= STDERR_FILENO; ++fd) {
      if (Self().detached || Self().files.count(fd) != 0) continue;
      Self().files[fd] = Files::OpenText("");
      return fd;
    }
  }
  return Open(path, flags, mode);
}

int __wrap_openat(int folder, const char* name, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const auto mode = static_cast<mode_t>((flags & O_CREAT) != 0 ? va_arg(more, int) : 0);
  va_end(more);
  if (!Inside()) return __real_openat(folder, name, flags, mode);
  Os().Step("openat %s%s", name, (flags & O_CREAT) != 0 ? ", made if missing" : "");
  const OpenFile* const above = OpenOf(folder);
  if (above == nullptr || !above->file->is_folder) return Returned(-EBADF);
  OpenFile* opened = nullptr;
  const int result = Os().files.OpenAt(above->file, name, flags, mode, Os().Wall(), &opened);
  return result < 0 ? Returned(result) : NewDescriptor(opened);
}

int __wrap_close(int fd) {
  if (!Inside()) return __real_close(fd);
  const OpenFile* const opened = OpenOf(fd);
  if (opened == nullptr) return Returned(-EBADF);
  if (opened->file->locked_by == opened) Os().Step("close, and free the lock");
  Files::Unlock(opened);
  Self().files.erase(fd);
  return 0;
}

ssize_t __wrap_read(int fd, void* buffer, size_t size) {
  if (!Inside()) return __real_read(fd, buffer, size);
  OpenFile* const opened = OpenOf(fd);
  if (opened == nullptr) return Returned(-EBADF);
  if (opened->file->number != 0) Os().Step("read");
  const long count = Files::Read(opened->file, static_cast<char*>(buffer), size, opened->at);
  opened->at += static_cast<size_t>(count);
  return count;
}

ssize_t __wrap_write(int fd, const void* data, size_t size) {
  if (!Inside()) return __real_write(fd, data, size);
  const absl::string_view text(static_cast<const char*>(data), size);
  OpenFile* const opened = OpenOf(fd);
  if (opened == nullptr && (fd == STDOUT_FILENO || fd == STDERR_FILENO)) {
    Os().Step("write to %s", fd == STDOUT_FILENO ? "stdout" : "stderr");
    absl::StrAppend(fd == STDOUT_FILENO ? &Self().out : &Self().err, text);
    return static_cast<ssize_t>(size);
  }
  if (opened == nullptr) return Returned(-EBADF);
  Os().Step("write %zu bytes", size);
  const long count = WriteAt(opened, text, opened->at);
  if (count > 0) opened->at += static_cast<size_t>(count);
  return count;
}

ssize_t __wrap_pread(int fd, void* buffer, size_t size, off_t at) {
  if (!Inside()) return __real_pread(fd, buffer, size, at);
  const OpenFile* const opened = OpenOf(fd);
  if (opened == nullptr) return Returned(-EBADF);
  Os().Step("pread the record");
  return Files::Read(opened->file, static_cast<char*>(buffer), size, static_cast<size_t>(at));
}

ssize_t __wrap_pwrite(int fd, const void* data, size_t size, off_t at) {
  if (!Inside()) return __real_pwrite(fd, data, size, at);
  OpenFile* const opened = OpenOf(fd);
  if (opened == nullptr) return Returned(-EBADF);
  Os().Step("pwrite the record, %zu bytes at %lld", size, static_cast<long long>(at));
  return WriteAt(opened, absl::string_view(static_cast<const char*>(data), size), static_cast<size_t>(at));
}

int __wrap_ftruncate(int fd, off_t size) {
  if (!Inside()) return __real_ftruncate(fd, size);
  const OpenFile* const opened = OpenOf(fd);
  if (opened == nullptr) return Returned(-EBADF);
  Os().Step("ftruncate");
  opened->file->data.resize(static_cast<size_t>(size));
  return 0;
}

int __wrap_fstat(int fd, struct stat* info) {
  if (!Inside()) return __real_fstat(fd, info);
  const OpenFile* const opened = OpenOf(fd);
  if (opened == nullptr && (fd == STDOUT_FILENO || fd == STDERR_FILENO)) {  // pipes
    std::memset(info, 0, sizeof(*info));
    info->st_ino = static_cast<ino_t>(Self().one_stream ? 1 : fd);
    return 0;
  }
  if (opened == nullptr) return Returned(-EBADF);
  Os().Step("fstat");
  Files::Describe(opened->file, info);
  return 0;
}

int __wrap_stat(const char* path, struct stat* info) {
  return Inside() ? StatPath(path, info) : __real_stat(path, info);
}

int __wrap_lstat(const char* path, struct stat* info) {
  return Inside() ? StatPath(path, info) : __real_lstat(path, info);
}

int __wrap_fstatat(int folder, const char* name, struct stat* info, int flags) {
  if (!Inside()) return __real_fstatat(folder, name, info, flags);
  Os().Step("fstatat %s", name);
  const OpenFile* const above = OpenOf(folder);
  if (above == nullptr) return Returned(-EBADF);
  const auto found = above->file->names.find(name);
  if (found == above->file->names.end()) return Returned(-ENOENT);
  Files::Describe(found->second, info);
  return 0;
}

int __wrap_fstatfs(int fd, struct statfs* info) {
  if (!Inside()) return __real_fstatfs(fd, info);
  const OpenFile* const opened = OpenOf(fd);
  if (opened == nullptr) return Returned(-EBADF);
  std::memset(info, 0, sizeof(*info));
  info->f_type = opened->file->volume->in_memory ? TMPFS_MAGIC : EXT4_SUPER_MAGIC;
  return 0;
}

int __wrap_statfs(const char* path, struct statfs* info) {
  if (!Inside()) return __real_statfs(path, info);
  const File* const file = Os().files.Find(path);
  if (file == nullptr) return Returned(-ENOENT);
  std::memset(info, 0, sizeof(*info));
  info->f_type = file->volume->in_memory ? TMPFS_MAGIC : EXT4_SUPER_MAGIC;
  return 0;
}

int __wrap_renameat(int from_folder, const char* from, int to_folder, const char* to) {
  if (!Inside()) return __real_renameat(from_folder, from, to_folder, to);
  Os().Step("renameat %s to %s", from, to);
  const OpenFile* const folder = OpenOf(from_folder);
  if (folder == nullptr || from_folder != to_folder) return Returned(-EBADF);
  return Returned(Os().files.Rename(folder->file, from, to));
}

int __wrap_unlinkat(int folder, const char* name, int flags) {
  if (!Inside()) return __real_unlinkat(folder, name, flags);
  Os().Step("unlinkat %s", name);
  const OpenFile* const above = OpenOf(folder);
  if (above == nullptr) return Returned(-EBADF);
  return Returned((flags & AT_REMOVEDIR) != 0 ? Os().files.RemoveFolder(above->file, name)
                                              : Os().files.Unlink(above->file, name));
}

int __wrap_mkdir(const char* path, mode_t mode) {
  if (!Inside()) return __real_mkdir(path, mode);
  Os().Step("mkdir %s", path);
  return Returned(Os().files.MakeFolder(path, mode));
}

int __wrap_futimens(int fd, const timespec* times) {
  if (!Inside()) return __real_futimens(fd, times);
  const OpenFile* const opened = OpenOf(fd);
  if (opened == nullptr) return Returned(-EBADF);
  Os().Step("futimens");
  opened->file->modified = times[1];
  return 0;
}

int __wrap_flock(int fd, int operation) {
  if (!Inside()) return __real_flock(fd, operation);
  OpenFile* const opened = OpenOf(fd);
  if (opened == nullptr) return Returned(-EBADF);
  Os().Step("flock %s", operation == LOCK_UN ? "freed" : "asked for");
  if (operation == LOCK_UN) {
    Files::Unlock(opened);
    return 0;
  }
  ++Self().locks;
  return Returned(Files::Lock(opened));
}

DIR* __wrap_fdopendir(int fd) {
  if (!Inside()) return __real_fdopendir(fd);
  const OpenFile* const opened = OpenOf(fd);
  if (opened == nullptr) {
    errno = EBADF;
    return nullptr;
  }
  Os().Step("list a folder");
  auto* const listing = new Listing;
  for (const auto& [name, file] : opened->file->names) listing->names.push_back(name);
  Self().files.erase(fd);
  return reinterpret_cast<DIR*>(listing);
}

dirent* __wrap_readdir(DIR* folder) {
  if (!Inside()) return __real_readdir(folder);
  auto& listing = *reinterpret_cast<Listing*>(folder);
  if (listing.next == listing.names.size()) return nullptr;
  std::strncpy(listing.entry.d_name, listing.names[listing.next++].c_str(), sizeof(listing.entry.d_name) - 1);
  return &listing.entry;
}

int __wrap_closedir(DIR* folder) {
  if (!Inside()) return __real_closedir(folder);
  delete reinterpret_cast<Listing*>(folder);
  return 0;
}

// Only asked for /run/systemd/system: process 1 reaps what is left to it.
int __wrap_access(const char* path, int mode) { return Inside() ? 0 : __real_access(path, mode); }
int __wrap_isatty(int fd) { return Inside() ? Self().at_terminal : __real_isatty(fd); }

int __wrap_uname(utsname* host) {
  if (!Inside()) return __real_uname(host);
  std::memset(host, 0, sizeof(*host));
  std::strcpy(host->nodename, "machine");
  return 0;
}

pid_t __wrap_getpid() { return Inside() ? Self().pid : __real_getpid(); }
pid_t __wrap_getppid() { return Inside() ? Self().parent : __real_getppid(); }
// What has forked ends without another step, so one of the two is enough: the child.
pid_t __wrap_fork() { return Inside() ? (Os().Fork() ? 0 : -1) : __real_fork(); }
pid_t __wrap_setsid() { return Inside() ? Self().pid : __real_setsid(); }

unsigned __wrap_alarm(unsigned seconds) {
  if (!Inside()) return __real_alarm(seconds);
  Self().alarm = Os().now() + seconds * kSecond;
  return 0;
}

int __wrap_prctl(int option, ...) {
  if (Inside()) return 0;  // no seccomp filter
  va_list more;
  va_start(more, option);
  unsigned long a[4];
  for (unsigned long& argument : a) argument = va_arg(more, unsigned long);
  va_end(more);
  return __real_prctl(option, a[0], a[1], a[2], a[3]);
}

long __wrap_syscall(long number, ...) {
  va_list more;
  va_start(more, number);
  unsigned long a[6];
  for (unsigned long& argument : a) argument = va_arg(more, unsigned long);
  va_end(more);
  if (Inside() && number == SYS_close_range) {
    CloseAll();
    return 0;
  }
  if (Inside() && (number == SYS_keyctl || number == SYS_add_key))
    return Returned(Keys(number, {a[0], a[1], a[2], a[3], a[4]}));
  return __real_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

int __wrap_clock_gettime(clockid_t clock, timespec* now) {
  if (!Inside()) return __real_clock_gettime(clock, now);
  *now = clock == CLOCK_REALTIME ? Os().Wall() : Os().SinceBoot();
  return 0;
}

int __wrap_nanosleep(const timespec* duration, timespec* left) {
  if (!Inside()) return __real_nanosleep(duration, left);
  ++Self().sleeps;
  Os().Sleep(duration->tv_sec * kSecond + duration->tv_nsec);
  return 0;
}

int __wrap_getentropy(void* buffer, size_t size) {
  if (!Inside()) return __real_getentropy(buffer, size);
  for (size_t i = 0; i < size; ++i)
    static_cast<unsigned char*>(buffer)[i] = static_cast<unsigned char>(Os().random.Next());
  return 0;
}

}  // extern "C"
// NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
