// The sources of the caller's own key, in the order in which they are asked.
//
// It is that of the official SDKs (environment, OIDC environment, config.json, credentials file, instance
// role, credentials URI), with one difference. Finding an identity must need no network, because it is done
// on every run and most runs need no key; but only the network tells whether a machine has an instance role.
// So the instance role is taken where the SDKs have it when ALIBABA_CLOUD_ECS_METADATA asks for it or the
// user picks it by name; otherwise it comes last, after the credentials URI. The two orders differ on an
// instance with a role where the URI's variable is set and the other is not.
//
// --profile asks only the two sources that have profiles: whoever names one does not mean another.
#ifndef CREDENTIAL_PROVIDER_SOURCES_SOURCE_CHAIN_H_
#define CREDENTIAL_PROVIDER_SOURCES_SOURCE_CHAIN_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/identity/identity_options.h"
#include "credential_provider/identity/principal.h"

namespace credential_provider {

// A source that was asked before the one that was found, or whose variables were left aside, and why it was
// not it.
struct SkippedSource {
  std::string source;
  std::string reason;
};

struct FoundIdentity {
  Identity identity;
  std::vector<SkippedSource> skipped;
};

// Returns the identity of the first source that has one, or of the one that `options` names, with the roles
// of `options` on top. A source that has none (NotFound) lets the next try; any other failure stops, because
// another identity than the intended one would be a surprise. Uses no network but by `resolve`, which is
// asked where only asking can tell who it is (principal.h).
absl::StatusOr<FoundIdentity> FindIdentity(const IdentityOptions& options, const Environment& environment,
                                           const Resolver& resolve = nullptr);

// Adds to what was skipped the role that the environment names beside the AccessKey that was found there: as
// in the SDKs the key wins, and who set both may not expect it.
void AddUnusedRole(const IdentityOptions& options, const Environment& environment, FoundIdentity* found);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_SOURCE_CHAIN_H_
