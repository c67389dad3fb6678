// Which endpoint of STS a source talks to.
#ifndef CREDENTIAL_PROVIDER_SOURCES_STS_PLACE_H_
#define CREDENTIAL_PROVIDER_SOURCES_STS_PLACE_H_

#include "absl/status/statusor.h"
#include "credential_provider/alibaba_cloud/endpoint.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/http/url.h"

namespace credential_provider {

// Returns the endpoint that `place`, from a file, names; what it leaves open comes from
// ALIBABA_CLOUD_STS_ENDPOINT (with ALIBABA_CLOUD_STS_HTTP_SCHEME when it has no scheme of its own), else from
// ALIBABA_CLOUD_STS_REGION and ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED, else it is the central one. Errors name
// the variable.
absl::StatusOr<ServiceUrl> FindSts(const Environment& environment, const StsPlace& place = {});

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_STS_PLACE_H_
