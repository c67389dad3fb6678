// Where a kubeconfig that is to be changed really is: found once, along links that can be trusted, and held
// by its folder from then on. What others do to names on the way makes no difference after that.
#ifndef KUBECONFIG_WRITER_FILE_KUBECONFIG_TARGET_H_
#define KUBECONFIG_WRITER_FILE_KUBECONFIG_TARGET_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "credential_provider/base/file.h"

namespace kubeconfig_writer {

// A name in an open folder.
struct FilePlace {
  std::shared_ptr<const credential_provider::FileDescriptor> folder;  // to look up names in
  std::string name;
  std::string path;  // for messages

  int fd() const { return folder->get(); }
};

class KubeconfigTarget {
 public:
  // Goes along `path`, from link to link; what it leads to need not exist, nor the folders that `path` itself
  // names. Every link must be where nobody but this user and root can put one: PermissionDenied, with a hint,
  // when its folder belongs to somebody else or others can write there. A group that has no other member than
  // the folder's owner is not others, nor are those who share a sticky folder like /tmp, for a link of one's
  // own. FailedPrecondition, with a hint, for what is no file and no folder.
  static absl::StatusOr<KubeconfigTarget> Find(const std::string& path);

  // As the user wrote it.
  const std::string& path() const { return path_; }

  // The file that it leads to, absolute and without links.
  const std::string& resolved() const { return resolved_; }

  // Makes the folders that are missing, with mode 0700. Those that root makes in a folder of another user
  // belong to that user. NotFound, with a hint, when a link leads to a missing folder: that is not for us to
  // make.
  absl::Status MakeFolder();

  // Opens the file to read it. NotFound when there is none; PermissionDenied when it has become a link since.
  absl::StatusOr<credential_provider::FileDescriptor> Open() const;

  // The file, which may be missing.
  // REQUIRES: its folder is not.
  const FilePlace& file() const { return file_; }

  // The names that are to be locked: the file's, and that of a link to it, for those who name that.
  // REQUIRES: as above.
  std::vector<FilePlace> LockedPlaces() const;

 private:
  friend class PathWalk;

  std::string path_, resolved_;
  FilePlace file_;                    // in the last folder that is there
  FilePlace link_;                    // the user's name for it, if that is a link; else without a folder
  std::vector<std::string> missing_;  // folders in that of `file_`, each in the one before
  bool missing_behind_link_ = false;
};

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_FILE_KUBECONFIG_TARGET_H_
