// Where Container Service is asked, and why there.
#ifndef CREDENTIAL_PROVIDER_ISSUERS_CS_ENDPOINT_H_
#define CREDENTIAL_PROVIDER_ISSUERS_CS_ENDPOINT_H_

#include <string>

#include "absl/status/statusor.h"
#include "credential_provider/http/url.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/issuers/ack_options.h"

namespace credential_provider {

struct CsEndpointChoice {
  ServiceUrl url;
  std::string reason;  // "--region"
};

// Returns the endpoint that the first of these names: --cs-endpoint; the endpoint set beside the key, unless
// its host is of another product of Alibaba Cloud; inside a VPC the endpoint there of --region, else of the
// region beside the key; --region; else the central one.
absl::StatusOr<CsEndpointChoice> FindCs(const CsEndpointOptions& place, const Identity& identity);

// Returns what stands for the endpoint in the store's keys: as `place` has it, unless what is set beside the
// key decides.
std::string CsEndpointInKeys(const CsEndpointOptions& place, const Identity& identity);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ISSUERS_CS_ENDPOINT_H_
