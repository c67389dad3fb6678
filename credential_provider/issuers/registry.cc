#include "credential_provider/issuers/registry.h"

#include <algorithm>
#include <iterator>

#include "credential_provider/issuers/ack_issuer.h"
#include "credential_provider/issuers/ack_token_issuer.h"

namespace credential_provider {
namespace {

constexpr const IssuerKind* kKinds[] = {
    &kAckIssuer,
    &kAckTokenIssuer,
};

}  // namespace

absl::Span<const IssuerKind* const> IssuerKinds() { return kKinds; }

const IssuerKind* FindIssuerKind(absl::string_view name) {
  const auto found = std::find_if(std::begin(kKinds), std::end(kKinds),
                                  [name](const IssuerKind* kind) { return name == kind->name; });
  return found == std::end(kKinds) ? nullptr : *found;
}

}  // namespace credential_provider
