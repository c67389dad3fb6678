// Whom an address, a program or a sign-in stands for, where only asking can tell.
//
// The name of such a place does not say who comes out: the same address is somebody else in another
// container, after a role was swapped, after the next person has signed in. So what a key of the store holds
// is the principal. A hit must not ask: which principal a place stands for is remembered in the store, for as
// long as it cannot change without a trace here, and else for a bounded time.
#ifndef CREDENTIAL_PROVIDER_IDENTITY_PRINCIPAL_H_
#define CREDENTIAL_PROVIDER_IDENTITY_PRINCIPAL_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "credential_provider/alibaba_cloud/access_key.h"
#include "credential_provider/base/secret.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/store/credential_key.h"
#include "credential_provider/store/entry.h"

namespace credential_provider {

// The longest that a principal is believed which may change without a trace on this machine: a role swapped
// in place, another program behind an address.
constexpr absl::Duration kPlaceLife = absl::Minutes(10);
// The same for a sign-in whose tokens are part of the place: another sign-in is another place.
constexpr absl::Duration kSignInLife = absl::Hours(24);

struct Principal {
  std::string text;  // canonical, as Who makes it
  // False when the owner of a session could not be asked: then it stands for this session alone.
  bool certain = true;
};

struct Place {
  std::string shown;  // for people: no secret and nothing made of one
  // Tells it from every other place; may hold secrets: it leaves this process as a fingerprint only.
  std::string text;
  absl::Duration life = kPlaceLife;
  // Asks whom it stands for. Never null in what a Resolver is given.
  std::function<absl::StatusOr<Principal>(const NetworkContext&)> ask = nullptr;
};

// The key under which the store keeps the principal of `place`.
CredentialKey KeyOfPlace(const Place& place);
// Tells whether `key` is one of those.
bool IsKeyOfPlace(const CredentialKey& key);

// How long `principal` may be believed of `place`.
absl::Duration LifeOf(const Place& place, const Principal& principal);
// What is stored under that key, and the principal in what is stored; "" when there is none.
Entry PrincipalEntry(const Principal& principal, absl::Duration life, absl::Time now);
std::string PrincipalIn(const Secret& stored);

// Returns the principal that `place` stands for; nothing when that is not known and may not be asked now.
using Resolver = std::function<absl::StatusOr<absl::optional<std::string>>(const Place& place)>;

// What a place gave: a key, and how to find out whose it is.
struct SignIn {
  AccessKey key;
  std::function<absl::StatusOr<Principal>(const NetworkContext&)> owner;
  std::string moved_to = "";  // the text of the place from now on, when signing in has changed it
};

// Returns the identity of whom `place` stands for; its `ask` is set here. Who it is says `resolve`. Its key
// comes from `sign_in`, and is only given when it still belongs to that principal; else PlaceHasChanged.
// Without a resolver, or when that does not know, the identity is not resolved and its key is whoever's.
absl::StatusOr<Identity> IdentityAt(absl::string_view source, Place place,
                                    std::function<absl::StatusOr<SignIn>(const NetworkContext&)> sign_in,
                                    const Resolver& resolve);

// Says that `shown` stands for somebody else than was found a moment ago.
absl::Status PlaceChanged(absl::string_view shown);
// Tells whether `status` says that: ask again.
bool PlaceHasChanged(const absl::Status& status);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_IDENTITY_PRINCIPAL_H_
