#include "tests/bench/peers/clouds.h"

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace credential_provider {
namespace {

using nlohmann::json;

std::string InAnHour() {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", absl::Now() + absl::Hours(1), absl::UTCTimeZone());
}

json Session() {
  return {{"Version", 1},        {"AccessKeyId", "stand-in"},  {"SecretAccessKey", "stand-in"},
          {"Token", "stand-in"}, {"SessionToken", "stand-in"}, {"Expiration", InAnHour()}};
}

std::string AssumeRoleResponse() {
  return "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult>"
         "<AssumedRoleUser><AssumedRoleId>R:s</AssumedRoleId>"
         "<Arn>arn:aws:sts::000000000000:assumed-role/r/s</Arn></AssumedRoleUser>"
         "<Credentials><AccessKeyId>stand-in</AccessKeyId><SecretAccessKey>stand-in</SecretAccessKey>"
         "<SessionToken>stand-in</SessionToken><Expiration>" +
         InAnHour() + "</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>";
}

json Token() { return {{"token_type", "Bearer"}, {"expires_in", 3600}, {"access_token", "stand-in"}}; }

json GcloudConfig() { return {{"credential", {{"access_token", "stand-in"}, {"token_expiry", InAnHour()}}}}; }

json AzureEndpoints(const std::string& tenant) {
  return {{"authorization_endpoint", tenant + "/oauth2/v2.0/authorize"},
          {"token_endpoint", tenant + "/oauth2/v2.0/token"},
          {"issuer", tenant + "/v2.0"}};
}

}  // namespace

void ResetClouds(const SandboxProcess& sandbox, int delay_ms) {
  const std::string tenant = std::string("/") + kAzureTenant;
  const std::pair<std::string, std::string> replies[] = {
      {tenant + "/v2.0/.well-known/openid-configuration",
       AzureEndpoints(sandbox.Value("cloud_tls") + tenant).dump()},
      {tenant + "/oauth2/v2.0/token", Token().dump()},
      {kGoogleTokenPath, Token().dump()},
      {kGcloudPath, GcloudConfig().dump()},
      {kAwsSessionPath, Session().dump()},
      {kAwsStsPath, AssumeRoleResponse()},
  };
  sandbox.Post("/reset");
  for (const auto& [path, body] : replies) {
    const std::string type = body[0] == '<' ? "text/xml" : "application/json";
    sandbox.Post("/fault", {{"match", {{"path", path}}},
                            {"times", -1},
                            {"delay_ms", delay_ms},
                            {"reply", {{"body", body}, {"headers", {{"Content-Type", type}}}}}});
  }
  if (delay_ms > 0)
    sandbox.Post("/fault", {{"match", {{"listener", "cs"}}}, {"times", -1}, {"delay_ms", delay_ms}});
}

int RequestsTo(const SandboxProcess& sandbox) { return static_cast<int>(sandbox.Get("/requests").size()); }

}  // namespace credential_provider
