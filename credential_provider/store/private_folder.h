// A folder that only this user can look into: for what is kept between runs.
#ifndef CREDENTIAL_PROVIDER_STORE_PRIVATE_FOLDER_H_
#define CREDENTIAL_PROVIDER_STORE_PRIVATE_FOLDER_H_

#include <sys/stat.h>

#include <string>

#include "absl/status/status.h"
#include "credential_provider/base/file.h"

namespace credential_provider {

class PrivateFolder {
 public:
  enum class Medium { kAny, kMemory };

  // With kMemory the folder is made only where its parent is in memory. `way_out` says in hints how the user
  // can choose another folder.
  explicit PrivateFolder(std::string path, Medium medium = Medium::kAny,
                         const char* way_out = "choose another folder with --cache-dir")
      : path_(std::move(path)), medium_(medium), way_out_(way_out) {}

  // Opens the folder, once; it stays open as long as this object. NotFound when there is none,
  // PermissionDenied, with a hint, when it belongs to somebody else or is open to others. A symlink in its
  // place is refused.
  absl::Status Open();

  // As Open, after making the folder, and those above it, with mode 0700 where they are missing.
  // PermissionDenied, with a hint, where that would be below a folder of another user's, such as the home
  // that `sudo -E` leaves in HOME: what root made there would lock its owner out.
  absl::Status Make();

  bool is_open() const { return fd_.ok(); }

  // REQUIRES: is_open().
  int fd() const { return fd_.get(); }

  const std::string& path() const { return path_; }

 private:
  const std::string path_;
  const Medium medium_;
  const char* const way_out_;
  FileDescriptor fd_;
};

// Tells whether a file or folder belongs to this user and grants nothing to others.
bool IsPrivate(const struct stat& info);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_STORE_PRIVATE_FOLDER_H_
