#include "credential_provider/sources/environment_source.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"

namespace credential_provider {
namespace {

constexpr char kIdVariable[] = "ALIBABA_CLOUD_ACCESS_KEY_ID";
constexpr char kSecretVariable[] = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
constexpr char kTokenVariable[] = "ALIBABA_CLOUD_SECURITY_TOKEN";

}  // namespace

absl::StatusOr<Identity> FindInEnvironment(const Environment& environment) {
  AccessKey key;
  key.id = std::string(environment.Get(kIdVariable));
  key.secret = Secret(std::string(environment.Get(kSecretVariable)));
  key.security_token = Secret(std::string(environment.Get(kTokenVariable)));
  if (key.id.empty() && key.secret.empty())
    return absl::NotFoundError(absl::StrCat(kIdVariable, " is not set"));
  if (key.id.empty() || key.secret.empty()) {
    const char* const missing = key.id.empty() ? kIdVariable : kSecretVariable;
    return WithHint(
        absl::FailedPreconditionError(absl::StrCat(missing, ": not set, but the other half of the pair is")),
        "set both variables, or neither");
  }
  return Identity{"environment", absl::StrCat("access-key ", key.id), [key] { return key; }};
}

}  // namespace credential_provider
