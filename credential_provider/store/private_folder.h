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
  explicit PrivateFolder(std::string path) : path_(std::move(path)) {}

  // Opens the folder, once; it stays open as long as this object. NotFound when there is none,
  // PermissionDenied, with a hint, when it belongs to somebody else or is open to others. A symlink in its
  // place is refused.
  absl::Status Open();

  // As Open, after making the folder, and those above it, with mode 0700 where they are missing.
  absl::Status Make();

  // REQUIRES: Open or Make has returned OK.
  int fd() const { return fd_.get(); }

  const std::string& path() const { return path_; }

 private:
  const std::string path_;
  FileDescriptor fd_;
};

// Tells whether a file or folder belongs to this user and grants nothing to others.
bool IsPrivate(const struct stat& info);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_STORE_PRIVATE_FOLDER_H_
