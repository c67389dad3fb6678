// The answer to kubectl: from the store or newly issued, printed, and renewed in the background.
#ifndef CREDENTIAL_PROVIDER_ANSWER_ANSWER_KUBECTL_H_
#define CREDENTIAL_PROVIDER_ANSWER_ANSWER_KUBECTL_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "credential_provider/answer/provide_credential.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/invocation/answer_options.h"
#include "credential_provider/kubernetes/credential.h"
#include "credential_provider/runs/parent_process.h"
#include "credential_provider/store/credential_key.h"
#include "credential_provider/store/credential_store.h"

namespace credential_provider {

// Whether somebody waits for a new credential, and can be asked something.
enum class Attendance { kAttended, kDetached };

// Holds references: the key and the options must outlive it.
struct AnswerRequest {
  const CredentialKey& key;
  const AnswerOptions& options;
  absl::Duration time_limit;  // of one issuance
  // As ProvideRequest::proof; null for nothing.
  std::function<std::string()> proof;
  // Makes a new credential. `store` is where the answer comes from, for what else has to be remembered.
  std::function<absl::StatusOr<Credential>(CredentialStore& store, Attendance attendance)> issue;
  // What else is to be renewed in the process that nobody waits for, before the credential; null for nothing.
  std::function<void()> renew_first = nullptr;
  // Is told of what was issued once the answer is out; null for nobody.
  std::function<void(CredentialStore& store, const Issuance& issuance)> note = nullptr;
};

// Returns who has started this run.
ParentProcess ParentOf(const Environment& environment);

// Writes the ExecCredential that answers `question` to stdout, in the version that KUBERNETES_EXEC_INFO asks
// for. Then, when little is left of its life, renews it in a process that nobody waits for. After an error
// nothing was written, unless it is that of writing.
absl::Status AnswerKubectl(const AnswerRequest& question, const Environment& environment);

// Warns of what is not in the way of an answer. Not where stdout and stderr are one pipe or file, as
// fabric8 makes them: there a warning would be part of the answer, which could then not be read.
void WarnBesideAnswer(const absl::Status& status);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ANSWER_ANSWER_KUBECTL_H_
