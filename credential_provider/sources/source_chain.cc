#include "credential_provider/sources/source_chain.h"

#include "credential_provider/base/status_context.h"
#include "credential_provider/sources/environment_source.h"

namespace credential_provider {
namespace {

struct Source {
  const char* name;
  absl::StatusOr<Identity> (*find)(const Environment&);
};

constexpr Source kSources[] = {
    {"environment", &FindInEnvironment},
};

}  // namespace

absl::StatusOr<Identity> FindIdentity(const Environment& environment) {
  for (const Source& source : kSources) {
    absl::StatusOr<Identity> identity = source.find(environment);
    if (identity.ok() || !absl::IsNotFound(identity.status())) return identity;
  }
  return WithHint(absl::UnauthenticatedError("identity: no Alibaba Cloud AccessKey found"),
                  "set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET");
}

}  // namespace credential_provider
