// Files in memory, as a kernel keeps them: names and files apart, locks that belong to an open file, and file
// systems that are full or may not be written to.
#ifndef CREDENTIAL_PROVIDER_TESTS_SIMULATION_FILES_H_
#define CREDENTIAL_PROVIDER_TESTS_SIMULATION_FILES_H_

#include <sys/stat.h>

#include <cstdint>
#include <map>
#include <string>

#include "absl/strings/string_view.h"

namespace credential_provider::simulation {

struct OpenFile;

// A file system.
struct Volume {
  const char* name;
  bool in_memory;
  bool read_only = false;
  bool full = false;        // nothing grows; `room` bytes are left for the write that finds out
  bool makes_none = false;  // no more files, as when inodes are used up
  size_t room = 0;
};

struct File {
  uint64_t number;
  Volume* volume;
  bool is_folder;
  mode_t mode;
  int links = 0;
  timespec modified = {};
  std::string data = {};
  std::map<std::string, File*> names = {};  // of a folder
  const OpenFile* locked_by = nullptr;
};

// What a descriptor leads to.
struct OpenFile {
  File* file;
  int flags;
  size_t at = 0;
};

// Nothing is ever deleted: the memory is that of the schedule. Functions that may fail return a negative
// errno. Paths are absolute, without links.
class Files {
 public:
  Files();

  File* Find(absl::string_view path);
  int Open(absl::string_view path, int flags, mode_t mode, timespec now, OpenFile** opened);
  int OpenAt(File* folder, absl::string_view name, int flags, mode_t mode, timespec now, OpenFile** opened);
  int MakeFolder(absl::string_view path, mode_t mode);
  int Unlink(File* folder, const std::string& name);
  int RemoveFolder(File* folder, const std::string& name);
  int Rename(File* folder, const std::string& from, const std::string& to);
  // Returns how many bytes were written.
  static long Write(File* file, absl::string_view data, size_t at, timespec now);
  static long Read(const File* file, char* data, size_t size, size_t at);
  static int Lock(OpenFile* opened);  // without waiting
  static void Unlock(const OpenFile* opened);
  static void Describe(const File* file, struct stat* info);
  static OpenFile* OpenText(std::string text);  // what /proc shows

  Volume disk = {"disk", false};
  Volume runtime = {"runtime", true};
  Volume memory = {"memory", true};

 private:
  File* Make(Volume* volume, bool is_folder, mode_t mode);
  File* AddFolder(File* parent, const std::string& name, Volume* volume);

  File* root_;
  uint64_t made_ = 0;
};

}  // namespace credential_provider::simulation

#endif  // CREDENTIAL_PROVIDER_TESTS_SIMULATION_FILES_H_
