// What STS answers: to a signed AssumeRole when the first line is "signed", else to AssumeRoleWithOIDC.
#include "tests/fuzz/input.h"
#include "tests/fuzz/source_under_test.h"

namespace credential_provider {
namespace {

constexpr char kRole[] = "acs:ram::1000000000000001:role/ack-reader";
constexpr char kSts[] = "https://sts.aliyuncs.com/";

SourceUnderTest SignedRole() {
  IdentityOptions options;
  options.role_arn = kRole;
  return {options,
          {"ALIBABA_CLOUD_ACCESS_KEY_ID=sandbox-alice",
           absl::StrCat("ALIBABA_CLOUD_ACCESS_KEY_SECRET=", kPlanted)},
          kSts};
}

SourceUnderTest OidcRole() {
  IdentityOptions options;
  options.identity = "oidc";
  options.role_arn = kRole;
  options.oidc_provider_arn = "acs:ram::1000000000000001:oidc-provider/ci";
  options.oidc_token_env = "ID_TOKEN";
  return {options, {absl::StrCat("ID_TOKEN=", kPlanted)}, kSts};
}

}  // namespace
}  // namespace credential_provider

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static credential_provider::SourceUnderTest signed_role = credential_provider::SignedRole();
  static credential_provider::SourceUnderTest oidc_role = credential_provider::OidcRole();
  credential_provider::Input input(data, size);
  (input.Until("\n") == "signed" ? signed_role : oidc_role).Feed(&input);
  return 0;
}
