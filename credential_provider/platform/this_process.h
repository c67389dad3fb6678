// This process: who and what it is, and what the kernel is to do for it.
#ifndef CREDENTIAL_PROVIDER_PLATFORM_THIS_PROCESS_H_
#define CREDENTIAL_PROVIDER_PLATFORM_THIS_PROCESS_H_

#include <sys/types.h>

#include <string>

namespace credential_provider {

// Returns the user whose rights this process has. Linux: from the auxiliary vector, getauxval(3), without a
// system call.
uid_t ThisUser();

// Returns the file that is running, without links on the way to it; "" where the system does not tell. Linux:
// /proc/self/exe. macOS: as PathGiven().
std::string ProgramFile();

// Returns the path that execve(2) was given; "" where the system does not tell. Linux: from the auxiliary
// vector, getauxval(3). macOS: _NSGetExecutablePath, dyld(3).
std::string PathGiven();

// Returns the name by which the program was started, without a folder.
const char* ProgramName();

// Keeps the memory, which holds keys, out of core files. Linux: prctl(2), PR_SET_DUMPABLE, which keeps core
// files from the program of a piped core_pattern too, and other processes of this user from the memory.
// macOS: a limit of no bytes, setrlimit(2), which what this process starts inherits; whom a debugger may look
// at is for the system to say.
void KeepMemoryPrivate();

// Has the kernel send `signal` to this process when the one that has started it ends in whatever way. Linux:
// prctl(2), PR_SET_PDEATHSIG. macOS has nothing like it: it does nothing there. Safe after a fork.
void EndWithParent(int signal);

// Closes every descriptor in one call. Returns false, and closes none, where the kernel has none for that.
// Linux: close_range(2), since 5.9.
bool CloseEveryDescriptor();

// Makes a pipe that no started program inherits. Returns false, and errno says why, when it cannot. REQUIRES,
// on macOS, which needs two steps for it: no other thread starts a program meanwhile.
bool OpenPipe(int ends[2]);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_PLATFORM_THIS_PROCESS_H_
