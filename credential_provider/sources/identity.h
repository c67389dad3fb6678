// Who asks: an identity that was found on this machine, and how to get its key.
#ifndef CREDENTIAL_PROVIDER_SOURCES_IDENTITY_H_
#define CREDENTIAL_PROVIDER_SOURCES_IDENTITY_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "credential_provider/alibaba_cloud/access_key.h"

namespace credential_provider {

struct Identity {
  std::string source;  // the name of the source that found it: "environment"
  // What decides whose credential comes out, without a secret: "access-key sandbox-alice". Part of the
  // store's key: two identities that differ here never share a stored credential.
  std::string who;
  // Gets the key. Only called when a credential has to be issued; may take seconds and use the network.
  std::function<absl::StatusOr<AccessKey>()> access_key;
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_IDENTITY_H_
