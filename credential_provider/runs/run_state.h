// The file in which runs keep the record of one key, and the lock that keeps them from issuing at once.
#ifndef CREDENTIAL_PROVIDER_RUNS_RUN_STATE_H_
#define CREDENTIAL_PROVIDER_RUNS_RUN_STATE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "credential_provider/base/file.h"
#include "credential_provider/runs/run_record.h"
#include "credential_provider/store/credential_key.h"
#include "credential_provider/store/private_folder.h"

namespace credential_provider {

class RunState {
 public:
  // `folders`, the preferred one first, must outlive this object. Without any, nothing is kept: every run is
  // the first one, and no lock is ever taken.
  RunState(std::vector<PrivateFolder*> folders, const CredentialKey& key);

  // Reads the record. What is missing, torn or foreign counts as empty.
  void Load();

  // As Load read it. Changes are kept by the calls below.
  AnswerLog servings = {};
  IssueRecord issuance = {};

  // Writes the first part of the record, in one write; makes the file when it is missing. Best effort.
  void SaveServings();

  // Writes the second part. REQUIRES: this object holds the lock, if there is one.
  void SaveIssuance();

  // Takes the lock that is held while a credential is issued. The kernel frees it when the process ends,
  // however it ends. Returns false while another process holds it; an error when there can be no lock.
  absl::StatusOr<bool> TryLock();
  void Unlock();

  // Tells whether the record can be kept.
  bool keeps() const { return !folders_.empty(); }

  // Removes the file, if it is a record. While another process holds the lock, it is emptied.
  void Remove();

 private:
  absl::Status OpenFile(bool make);
  absl::Status OpenIn(PrivateFolder& folder, bool make);

  const std::vector<PrivateFolder*> folders_;
  const std::string name_;
  FileDescriptor file_;
};

// Removes all records from a folder. Files that are none stay.
void RemoveRunStates(PrivateFolder& folder);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_RUNS_RUN_STATE_H_
