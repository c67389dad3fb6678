#include "credential_provider/identity/principal.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/sha256.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/text/json_reader.h"
#include "nlohmann/json.hpp"

namespace credential_provider {
namespace {

constexpr char kPart[] = "principal";
constexpr char kField[] = "token";  // of the JSON object in which an entry keeps it
constexpr char kChangedPayload[] = "credential_provider/place_has_changed";

// What this process has been told last by a place, so that it need not ask twice.
struct Known {
  AccessKey key;
  Principal principal;
};

using Memo = std::shared_ptr<absl::optional<Known>>;
using SignInFunction = std::function<absl::StatusOr<SignIn>(const NetworkContext&)>;

// Another place of the same principal: our own renewal of a sign-in has moved it.
void CarryOn(const Place& place, const SignIn& signed_in, const Principal& principal,
             const NetworkContext& fetch) {
  if (signed_in.moved_to.empty() || !fetch.sessions.remember) return;
  Place moved = place;
  moved.text = signed_in.moved_to;
  fetch.sessions
      .remember(KeyOfPlace(moved), PrincipalEntry(principal, LifeOf(place, principal), fetch.clock.Now()))
      .IgnoreError();  // then it is asked for again
}

absl::StatusOr<Known> Ask(const Place& place, const SignInFunction& sign_in, const NetworkContext& fetch) {
  absl::StatusOr<SignIn> signed_in = sign_in(fetch);
  if (!signed_in.ok()) return signed_in.status();
  absl::StatusOr<Principal> principal = signed_in->owner(fetch);
  if (!principal.ok()) return principal.status();
  CarryOn(place, *signed_in, *principal, fetch);
  return Known{signed_in->key, *std::move(principal)};
}

absl::StatusOr<AccessKey> KeyOf(const Place& place, const std::string& expected,
                                const SignInFunction& sign_in, const Memo& memo,
                                const NetworkContext& fetch) {
  absl::optional<Known>& known = *memo;
  if (!known || fetch.renew) {
    absl::StatusOr<Known> asked = Ask(place, sign_in, fetch);
    if (!asked.ok()) return asked.status();
    known = *std::move(asked);
  }
  if (known->principal.text != expected) return PlaceChanged(place.shown);
  return known->key;
}

// What is set up but does not work must not let another source take its place.
absl::Status NotAbsent(const absl::Status& status) {
  if (!absl::IsNotFound(status)) return status;
  return WithHint(absl::FailedPreconditionError(status.message()), HintOf(status));
}

}  // namespace

CredentialKey KeyOfPlace(const Place& place) { return CredentialKey().Add(kPart, Fingerprint(place.text)); }

bool IsKeyOfPlace(const CredentialKey& key) { return !key.Part(kPart).empty(); }

absl::Duration LifeOf(const Place& place, const Principal& principal) {
  return principal.certain ? place.life : std::min(place.life, kPlaceLife);
}

// The entry's expiration is a minute before its end, as that of every other.
Entry PrincipalEntry(const Principal& principal, absl::Duration life, absl::Time now) {
  const nlohmann::json object = {{kField, principal.text}};
  return {now, now + life - absl::Minutes(1),
          Secret(object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace))};
}

std::string PrincipalIn(const Secret& stored) {
  return JsonReader(stored.Reveal(), "").OptionalString(kField);
}

absl::StatusOr<Identity> IdentityAt(absl::string_view source, Place place, SignInFunction sign_in,
                                    const Resolver& resolve) {
  const auto memo = std::make_shared<absl::optional<Known>>();
  place.ask = [place, sign_in, memo](const NetworkContext& fetch) -> absl::StatusOr<Principal> {
    absl::StatusOr<Known> known = Ask(place, sign_in, fetch);
    if (!known.ok()) return known.status();
    *memo = *std::move(known);
    return (*memo)->principal;
  };
  absl::StatusOr<absl::optional<std::string>> principal = absl::optional<std::string>();
  if (resolve) principal = resolve(place);
  if (!principal.ok()) return NotAbsent(principal.status());
  Identity identity;
  identity.source = std::string(source);
  identity.who = principal->value_or(place.shown);
  identity.resolved = principal->has_value();
  identity.access_key = [place = std::move(place), sign_in = std::move(sign_in), memo,
                         principal = *principal](const NetworkContext& fetch) -> absl::StatusOr<AccessKey> {
    if (principal) return KeyOf(place, *principal, sign_in, memo, fetch);
    absl::StatusOr<SignIn> signed_in = sign_in(fetch);
    if (!signed_in.ok()) return signed_in.status();
    return signed_in->key;
  };
  return identity;
}

absl::Status PlaceChanged(absl::string_view shown) {
  absl::Status status = absl::AbortedError(absl::StrCat(shown, ": is somebody else by now"));
  status.SetPayload(kChangedPayload, absl::Cord());
  return WithHint(status, "run it again");
}

bool PlaceHasChanged(const absl::Status& status) { return status.GetPayload(kChangedPayload).has_value(); }

}  // namespace credential_provider
