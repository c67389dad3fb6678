#include "tests/sandbox/signing/identities.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace sandbox {
namespace {

constexpr char kOtherAccount[] = "1000000000000002";

AccessKey Root() {
  return {
      "sandbox-root", "sandbox-root-secret", {PrincipalKind::kAccount, kHomeAccount, kHomeAccount, "", ""}};
}

// A RAM user whose key is "sandbox-NAME" with the secret "sandbox-NAME-secret".
AccessKey User(const std::string& name, const std::string& id, Rights rights = Rights::kAll,
               bool active = true, const std::string& account = kHomeAccount) {
  return {"sandbox-" + name,
          absl::StrCat("sandbox-", name, "-secret"),
          {PrincipalKind::kUser, account, id, name, ""},
          rights,
          active};
}

}  // namespace

std::string Principal::IdentityType() const {
  if (kind == PrincipalKind::kAccount) return "Account";
  return kind == PrincipalKind::kUser ? "RAMUser" : "AssumedRoleUser";
}

std::string Principal::Arn() const {
  if (kind == PrincipalKind::kRole)
    return absl::StrCat("acs:ram::", account, ":assumed-role/", name, "/", session);
  return MappedArn();
}

std::string Principal::PrincipalId() const {
  return kind == PrincipalKind::kRole ? absl::StrCat(id, ":", session) : id;
}

std::string Principal::KubeconfigUser() const {
  return kind == PrincipalKind::kAccount ? "kubernetes-admin" : id;
}

std::string Principal::MappedArn() const {
  if (kind == PrincipalKind::kAccount) return absl::StrCat("acs:ram::", account, ":root");
  return absl::StrCat("acs:ram::", account, kind == PrincipalKind::kUser ? ":user/" : ":role/", name);
}

std::string Role::Arn() const { return absl::StrCat("acs:ram::", kHomeAccount, ":role/", name); }

Identities::Identities() {
  const AccessKey keys[] = {
      Root(),
      User("alice", "200000000000000001"),
      User("bob", "200000000000000002"),
      User("inactive", "200000000000000003", Rights::kAll, false),
      User("norights", "200000000000000004", Rights::kNone),
      User("shortonly", "200000000000000005", Rights::kFifteenMinutesOnly),
      User("stranger", "200000000000000006", Rights::kAll, true, kOtherAccount),
  };
  for (const AccessKey& key : keys) keys_.emplace(key.id, key);
  const Role roles[] = {
      {"300000000000000001", "ack-reader", absl::Hours(1), ""},
      {"300000000000000002", "ack-admin", absl::Hours(12), ""},
      {"300000000000000003", "sandbox-ecs-role", absl::Hours(12), ""},
      {"300000000000000004", "ack-external", absl::Hours(1), "sandbox-external-id"},
  };
  for (const Role& role : roles) roles_.emplace(role.Arn(), role);
}

const AccessKey* Identities::FindKey(absl::string_view access_key_id) const {
  const auto found = keys_.find(access_key_id);
  return found == keys_.end() ? nullptr : &found->second;
}

const AccessKey* Identities::FindSession(absl::string_view security_token) const {
  if (security_token.empty()) return nullptr;
  for (const auto& [id, key] : keys_) {
    if (key.security_token == security_token) return &key;
  }
  return nullptr;
}

absl::string_view Identities::TokenFault(const AccessKey& key, absl::string_view token,
                                         absl::Time now) const {
  if (key.security_token.empty() && token.empty()) return "";
  if (token.empty()) return "MissingSecurityToken";
  if (token != key.security_token) {
    return FindSession(token) != nullptr ? "InvalidSecurityToken.MismatchWithAccessKey"
                                         : "InvalidSecurityToken.Malformed";
  }
  return now >= key.expires ? "InvalidSecurityToken.Expired" : "";
}

const Role* Identities::FindRole(absl::string_view arn) const {
  const auto found = roles_.find(arn);
  return found == roles_.end() ? nullptr : &found->second;
}

const Role* Identities::FindRoleByName(absl::string_view name) const {
  return FindRole(absl::StrCat("acs:ram::", kHomeAccount, ":role/", name));
}

const AccessKey& Identities::IssueSession(const Role& role, absl::string_view session_name,
                                          absl::Time expires, absl::string_view origin) {
  const std::string number = absl::StrCat(name_, ++sessions_);
  AccessKey key{"STS.sandbox-" + number,
                absl::StrCat("sandbox-session-", number, "-secret"),
                {PrincipalKind::kRole, kHomeAccount, role.id, role.name, std::string(session_name)}};
  key.security_token = absl::StrCat("fake-security-token-", number, "+/==");  // what base64 may hold
  key.expires = expires;
  key.origin = std::string(origin);
  return keys_.insert_or_assign(key.id, key).first->second;
}

void Identities::Add(AccessKey key) {
  const std::string id = key.id;
  keys_.insert_or_assign(id, std::move(key));
}

void Identities::Reset() {
  Identities fresh;
  fresh.name_ = std::move(name_);
  *this = std::move(fresh);
}

}  // namespace sandbox
