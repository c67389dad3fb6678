// What a user of a kubeconfig proves itself with, by kubectl's rules of which field wins.
#ifndef KUBECONFIG_WRITER_ACCESS_USER_CREDENTIAL_H_
#define KUBECONFIG_WRITER_ACCESS_USER_CREDENTIAL_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/base/secret.h"
#include "credential_provider/base/step_listener.h"
#include "kubeconfig_writer/file/merged_kubeconfig.h"

namespace kubeconfig_writer {

struct UserCredential {
  credential_provider::Secret authorization;  // the header's value; "" for none
  std::string certificate_pem;                // and its key; "" for none
  credential_provider::Secret key_pem;
  std::string impersonate;  // the user to act as; "" for none
};

// Gets the credential of `user` for `cluster`: what is in the kubeconfig, else what its plugin answers
// within `time_limit`. Tells `say` of each step. Errors, each with what to do: no credential at all, fields
// that kubectl refuses, a file that is not there, a pair that does not match, a credential that has expired
// at `now`, a plugin that kuberc does not allow or that fails.
absl::StatusOr<UserCredential> GetUserCredential(const KubeconfigEntry& user, const KubeconfigEntry& cluster,
                                                 const credential_provider::Environment& environment,
                                                 absl::Duration time_limit, absl::Time now,
                                                 credential_provider::SayStep say);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_ACCESS_USER_CREDENTIAL_H_
