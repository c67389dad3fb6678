// Who exists in the sandbox: an account, its users and roles, their keys, and the sessions issued so far.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_SIGNING_IDENTITIES_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_SIGNING_IDENTITIES_H_

#include <map>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace sandbox {

// The account that owns the clusters and the roles.
constexpr char kHomeAccount[] = "1000000000000001";

enum class PrincipalKind { kAccount, kUser, kRole };

// Whom a key stands for.
struct Principal {
  PrincipalKind kind;
  std::string account;
  std::string id;       // account, user or role id
  std::string name;     // of the user or role
  std::string session;  // of an assumed role

  // The shapes of GetCallerIdentity.
  std::string IdentityType() const;
  std::string Arn() const;
  std::string PrincipalId() const;
  // The name that ACK gives this principal in a kubeconfig.
  std::string KubeconfigUser() const;
  // The name without a session, by which cluster mappings know it.
  std::string MappedArn() const;
};

// What a principal may do with clusters.
enum class Rights { kAll, kNone, kFifteenMinutesOnly };

struct AccessKey {
  std::string id;
  std::string secret;
  Principal principal;
  Rights rights = Rights::kAll;
  bool active = true;
  std::string security_token = "";              // of a session; "" for a lasting key
  absl::Time expires = absl::InfiniteFuture();  // of a session
  std::string origin = "";                      // of a session: who asked for it, and with what
};

struct Role {
  std::string id;
  std::string name;
  absl::Duration longest_session;
  std::string external_id;  // required to assume it, or ""

  std::string Arn() const;
};

class Identities {
 public:
  Identities();

  // Returns the key with this id, or null. The pointer lives until Reset.
  const AccessKey* FindKey(absl::string_view access_key_id) const;
  // Returns the session that `security_token` belongs to, or null.
  const AccessKey* FindSession(absl::string_view security_token) const;
  // Returns the code that says what is wrong with `token` as the one sent with `key` at `now`, or "".
  absl::string_view TokenFault(const AccessKey& key, absl::string_view token, absl::Time now) const;
  // Returns the role with this ARN, or null.
  const Role* FindRole(absl::string_view arn) const;

  // Returns the role of the home account with this name, or null.
  const Role* FindRoleByName(absl::string_view name) const;

  // Issues temporary credentials for `role` that end at `expires`. `origin` is kept for who looks at them.
  const AccessKey& IssueSession(const Role& role, absl::string_view session_name, absl::Time expires,
                                absl::string_view origin = "");

  // All keys there are, by their ids.
  const std::map<std::string, AccessKey, std::less<>>& keys() const { return keys_; }

  // Puts `name` into the ids and tokens of sessions, so that those of two sandboxes differ.
  void SetName(absl::string_view name) { name_ = std::string(name); }

  // Adds a key of a test's own; one with the same id is replaced.
  void Add(AccessKey key);

  // Forgets all sessions and all keys that tests added.
  void Reset();

 private:
  std::map<std::string, AccessKey, std::less<>> keys_;
  std::map<std::string, Role, std::less<>> roles_;  // by ARN
  std::string name_;
  int sessions_ = 0;
};

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_SIGNING_IDENTITIES_H_
