#include "credential_provider/alibaba_cloud/sts_session.h"

namespace credential_provider {

absl::StatusOr<AccessKey> ReadSession(JsonReader in, const SessionFields& fields) {
  AccessKey session;
  session.id = in.NonEmptyString(fields.id);
  session.secret = Secret(in.NonEmptyString(fields.secret));
  session.security_token = Secret(in.NonEmptyString(fields.security_token));
  session.expires = in.Time(fields.expiration);
  if (!in.status().ok()) return in.status();
  return session;
}

}  // namespace credential_provider
