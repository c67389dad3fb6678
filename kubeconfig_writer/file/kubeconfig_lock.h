// kubectl's lock of a kubeconfig: a file FILE.lock that only one process can make.
//
// kubectl leaves it empty, and for ever when it is killed. Ours names its process, so that the next run can
// tell that this one is gone and take its lock away.
#ifndef KUBECONFIG_WRITER_FILE_KUBECONFIG_LOCK_H_
#define KUBECONFIG_WRITER_FILE_KUBECONFIG_LOCK_H_

#include <signal.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "kubeconfig_writer/file/kubeconfig_target.h"

namespace kubeconfig_writer {

class KubeconfigLock {
 public:
  KubeconfigLock() = default;
  ~KubeconfigLock() { Release(); }
  KubeconfigLock(const KubeconfigLock&) = delete;
  KubeconfigLock& operator=(const KubeconfigLock&) = delete;

  // Makes NAME.lock beside each of `places`, all or none, and waits up to `limit` while another process has
  // one. One of ours whose process is gone is removed. Until Release, signals that would end this process
  // wait: a lock left behind would stop every kubectl. DeadlineExceeded names the lock, its age, what is
  // known of its owner, and the command that removes it; PermissionDenied and the like that the folder may
  // not be written.
  absl::Status Acquire(const std::vector<FilePlace>& places, absl::Duration limit);

  void Release();

 private:
  absl::Status TryAcquire(const std::vector<FilePlace>& places, FilePlace* lock);

  std::vector<FilePlace> held_;  // the locks themselves
  sigset_t mask_before_;
  bool signals_wait_ = false;
};

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_FILE_KUBECONFIG_LOCK_H_
