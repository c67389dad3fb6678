#include "tests/sandbox/control/control.h"

#include <mutex>
#include <utility>

#include "tests/sandbox/cloud/oidc_token.h"
#include "tests/sandbox/wire/error_replies.h"
#include "tests/sandbox/wire/json_fields.h"
#include "tests/sandbox/wire/rfc3339.h"

namespace sandbox {
namespace {

using nlohmann::json;

HttpReply Json(const json& body) { return {200, body.dump() + "\n"}; }

HttpReply Done() { return Json({{"ok", true}}); }

HttpReply Invalid(absl::string_view reason) {
  return {400, json({{"error", std::string(reason)}}).dump() + "\n"};
}

HttpReply NotFound() { return {404, json({{"error", "no such call"}}).dump() + "\n"}; }

// Where what was issued since the last reset comes from: certificates by fingerprint, keys by id.
json Issued(const World& world) {
  json issued = {{"certificates", json::object()}, {"keys", json::object()}};
  for (const auto& [fingerprint, mint] : world.mints) {
    issued["certificates"][fingerprint] = {{"access_key_id", mint.access_key_id},
                                           {"cluster_id", mint.cluster_id},
                                           {"minutes", absl::ToInt64Minutes(mint.lifetime)},
                                           {"private", mint.private_address}};
  }
  for (const auto& [id, key] : world.identities.keys()) {
    issued["keys"][id] = {{"arn", key.principal.Arn()}, {"origin", key.origin}};
  }
  return issued;
}

}  // namespace

HttpReply Control::Handle(const HttpRequest& request) {
  const std::lock_guard<std::mutex> lock(front_door_.mutex());
  if (request.method == "GET") return Get(request);
  if (request.method != "POST") return NotFound();
  const absl::optional<json> body = ParseObject(request.body);
  return body ? Post(request, *body) : Invalid("the body is not a JSON object");
}

HttpReply Control::Get(const HttpRequest& request) {
  if (request.path == "/requests") return Json(front_door_.log().List());
  if (request.path == "/issued") return Json(Issued(world_));
  if (request.path == "/errors") return Json(KnownErrorCodes());
  if (request.path != "/counts") return NotFound();
  json counts = front_door_.log().Counts();
  counts["minted"] = world_.client_ca.issued();
  return Json(counts);
}

HttpReply Control::Post(const HttpRequest& request, const json& body) {
  if (request.path == "/fault") return AddFault(body);
  if (request.path == "/config") return Configure(body);
  if (request.path == "/clock") return SetClock(body);
  if (request.path == "/revoke") return Revoke(body);
  if (request.path == "/key") return AddKey(body);
  if (request.path == "/token") return AddToken(body);
  if (request.path == "/sign-in") return SignInAs(body);
  if (request.path == "/forbid") return Forbid(body);
  if (request.path == "/id-token") return MakeIdToken(body);
  if (request.path == "/reset") {
    front_door_.Reset();
    return Done();
  }
  if (request.path != "/shutdown") return NotFound();
  shut_down_();
  return Done();
}

HttpReply Control::AddFault(const json& body) {
  absl::StatusOr<Fault> fault = ParseFault(body);
  if (!fault.ok()) return Invalid(fault.status().message());
  front_door_.faults().Add(*std::move(fault));
  return Done();
}

HttpReply Control::Configure(const json& body) {
  absl::StatusOr<Settings> settings = ParseSettings(body);
  if (!settings.ok()) return Invalid(settings.status().message());
  world_.settings = *std::move(settings);
  return Done();
}

HttpReply Control::SetClock(const json& body) {
  const absl::optional<int> seconds = IntField(body, "skew_s");
  if (!seconds) return Invalid("skew_s is missing");
  world_.skew = absl::Seconds(*seconds);
  return Json({{"now", FormatRfc3339(world_.Now())}});
}

HttpReply Control::Revoke(const json& body) {
  std::string owner = StringField(body, "identity");
  if (const AccessKey* key = world_.identities.FindKey(owner)) owner = key->principal.id;
  return Json({{"revoked", world_.client_ca.Revoke(owner, StringField(body, "cluster_id"))}});
}

HttpReply Control::AddKey(const json& body) {
  AccessKey key{
      StringField(body, "access_key_id"),
      StringField(body, "secret"),
      {PrincipalKind::kUser, kHomeAccount, StringField(body, "user_id", "200000000000000009"), "added", ""}};
  if (key.id.empty() || key.secret.empty()) return Invalid("access_key_id or secret is missing");
  key.security_token = StringField(body, "security_token");
  if (!key.security_token.empty()) {
    key.principal = {PrincipalKind::kRole, kHomeAccount, "300000000000000009", "added", "added"};
  }
  if (const Role* const role = world_.identities.FindRoleByName(StringField(body, "role"))) {
    key.principal = {PrincipalKind::kRole, kHomeAccount, role->id, role->name, StringField(body, "session")};
  }
  world_.identities.Add(std::move(key));
  return Done();
}

HttpReply Control::AddToken(const json& body) {
  const std::string token = StringField(body, "token");
  const std::string user = StringField(body, "user");
  if (token.empty()) return Invalid("token is missing");
  world_.tokens.erase(token);
  if (!user.empty()) world_.tokens.emplace(token, user);
  return Done();
}

HttpReply Control::SignInAs(const json& body) {
  const SignIn sign_in = {StringField(body, "role"), StringField(body, "session")};
  if (world_.identities.FindRoleByName(sign_in.role) == nullptr) return Invalid("no such role");
  for (const char* token : {"access_token", "refresh_token"}) {
    const std::string value = StringField(body, token);
    if (!value.empty()) world_.sign_ins[value] = sign_in;
  }
  return Done();
}

HttpReply Control::Forbid(const json& body) {
  const std::string user = StringField(body, "user");
  if (user.empty()) return Invalid("user is missing");
  world_.forbidden.insert(user);
  return Done();
}

HttpReply Control::MakeIdToken(const json& body) {
  const absl::Duration lifetime = absl::Seconds(IntField(body, "lifetime_s").value_or(300));
  const std::string token =
      MakeOidcToken(StringField(body, "subject", "system:serviceaccount:default:app"),
                    StringField(body, "audience", "sts.aliyuncs.com"), world_.Now(), world_.Now() + lifetime);
  return Json({{"token", token}});
}

}  // namespace sandbox
