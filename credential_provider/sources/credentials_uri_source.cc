#include "credential_provider/sources/credentials_uri_source.h"

#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/alibaba_cloud/sts_session.h"
#include "credential_provider/base/json_reader.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/http/url.h"
#include "credential_provider/sources/external_allowed.h"
#include "credential_provider/sources/fetch_body.h"
#include "credential_provider/sources/source_names.h"
#include "credential_provider/sources/who.h"

namespace credential_provider {
namespace {

constexpr char kVariable[] = "ALIBABA_CLOUD_CREDENTIALS_URI";

absl::StatusOr<AccessKey> GetKey(const std::string& url, const KeyFetch& fetch) {
  HttpRequest request;
  request.url = url;
  request.headers["accept"] = "application/json";
  absl::StatusOr<std::string> body = FetchBody(std::move(request), Secret(), fetch);
  if (!body.ok()) return body.status();
  JsonReader reply(*body, "reply");
  const std::string code = reply.OptionalString("Code");
  if (!code.empty() && code != "Success")
    return absl::UnauthenticatedError("reply: field \"Code\" is not Success");
  return ReadSession(std::move(reply));
}

}  // namespace

absl::StatusOr<Identity> FromCredentialsUri(absl::string_view source, absl::string_view uri,
                                            const Environment& environment) {
  absl::Status allowed = ExternalAllowed(environment);
  if (!allowed.ok()) return allowed;
  absl::StatusOr<Url> parsed = ParseUrl(absl::StripAsciiWhitespace(uri));
  if (!parsed.ok()) return parsed.status();
  const std::string origin = absl::StrCat(parsed->service.scheme, "://", parsed->service.authority);
  Identity identity;
  identity.source = std::string(source);
  identity.who = Who().Add("credentials-uri", origin).AddHashed("target", parsed->target).text();
  identity.access_key = [origin, url = absl::StrCat(origin, parsed->target)](
                            const KeyFetch& fetch) -> absl::StatusOr<AccessKey> {
    absl::StatusOr<AccessKey> key = GetKey(url, fetch);
    if (!key.ok()) return WithContext(key.status(), absl::StrCat("credentials URI at ", origin));
    return key;
  };
  return identity;
}

absl::StatusOr<Identity> FindCredentialsUri(const IdentityOptions&, const Environment& environment) {
  const absl::string_view uri = environment.Get(kVariable);
  if (uri.empty()) return absl::NotFoundError(absl::StrCat(kVariable, " is not set"));
  absl::StatusOr<Identity> identity = FromCredentialsUri(kCredentialsUriSource, uri, environment);
  if (!identity.ok()) return WithContext(identity.status(), kVariable);
  return identity;
}

}  // namespace credential_provider
