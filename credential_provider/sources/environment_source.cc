#include "credential_provider/sources/environment_source.h"

#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/identity/static_key.h"

namespace credential_provider {
namespace {

struct Spelling {
  const char* id;
  const char* secret;
  const char* security_token;
  const char* older_token = nullptr;
};

// Of the SDKs, of the aliyun CLI, of older SDKs, of Terraform, whose token is newer than its key's names.
constexpr Spelling kSpellings[] = {
    {"ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABA_CLOUD_SECURITY_TOKEN"},
    {"ALIBABACLOUD_ACCESS_KEY_ID", "ALIBABACLOUD_ACCESS_KEY_SECRET", "ALIBABACLOUD_SECURITY_TOKEN"},
    {"ALICLOUD_ACCESS_KEY_ID", "ALICLOUD_ACCESS_KEY_SECRET", "ALICLOUD_SECURITY_TOKEN"},
    {"ALICLOUD_ACCESS_KEY", "ALICLOUD_SECRET_KEY", "ALICLOUD_SECURITY_TOKEN",
     "ALICLOUD_ACCESS_KEY_STS_TOKEN"},
    {"ACCESS_KEY_ID", "ACCESS_KEY_SECRET", "SECURITY_TOKEN"},
};

// A variable of blanks alone is as good as none.
FoundValue Find(const char* variable, const Environment& environment) {
  return {variable, std::string(absl::StripAsciiWhitespace(environment.Get(variable)))};
}

absl::StatusOr<Identity> FindSpelling(const Spelling& spelling, const Environment& environment) {
  const FoundValue id = Find(spelling.id, environment), secret = Find(spelling.secret, environment);
  FoundValue token = Find(spelling.security_token, environment);
  if (token.value.empty() && spelling.older_token != nullptr) token = Find(spelling.older_token, environment);
  if (id.value.empty() && secret.value.empty())
    return absl::NotFoundError(absl::StrCat(spelling.id, " is not set"));
  if (id.value.empty() || secret.value.empty()) {
    const char* const missing = id.value.empty() ? spelling.id : spelling.secret;
    return WithHint(
        absl::FailedPreconditionError(absl::StrCat(missing, ": not set, but the other half of the pair is")),
        "set both variables, or neither");
  }
  absl::StatusOr<AccessKey> key = MakeAccessKey(id, secret, token);
  if (!key.ok()) return key.status();
  Identity identity = StaticKey("environment", *std::move(key));
  identity.found_in.chosen_by = spelling.id;
  return identity;
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
