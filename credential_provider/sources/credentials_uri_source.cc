#include "credential_provider/sources/credentials_uri_source.h"

#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/alibaba_cloud/sts_session.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/http/url.h"
#include "credential_provider/identity/fetch_body.h"
#include "credential_provider/identity/identity_text.h"
#include "credential_provider/identity/source_names.h"
#include "credential_provider/process/machine.h"
#include "credential_provider/sources/external_command.h"
#include "credential_provider/sources/roles/key_owner.h"
#include "credential_provider/text/json_reader.h"

namespace credential_provider {
namespace {

constexpr char kVariable[] = "ALIBABA_CLOUD_CREDENTIALS_URI";

absl::StatusOr<AccessKey> GetKey(const std::string& origin, const std::string& target,
                                 const NetworkContext& fetch) {
  HttpRequest request;
  request.url = absl::StrCat(origin, target);
  request.headers["accept"] = "application/json";
  absl::StatusOr<std::string> body = FetchBody(std::move(request), Secret(target), fetch);
  if (!body.ok()) return body.status();
  JsonReader reply(*body, "reply");
  const std::string code = reply.OptionalString("Code");
  if (!code.empty() && code != "Success")
    return absl::UnauthenticatedError("reply: field \"Code\" is not Success");
  return ReadSession(std::move(reply));
}

Place PlaceOf(const std::string& origin, const std::string& target) {
  Place place;
  place.shown = IdentityText().Add("credentials-uri", origin).text();
  place.text = CredentialKey()
                   .Add("credentials-uri", origin)
                   .Add("target", target)
                   .Add("machine", MachineText())
                   .text();
  return place;
}

}  // namespace

absl::StatusOr<Identity> FromCredentialsUri(absl::string_view source, absl::string_view uri,
                                            const Environment& environment, const Resolver& resolve) {
  absl::Status allowed = ExternalAllowed(environment);
  if (!allowed.ok()) return allowed;
  absl::StatusOr<Url> parsed = ParseUrl(absl::StripAsciiWhitespace(uri));
  if (!parsed.ok()) return parsed.status();
  const std::string origin = absl::StrCat(parsed->service.scheme, "://", parsed->service.authority);
  const auto sign_in = [origin,
                        target = parsed->target](const NetworkContext& fetch) -> absl::StatusOr<SignIn> {
    absl::StatusOr<AccessKey> key = GetKey(origin, target, fetch);
    if (!key.ok()) return WithContext(key.status(), absl::StrCat("credentials URI at ", origin));
    return SignInWith(*std::move(key));
  };
  return IdentityAt(source, PlaceOf(origin, parsed->target), sign_in, resolve);
}

absl::StatusOr<Identity> FindCredentialsUri(const IdentityOptions&, const Environment& environment,
                                            const Resolver& resolve) {
  const absl::string_view uri = environment.Get(kVariable);
  if (uri.empty()) return absl::NotFoundError(absl::StrCat(kVariable, " is not set"));
  absl::StatusOr<Identity> identity = FromCredentialsUri(kCredentialsUriSource, uri, environment, resolve);
  if (!identity.ok()) return WithContext(identity.status(), kVariable);
  return identity;
}

}  // namespace credential_provider
