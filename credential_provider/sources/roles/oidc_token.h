// Where an OIDC token comes from: a file that a platform rewrites, a variable, or GitHub's token service.
#ifndef CREDENTIAL_PROVIDER_SOURCES_ROLES_OIDC_TOKEN_H_
#define CREDENTIAL_PROVIDER_SOURCES_ROLES_OIDC_TOKEN_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/base/secret.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/identity/identity_text.h"

namespace credential_provider {

// The audience that the documentation has users register with the OIDC provider in RAM.
constexpr char kOidcAudience[] = "sts.aliyuncs.com";

struct OidcTokenLocation {
  enum class Kind { kFile, kVariable, kGitHubActions };
  Kind kind = Kind::kFile;
  std::string name;  // the file's path, the variable's name, or the URL that makes tokens
  Secret secret;     // the variable's value, or what the URL asks for
};

// The places, each checked as far as that needs no network: a file that cannot be read or a variable that is
// not set is FailedPrecondition.
absl::StatusOr<OidcTokenLocation> TokenInFile(absl::string_view path);
absl::StatusOr<OidcTokenLocation> TokenInVariable(absl::string_view variable, const Environment& environment);
absl::StatusOr<OidcTokenLocation> TokenFromGitHubActions(const Environment& environment);

// Tells whether GitHub Actions offers this job tokens ("permissions: id-token: write").
bool IsOnGitHubActions(const Environment& environment);

// Returns the token as it is now: the file is read again, GitHub makes a new one. A token that has expired is
// an error that says whether another can be had.
absl::StatusOr<Secret> ReadOidcToken(const OidcTokenLocation& place, const NetworkContext& fetch);

// Adds to `who` whose token it is: its issuer and subject where both can be read without the network, else a
// fingerprint of what is of one job alone: the whole token, or GitHub's URL with what it asks for.
void AddTokenOwner(const OidcTokenLocation& place, IdentityText* who);

// Returns a fingerprint of the token, or of what GitHub gives one for, as it is now; "" when it cannot be
// read.
std::string TokenProof(const OidcTokenLocation& place);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_ROLES_OIDC_TOKEN_H_
