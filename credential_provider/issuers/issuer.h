// A kind of credential, and what one run asks of it. Each kind is a row of the table in registry.h.
#ifndef CREDENTIAL_PROVIDER_ISSUERS_ISSUER_H_
#define CREDENTIAL_PROVIDER_ISSUERS_ISSUER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "credential_provider/cli/command_line.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/issuers/ack_options.h"
#include "credential_provider/kubernetes/credential.h"
#include "credential_provider/store/credential_key.h"

namespace credential_provider {

// A kind of credential with the options of one run: "a certificate for cluster c1 that lives an hour".
class Issuer {
 public:
  virtual ~Issuer() = default;

  // The key under which what Issue makes for `identity` is stored. It holds every option that the credential
  // depends on, under "issuer" the kind's name, and under "cluster" what tells one cluster from another.
  virtual CredentialKey Key(const Identity& identity) const = 0;

  // Makes a new credential; may take seconds and use the network. Errors say what to do.
  virtual absl::StatusOr<Credential> Issue(const Identity& identity, const NetworkContext& fetch) const = 0;

  // The flags that stand for the options, without those that are as by default: the inverse of the kind's
  // parse.
  virtual std::vector<std::string> Flags() const = 0;

  // What it is for, in words: "cluster c1".
  virtual std::string Subject() const = 0;

  // The options when it is for a cluster of ACK, which can be asked for the cluster's address; else null.
  virtual const AckOptions* ack() const { return nullptr; }
};

// A row of the table. From it come `get NAME`, `doctor NAME`, `forget NAME` and `install NAME`, their help,
// completion and manual pages.
struct IssuerKind {
  const char* name;     // what follows `get`: "ack"
  const char* summary;  // one line for help: lower case, no final period
  const char* about;    // what the help of `get` begins with: sentences in lines of at most 120 characters
  // The flags of its own options.
  std::vector<FlagSpec> (*flags)();
  // InvalidArgument, naming the flag, when a value is missing or out of its bounds.
  absl::StatusOr<std::shared_ptr<const Issuer>> (*parse)(const ParsedFlags& flags);
  // Makes one for a cluster of ACK; null for a kind that is not about those.
  std::shared_ptr<const Issuer> (*for_ack_cluster)(const AckOptions& options);
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ISSUERS_ISSUER_H_
