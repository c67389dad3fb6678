// Which endpoint of STS a source talks to, and what the user has set about endpoints beside a key.
#ifndef CREDENTIAL_PROVIDER_SOURCES_ROLES_STS_PLACE_H_
#define CREDENTIAL_PROVIDER_SOURCES_ROLES_STS_PLACE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "credential_provider/alibaba_cloud/endpoint.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/http/url.h"
#include "credential_provider/identity/identity.h"

namespace credential_provider {

// What is known about STS beside the environment.
struct StsWish {
  StsEndpointOptions place = {};  // what a file says
  std::string given_region = "";  // of --region; "" for none
  std::string own_region = "";    // set beside the key: counts inside a VPC, which has no central endpoint
};

// Returns the endpoint that the first of these names: the URL of `wish.place`, ALIBABA_CLOUD_STS_ENDPOINT
// (with ALIBABA_CLOUD_STS_HTTP_SCHEME when it has no scheme of its own), the region of `wish.place`,
// ALIBABA_CLOUD_STS_REGION, --region, and inside a VPC the region beside the key; else the central one. It is
// that inside a VPC when the file, ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED or ALIBABA_CLOUD_ENDPOINT_TYPE says so.
// Errors name the variable.
absl::StatusOr<ServiceUrl> FindSts(const Environment& environment, const StsWish& wish = {});

// The same for calls in the name of `identity`.
absl::StatusOr<ServiceUrl> FindStsOf(const Identity& identity, absl::string_view given_region,
                                     const Environment& environment);

// Fills what `identity` leaves open about endpoints from the variables of the aliyun CLI:
// ALIBABA_CLOUD_ENDPOINT_TYPE, ALIBABA_CLOUD_ENDPOINT and, inside a VPC, ALIBABA_CLOUD_REGION_ID, and their
// other spellings.
void AddEndpointVariables(const Environment& environment, Identity* identity);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_ROLES_STS_PLACE_H_
