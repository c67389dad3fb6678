#include "credential_provider/sources/aliyun/cloud_sso_portal.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "credential_provider/alibaba_cloud/sts_session.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/http/url.h"
#include "credential_provider/identity/fetch_body.h"
#include "credential_provider/sources/aliyun/config_file.h"
#include "nlohmann/json.hpp"

namespace credential_provider {

absl::StatusOr<CloudSsoAccess> ReadCloudSsoAccess(const std::string& name, JsonReader& profile) {
  CloudSsoAccess access{profile.NonEmptyString("cloud_sso_sign_in_url"), "",
                        profile.NonEmptyString("cloud_sso_account_id"),
                        profile.NonEmptyString("cloud_sso_access_config")};
  if (!profile.status().ok()) return WithHint(profile.status(), ConfigureHint(name, "CloudSSO"));
  absl::StatusOr<ServiceUrl> portal = ParseServiceUrl(OriginOf(access.sign_in_url));
  if (!portal.ok()) {
    return WithHint(WithContext(portal.status(), "field \"cloud_sso_sign_in_url\""),
                    ConfigureHint(name, "CloudSSO"));
  }
  access.portal = absl::StrCat(portal->scheme, "://", portal->authority);
  return access;
}

absl::StatusOr<AccessKey> CloudSsoSession(const CloudSsoAccess& access, const Secret& access_token,
                                          const NetworkContext& fetch) {
  HttpRequest request;
  request.method = "POST";
  request.url = absl::StrCat(access.portal, "/cloud-credentials");
  request.headers = {{"accept", "application/json"},
                     {"content-type", "application/json"},
                     {"authorization", absl::StrCat("Bearer ", access_token.Reveal())}};
  request.body =
      nlohmann::json{{"AccountId", access.account}, {"AccessConfigurationId", access.access_config}}.dump(
          -1, ' ', false, nlohmann::json::error_handler_t::replace);
  absl::StatusOr<std::string> body = FetchBody(std::move(request), access_token, fetch);
  if (!body.ok()) return WithContext(body.status(), "CloudSSO");
  JsonReader reply(*body, "CloudSSO reply");
  return ReadSession(reply.Object("CloudCredential"));
}

}  // namespace credential_provider
