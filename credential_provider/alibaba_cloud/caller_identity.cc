#include "credential_provider/alibaba_cloud/caller_identity.h"

#include "credential_provider/base/status_context.h"
#include "credential_provider/text/json_reader.h"

namespace credential_provider {

absl::StatusOr<CallerIdentity> GetCallerIdentity(AcsClient& sts, const AccessKey& key) {
  AcsCall call;
  call.action = "GetCallerIdentity";
  call.version = "2015-04-01";
  call.method = "POST";
  absl::StatusOr<std::string> reply = sts.Call(call, key);
  if (!reply.ok()) return reply.status();
  JsonReader in(*reply, "GetCallerIdentity's reply");
  // Shown to people: cleaned like all that comes from outside.
  CallerIdentity caller{Printable(in.String("IdentityType")), Printable(in.String("Arn")),
                        Printable(in.String("AccountId")), Printable(in.String("PrincipalId"))};
  if (!in.status().ok()) return in.status();
  return caller;
}

}  // namespace credential_provider
