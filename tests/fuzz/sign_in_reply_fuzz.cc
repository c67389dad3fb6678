// What the services of a sign-in answer. The first line picks one: "sso", "oauth", "uri"; else GitHub
// Actions.
#include "tests/fuzz/input.h"
#include "tests/fuzz/source_under_test.h"

namespace credential_provider {
namespace {

// OAuth's access token has ended, so that it is refreshed and written back.
constexpr char kConfig[] = R"({"current": "sso", "profiles": [
  {"name": "sso", "mode": "CloudSSO", "cloud_sso_access_token_expire": 1767326645,
   "cloud_sso_sign_in_url": "https://signin.example.com/team/login", "cloud_sso_account_id": "1",
   "cloud_sso_access_config": "ac-fake", "access_token": "planted-SeCrEt-0123456789"},
  {"name": "oauth", "mode": "OAuth", "oauth_site_type": "CN", "oauth_access_token": "old",
   "oauth_access_token_expire": 1, "oauth_refresh_token": "planted-SeCrEt-0123456789"}]})";

SourceUnderTest Profile(const char* name, const char* origin) {
  IdentityOptions options;
  options.identity = "aliyun-profile";
  options.profile = name;
  return {options, {}, origin, kConfig};
}

SourceUnderTest CredentialsUri() {
  IdentityOptions options;
  options.identity = "credentials-uri";
  return {options, {"ALIBABA_CLOUD_CREDENTIALS_URI=http://127.0.0.1:9/key"}, "http://127.0.0.1:9/"};
}

SourceUnderTest GitHubActions() {
  IdentityOptions options;
  options.identity = "oidc";
  options.role_arn = "acs:ram::1000000000000001:role/ack-reader";
  options.oidc_provider_arn = "acs:ram::1000000000000001:oidc-provider/ci";
  return {options,
          {"ACTIONS_ID_TOKEN_REQUEST_URL=https://sts.aliyuncs.com/token?v=2",
           absl::StrCat("ACTIONS_ID_TOKEN_REQUEST_TOKEN=", kPlanted)},
          "https://sts.aliyuncs.com/"};
}

}  // namespace
}  // namespace credential_provider

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using credential_provider::SourceUnderTest;
  static SourceUnderTest sso = credential_provider::Profile("sso", "https://signin.example.com/");
  static SourceUnderTest oauth = credential_provider::Profile("oauth", "https://oauth.aliyun.com/");
  static SourceUnderTest uri = credential_provider::CredentialsUri();
  static SourceUnderTest github = credential_provider::GitHubActions();
  credential_provider::Input input(data, size);
  const absl::string_view service = input.Until("\n");
  (service == "sso" ? sso : service == "oauth" ? oauth : service == "uri" ? uri : github).Feed(&input);
  return 0;
}
