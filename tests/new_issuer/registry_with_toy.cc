// The table of credential_provider/issuers/registry.cc with one row more, which takes its place in the
// programs here.
#include "credential_provider/issuers/ack_issuer.h"
#include "credential_provider/issuers/ack_token_issuer.h"
#include "credential_provider/issuers/registry.h"
#include "tests/new_issuer/toy_issuer.h"

namespace credential_provider {
namespace {

constexpr const IssuerKind* kKinds[] = {
    &kAckIssuer,
    &kAckTokenIssuer,
    &kToyIssuer,
};

}  // namespace

absl::Span<const IssuerKind* const> IssuerKinds() { return kKinds; }

const IssuerKind* FindIssuerKind(absl::string_view name) {
  for (const IssuerKind* const kind : kKinds) {
    if (name == kind->name) return kind;
  }
  return nullptr;
}

}  // namespace credential_provider
