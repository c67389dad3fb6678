// What the kinds of credential for ACK clusters have in common: the options, and that ACK knows the cluster.
#ifndef CREDENTIAL_PROVIDER_ISSUERS_ACK_CLUSTER_ISSUER_H_
#define CREDENTIAL_PROVIDER_ISSUERS_ACK_CLUSTER_ISSUER_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "credential_provider/issuers/issuer.h"

namespace credential_provider {

using AckKeyFunction = CredentialKey(const AckOptions& options, const Identity& identity);
using AckIssueFunction = absl::StatusOr<Credential>(const AckOptions& options, const Identity& identity,
                                                    const NetworkContext& fetch);

template <AckKeyFunction key, AckIssueFunction issue>
class AckClusterIssuer : public Issuer {
 public:
  explicit AckClusterIssuer(AckOptions options) : options_(std::move(options)) {}

  CredentialKey Key(const Identity& identity) const override { return key(options_, identity); }
  absl::StatusOr<Credential> Issue(const Identity& identity, const NetworkContext& fetch) const override {
    return issue(options_, identity, fetch);
  }
  std::vector<std::string> Flags() const override { return FormatAckOptions(options_); }
  std::string Subject() const override { return absl::StrCat("cluster ", options_.cluster_id); }
  const AckOptions* ack() const override { return &options_; }

  // The functions of a row.
  static absl::StatusOr<std::shared_ptr<const Issuer>> Parse(const ParsedFlags& flags) {
    absl::StatusOr<AckOptions> options = ParseAckOptions(flags);
    if (!options.ok()) return options.status();
    return ForCluster(*options);
  }
  static std::shared_ptr<const Issuer> ForCluster(const AckOptions& options) {
    return std::make_shared<AckClusterIssuer>(options);
  }

 private:
  const AckOptions options_;
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ISSUERS_ACK_CLUSTER_ISSUER_H_
