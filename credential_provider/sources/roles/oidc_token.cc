#include "credential_provider/sources/roles/oidc_token.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/sha256.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/http/url.h"
#include "credential_provider/identity/fetch_body.h"
#include "credential_provider/text/json_reader.h"
#include "credential_provider/text/jwt_claims.h"
#include "credential_provider/text/visible_text.h"

namespace credential_provider {
namespace {

constexpr char kRequestUrl[] = "ACTIONS_ID_TOKEN_REQUEST_URL";
constexpr char kRequestToken[] = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";
// STS takes tokens of up to 20000 characters.
constexpr size_t kMaxTokenBytes = 64 << 10;

absl::StatusOr<Secret> ReadTokenFile(const std::string& path) {
  absl::StatusOr<std::string> data = ReadFile(path, kMaxTokenBytes);
  if (!data.ok())
    return absl::FailedPreconditionError(absl::StrCat("OIDC token file: ", data.status().message()));
  absl::StatusOr<std::string> text = VisibleText({absl::StrCat("OIDC token file: ", path), *data});
  if (!text.ok()) return text.status();
  Secret token(*std::move(text));
  if (token.empty()) return absl::FailedPreconditionError(absl::StrCat("OIDC token file: ", path, ": empty"));
  return token;
}

absl::StatusOr<Secret> MintToken(const OidcTokenLocation& place, const NetworkContext& fetch) {
  HttpRequest request;
  request.url =
      absl::StrCat(place.name, absl::StrContains(place.name, "?") ? "&" : "?", "audience=", kOidcAudience);
  request.headers = {{"accept", "application/json"},
                     {"authorization", absl::StrCat("Bearer ", place.secret.Reveal())}};
  const Secret sent(
      absl::StrCat(place.secret.Reveal(), "\n", place.name.substr(OriginOf(place.name).size())));
  absl::StatusOr<std::string> body = FetchBody(std::move(request), sent, fetch);
  if (!body.ok()) {
    return WithHint(WithContext(body.status(), "GitHub Actions token"),
                    "check that the job has \"permissions: id-token: write\" and is still running");
  }
  JsonReader reply(*body, "GitHub Actions token reply");
  absl::StatusOr<std::string> token = VisibleText({reply.Place("value"), reply.NonEmptyString("value")});
  if (!reply.status().ok()) return reply.status();
  if (!token.ok()) return token.status();
  return Secret(*std::move(token));
}

absl::StatusOr<Secret> CurrentToken(const OidcTokenLocation& place, const NetworkContext& fetch) {
  if (place.kind == OidcTokenLocation::Kind::kFile) return ReadTokenFile(place.name);
  if (place.kind == OidcTokenLocation::Kind::kGitHubActions) return MintToken(place, fetch);
  return place.secret;
}

absl::Status Ended(const OidcTokenLocation& place, absl::Time end) {
  const bool variable = place.kind == OidcTokenLocation::Kind::kVariable;
  const std::string text = absl::StrCat(
      variable ? "variable " : "OIDC token file: ", place.name, ": the token expired at ",
      absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", end, absl::UTCTimeZone()), ", by this machine's clock");
  if (place.kind == OidcTokenLocation::Kind::kFile) {
    return WithHint(absl::UnauthenticatedError(text), "check that what renews this file is at work");
  }
  return WithHint(absl::UnauthenticatedError(text),
                  "a token in a variable cannot be renewed within its job: use it earlier in the job, or ask "
                  "for a longer role session with --role-duration");
}

}  // namespace

absl::StatusOr<OidcTokenLocation> TokenInFile(absl::string_view path) {
  OidcTokenLocation place{OidcTokenLocation::Kind::kFile, std::string(path), Secret()};
  absl::Status readable = ReadTokenFile(place.name).status();
  if (!readable.ok()) return readable;
  return place;
}

absl::StatusOr<OidcTokenLocation> TokenInVariable(absl::string_view variable,
                                                  const Environment& environment) {
  const std::string name = absl::StrCat("variable ", Printable(variable, 60));
  absl::StatusOr<std::string> token = VisibleText({name, std::string(environment.Get(variable))});
  if (!token.ok()) return token.status();
  OidcTokenLocation place{OidcTokenLocation::Kind::kVariable, std::string(variable),
                          Secret(*std::move(token))};
  if (!place.secret.empty()) return place;
  return WithHint(absl::FailedPreconditionError(absl::StrCat(name, ": not set")),
                  "in GitLab CI, name it under id_tokens of this job, with aud: sts.aliyuncs.com");
}

absl::StatusOr<OidcTokenLocation> TokenFromGitHubActions(const Environment& environment) {
  absl::StatusOr<std::string> token =
      VisibleText({kRequestToken, std::string(environment.Get(kRequestToken))});
  if (!token.ok()) return token.status();
  OidcTokenLocation place{OidcTokenLocation::Kind::kGitHubActions, std::string(environment.Get(kRequestUrl)),
                          Secret(*std::move(token))};
  if (place.secret.empty())
    return absl::FailedPreconditionError(absl::StrCat("variable ", kRequestToken, ": not set"));
  absl::Status valid = ParseUrl(place.name).status();
  if (!valid.ok()) return WithContext(valid, absl::StrCat("variable ", kRequestUrl));
  return place;
}

bool IsOnGitHubActions(const Environment& environment) { return !environment.Get(kRequestUrl).empty(); }

absl::StatusOr<Secret> ReadOidcToken(const OidcTokenLocation& place, const NetworkContext& fetch) {
  absl::StatusOr<Secret> token = CurrentToken(place, fetch);
  if (!token.ok() || place.kind == OidcTokenLocation::Kind::kGitHubActions) return token;
  const absl::Time end = ReadJwtClaims(token->Reveal()).expires;
  if (end <= fetch.clock.ServerNow()) return Ended(place, end);
  return token;
}

std::string TokenProof(const OidcTokenLocation& place) {
  if (place.kind != OidcTokenLocation::Kind::kFile) return Fingerprint(place.secret.Reveal());
  const absl::StatusOr<Secret> token = ReadTokenFile(place.name);
  return token.ok() ? Fingerprint(token->Reveal()) : "";
}

void AddTokenOwner(const OidcTokenLocation& place, IdentityText* who) {
  if (place.kind == OidcTokenLocation::Kind::kGitHubActions) {
    who->AddHidden("job", absl::StrCat(place.name, "\n", place.secret.Reveal()));
    return;
  }
  absl::StatusOr<Secret> token = place.secret;
  if (place.kind == OidcTokenLocation::Kind::kFile) token = ReadTokenFile(place.name);
  if (!token.ok()) return;
  const JwtClaims claims = ReadJwtClaims(token->Reveal());
  who->Add("issuer", claims.issuer).Add("subject", claims.subject);
  if (claims.issuer.empty() || claims.subject.empty()) who->AddHidden("token", token->Reveal());
}

}  // namespace credential_provider
