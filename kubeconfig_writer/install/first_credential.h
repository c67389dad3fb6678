// The certificate that comes with the address of a cluster: for the first kubectl, which then asks for
// nothing.
#ifndef KUBECONFIG_WRITER_INSTALL_FIRST_CREDENTIAL_H_
#define KUBECONFIG_WRITER_INSTALL_FIRST_CREDENTIAL_H_

#include "absl/types/optional.h"
#include "credential_provider/alibaba_cloud/user_kubeconfig.h"
#include "credential_provider/base/clock.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/invocation/invocation.h"
#include "credential_provider/kubernetes/credential.h"

namespace kubeconfig_writer {

struct FirstCredential {
  credential_provider::Invocation invocation;  // what it is stored as
  credential_provider::Credential credential;
};

// Returns the one in `cluster`, ACK's answer; nothing when `get` with the arguments of `invocation` would not
// ask for it, or not take it. `clock` knows the server's time.
absl::optional<FirstCredential> FirstCredentialIn(credential_provider::UserKubeconfig cluster,
                                                  const credential_provider::Invocation& invocation,
                                                  credential_provider::Clock& clock);

// Stores it where `get` of `identity` looks. Best effort: else the first kubectl asks.
void Keep(const FirstCredential& first, const credential_provider::Identity& identity,
          const credential_provider::Environment& environment);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_INSTALL_FIRST_CREDENTIAL_H_
