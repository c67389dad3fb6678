// What the modes CloudSSO and OAuth of config.json have in common: a sign-in through the browser, and the
// temporary AccessKey that the CLI got with it last and keeps beside it.
#ifndef CREDENTIAL_PROVIDER_SOURCES_ALIYUN_KEPT_SESSION_H_
#define CREDENTIAL_PROVIDER_SOURCES_ALIYUN_KEPT_SESSION_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "credential_provider/identity/principal.h"
#include "credential_provider/sources/aliyun/profile.h"
#include "credential_provider/text/json_reader.h"

namespace credential_provider {

// Returns the temporary AccessKey that a mode keeps in the profile until `sts_expiration`, when it is good
// for one more call at `now`.
absl::optional<AccessKey> KeptSession(JsonReader fields, absl::Time now);

// Returns until when that is.
absl::Time EndOfKeptSession(JsonReader& fields);

// Returns all of it as one text, whether it is good or not: a part of the place of a sign-in.
std::string TextOfKeptSession(JsonReader fields);

// Returns the identity of who has signed in at `place`. The AccessKey that the CLI keeps is used until its
// end; then `sign_in` gets another, which is remembered in our own store.
absl::StatusOr<Identity> SignedInIdentity(
    const AliyunProfile& profile, const Place& place,
    std::function<absl::StatusOr<SignIn>(const NetworkContext&)> sign_in);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_ALIYUN_KEPT_SESSION_H_
