#include "credential_provider/alibaba_cloud/sts_session.h"

#include "absl/strings/str_cat.h"

namespace credential_provider {

absl::StatusOr<AccessKey> ReadSession(JsonReader in, const SessionFields& fields) {
  AccessKey session;
  session.id = in.NonEmptyString(fields.id);
  session.secret = Secret(in.NonEmptyString(fields.secret));
  session.security_token = Secret(in.NonEmptyString(fields.security_token));
  const std::string expiration = in.NonEmptyString(fields.expiration);
  if (!in.status().ok()) return in.status();
  if (!absl::ParseTime(absl::RFC3339_full, expiration, &session.expires, nullptr)) {
    return absl::InvalidArgumentError(absl::StrCat("field \"", fields.expiration, "\" is not a time"));
  }
  return session;
}

}  // namespace credential_provider
