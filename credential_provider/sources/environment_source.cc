#include "credential_provider/sources/environment_source.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/sources/static_key.h"

namespace credential_provider {
namespace {

struct Spelling {
  const char* id;
  const char* secret;
  const char* security_token;
};

// Of the SDKs, of the aliyun CLI, of older SDKs and Terraform.
constexpr Spelling kSpellings[] = {
    {"ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABA_CLOUD_SECURITY_TOKEN"},
    {"ALIBABACLOUD_ACCESS_KEY_ID", "ALIBABACLOUD_ACCESS_KEY_SECRET", "ALIBABACLOUD_SECURITY_TOKEN"},
    {"ALICLOUD_ACCESS_KEY_ID", "ALICLOUD_ACCESS_KEY_SECRET", "ALICLOUD_SECURITY_TOKEN"},
    {"ALICLOUD_ACCESS_KEY", "ALICLOUD_SECRET_KEY", "ALICLOUD_ACCESS_KEY_STS_TOKEN"},
    {"ACCESS_KEY_ID", "ACCESS_KEY_SECRET", "SECURITY_TOKEN"},
};

absl::StatusOr<Identity> FindSpelling(const Spelling& spelling, const Environment& environment) {
  AccessKey key;
  key.id = std::string(environment.Get(spelling.id));
  key.secret = Secret(std::string(environment.Get(spelling.secret)));
  key.security_token = Secret(std::string(environment.Get(spelling.security_token)));
  if (key.id.empty() && key.secret.empty())
    return absl::NotFoundError(absl::StrCat(spelling.id, " is not set"));
  if (key.id.empty() || key.secret.empty()) {
    const char* const missing = key.id.empty() ? spelling.id : spelling.secret;
    return WithHint(
        absl::FailedPreconditionError(absl::StrCat(missing, ": not set, but the other half of the pair is")),
        "set both variables, or neither");
  }
  return StaticKey("environment", std::move(key));
}

}  // namespace

absl::StatusOr<Identity> FindInEnvironment(const IdentityOptions&, const Environment& environment) {
  for (const Spelling& spelling : kSpellings) {
    absl::StatusOr<Identity> identity = FindSpelling(spelling, environment);
    if (identity.ok() || !absl::IsNotFound(identity.status())) return identity;
  }
  return absl::NotFoundError(absl::StrCat(kSpellings[0].id, " is not set"));
}

}  // namespace credential_provider
