#include "kubeconfig_writer/install/first_credential.h"

#include <utility>

#include "absl/status/statusor.h"
#include "credential_provider/answer/keep_credential.h"
#include "credential_provider/issuers/ack_issuer.h"

namespace kubeconfig_writer {

using namespace credential_provider;  // NOLINT: this file joins the two

absl::optional<FirstCredential> FirstCredentialIn(UserKubeconfig cluster, const Invocation& invocation,
                                                  Clock& clock) {
  if (invocation.kind != &kAckIssuer) return absl::nullopt;
  absl::StatusOr<Credential> credential = CheckedCredential(std::move(cluster), clock);
  if (!credential.ok()) return absl::nullopt;
  credential->expires = clock.LocalTime(credential->expires);
  return FirstCredential{invocation, *std::move(credential)};
}

void Keep(const FirstCredential& first, const Identity& identity, const Environment& environment) {
  KeepForGet(first.credential, first.invocation, identity, environment);
}

}  // namespace kubeconfig_writer
