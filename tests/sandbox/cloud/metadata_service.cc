#include "tests/sandbox/cloud/metadata_service.h"

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "tests/sandbox/cloud/role_request.h"
#include "tests/sandbox/wire/rfc3339.h"

namespace sandbox {
namespace {

using nlohmann::json;

constexpr char kRoleFolder[] = "/latest/meta-data/ram/security-credentials/";
constexpr int kLongestTtl = 21600;

HttpReply Text(int status, const std::string& body) { return {status, body, "text/plain"}; }

}  // namespace

std::string MetadataService::ActionFor(const std::string& path) {
  if (path == "/credentials-uri") return "CredentialsUri";
  if (path == "/latest/api/token") return "MetadataToken";
  if (path == "/latest/meta-data/region-id") return "MetadataRegion";
  if (path == "/latest/meta-data/instance-id") return "MetadataInstance";
  if (path == "/latest/meta-data/owner-account-id") return "MetadataAccount";
  if (path == kRoleFolder) return "MetadataRole";
  if (absl::StartsWith(path, kRoleFolder)) return "MetadataCredentials";
  return absl::StartsWith(path, "/latest/") ? "MetadataOther" : "";
}

HttpReply MetadataService::Handle(const HttpRequest& request) {
  const std::string action = ActionFor(request.path);
  if (action == "MetadataToken" && request.method == "PUT") return IssueToken(request);
  if (request.method != "GET") return Text(405, "method not allowed");
  const Settings& settings = world_.settings;
  if (action == "CredentialsUri")
    return Credentials(settings.credentials_uri_role.empty() ? settings.metadata_role
                                                             : settings.credentials_uri_role);
  const std::string token = request.Header("x-aliyun-ecs-metadata-token");
  if (token.empty() && world_.settings.metadata_v2_only) return Text(403, "a token is required");
  if (!token.empty() && tokens_.count(token) == 0) return Text(401, "the token is unknown");
  if (action == "MetadataRegion") return Text(200, "cn-hangzhou");
  if (action == "MetadataInstance") return Text(200, world_.settings.metadata_instance);
  if (action == "MetadataAccount") return Text(200, kHomeAccount);
  if (world_.settings.metadata_without_role) return Text(404, "no role is attached");
  const std::string& role = world_.settings.metadata_role;
  if (action == "MetadataRole") return Text(200, role);
  return request.path == absl::StrCat(kRoleFolder, role) ? Credentials(role) : Text(404, "not found");
}

HttpReply MetadataService::IssueToken(const HttpRequest& request) {
  int ttl = 0;
  if (!absl::SimpleAtoi(request.Header("x-aliyun-ecs-metadata-token-ttl-seconds"), &ttl) || ttl < 1 ||
      ttl > kLongestTtl) {
    return Text(400, "the ttl must be between 1 and 21600 seconds");
  }
  const std::string token = absl::StrCat("fake-metadata-token-", tokens_.size() + 1);
  tokens_.insert(token);
  return Text(200, token);
}

HttpReply MetadataService::Credentials(const std::string& name) {
  const Role* const role = world_.identities.FindRoleByName(name);
  if (role == nullptr) return Text(404, "no such role");
  const absl::Duration lifetime = world_.settings.session_lifetime.value_or(absl::Hours(6));
  json body = CredentialsJson(
      world_.identities.IssueSession(*role, world_.settings.metadata_instance, world_.Now() + lifetime));
  body["Code"] = "Success";
  body["LastUpdated"] = FormatRfc3339(world_.Now());
  return {200, body.dump()};
}

}  // namespace sandbox
