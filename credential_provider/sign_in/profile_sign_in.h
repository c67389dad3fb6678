// Signing in to a profile of the aliyun CLI again: the modes CloudSSO and OAuth of config.json.
#ifndef CREDENTIAL_PROVIDER_SIGN_IN_PROFILE_SIGN_IN_H_
#define CREDENTIAL_PROVIDER_SIGN_IN_PROFILE_SIGN_IN_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/sign_in/person.h"

namespace credential_provider {

// A profile that somebody can sign in to.
struct SignInProfile {
  std::string path;  // of config.json
  std::string name;
  std::string mode;   // "CloudSSO" or "OAuth"
  std::string asked;  // the profile that was meant: builds on this one, or is it
};

// Returns the profile that `given`, from --profile, means, or what it builds on (mode ChainableRamRoleArn);
// without `given` the one that a run would take. FailedPrecondition for a profile that needs no sign-in.
absl::StatusOr<SignInProfile> FindSignInProfile(absl::string_view given, const Environment& environment);

// Returns the line, quoted for a shell, by which a person signs in to `profile` of this environment's file.
std::string SignInLine(const std::string& profile, const Environment& environment);

struct SignInResult {
  absl::Time end;  // from when on somebody has to sign in again; the Unix epoch when the site has not said
  bool renews_itself = false;  // then `end` is that of what is renewed
};

// Has `person` sign in, and writes what came of it into the profile: tokens and the temporary AccessKey, as
// the CLI keeps them, and nothing else. Until then nothing is changed, so that it may be stopped at any time.
// FailedPrecondition when the profile was changed meanwhile. A file that cannot be locked or replaced is told
// before somebody signs in.
absl::StatusOr<SignInResult> SignInToProfile(const SignInProfile& profile, const Person& person,
                                             const NetworkContext& fetch);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SIGN_IN_PROFILE_SIGN_IN_H_
