#include "credential_provider/alibaba_cloud/sts_session.h"

#include "absl/strings/str_cat.h"

namespace credential_provider {

absl::StatusOr<AccessKey> ReadAccessKey(JsonReader in, const SessionFields& fields, SecurityToken token) {
  const FoundValue id = {in.Place(fields.id), in.NonEmptyString(fields.id)};
  const FoundValue secret = {in.Place(fields.secret), in.NonEmptyString(fields.secret)};
  FoundValue security_token = {in.Place(fields.security_token), ""};
  if (token == SecurityToken::kNeeded) security_token.value = in.NonEmptyString(fields.security_token);
  if (token == SecurityToken::kOptional) security_token.value = in.OptionalString(fields.security_token);
  if (!in.status().ok()) return in.status();
  absl::StatusOr<AccessKey> key = MakeAccessKey(id, secret, security_token);
  if (key.ok() && key->security_token.empty() && token == SecurityToken::kNeeded)
    return absl::InvalidArgumentError(absl::StrCat(security_token.place, ": empty"));
  return key;
}

absl::StatusOr<AccessKey> ReadSession(JsonReader in, const SessionFields& fields) {
  absl::StatusOr<AccessKey> session = ReadAccessKey(in, fields, SecurityToken::kNeeded);
  if (!session.ok()) return session;
  session->expires = in.Time(fields.expiration);
  if (!in.status().ok()) return in.status();
  return session;
}

}  // namespace credential_provider
