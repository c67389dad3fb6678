#include "credential_provider/sources/aliyun/cloud_sso_mode.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/identity/identity_text.h"
#include "credential_provider/sources/aliyun/cloud_sso_portal.h"
#include "credential_provider/sources/aliyun/config_file.h"
#include "credential_provider/sources/aliyun/kept_session.h"
#include "credential_provider/sources/roles/key_owner.h"
#include "credential_provider/text/visible_text.h"

namespace credential_provider {
namespace {

struct CloudSso {
  CloudSsoAccess access;
  Secret access_token;
  absl::Time token_end;
  std::string sign_in_hint;
};

absl::StatusOr<CloudSso> Read(AliyunProfile& profile) {
  JsonReader& in = profile.fields;
  absl::StatusOr<CloudSsoAccess> access = ReadCloudSsoAccess(profile.name, in);
  if (!access.ok()) return access.status();
  CloudSso sso{*std::move(access), Secret(),
               absl::FromUnixSeconds(in.OptionalInteger("cloud_sso_access_token_expire")),
               absl::StrCat("run `", LoginLine(profile.name, profile.environment), "`")};
  absl::StatusOr<std::string> token =
      VisibleText({in.Place("access_token"), in.NonEmptyString("access_token")});
  if (!in.status().ok()) return WithHint(in.status(), sso.sign_in_hint);
  if (!token.ok()) return token.status();
  sso.access_token = Secret(*std::move(token));
  return sso;
}

// Another sign-in is another place: of what aliyun-cli writes everything that changes with the person.
Place PlaceOf(const CloudSso& sso, JsonReader fields) {
  Place place;
  place.shown = IdentityText().Add("cloud-sso", sso.access.portal).Add("account", sso.access.account).text();
  place.text = CredentialKey()
                   .Add("cloud-sso", sso.access.portal)
                   .Add("account", sso.access.account)
                   .Add("access-config", sso.access.access_config)
                   .Add("access-token", sso.access_token.Reveal())
                   .Add("kept", TextOfKeptSession(std::move(fields)))
                   .text();
  place.life = kSignInLife;
  return place;
}

absl::StatusOr<AccessKey> GetSession(const CloudSso& sso, const NetworkContext& fetch) {
  if (sso.token_end <= fetch.clock.ServerNow())
    return WithHint(absl::UnauthenticatedError("the CloudSSO sign-in has expired"), sso.sign_in_hint);
  absl::StatusOr<AccessKey> session = CloudSsoSession(sso.access, sso.access_token, fetch);
  if (!session.ok()) return WithHint(session.status(), sso.sign_in_hint);
  return session;
}

}  // namespace

absl::StatusOr<Identity> CloudSsoMode(AliyunProfile& profile) {
  absl::StatusOr<CloudSso> sso = Read(profile);
  if (!sso.ok()) return sso.status();
  const Place place = PlaceOf(*sso, profile.fields);
  const absl::Time end = std::max(sso->token_end, EndOfKeptSession(profile.fields));
  const auto sign_in = [sso = *std::move(sso)](const NetworkContext& fetch) -> absl::StatusOr<SignIn> {
    absl::StatusOr<AccessKey> session = GetSession(sso, fetch);
    if (!session.ok()) return session.status();
    return SignInWith(*std::move(session));
  };
  absl::StatusOr<Identity> identity = SignedInIdentity(profile, place, sign_in);
  if (identity.ok()) identity->sign_in_end = end;
  return identity;
}

}  // namespace credential_provider
