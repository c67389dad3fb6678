// Which host serves a product of Alibaba Cloud.
#ifndef CREDENTIAL_PROVIDER_ALIBABA_CLOUD_ENDPOINT_H_
#define CREDENTIAL_PROVIDER_ALIBABA_CLOUD_ENDPOINT_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "credential_provider/http/url.h"

namespace credential_provider {

// Returns the endpoint of Container Service (CS): `override_url` when it is given, else the one of `region`,
// else the central one, which serves the clusters of every region.
// https://www.alibabacloud.com/help/en/ack/developer-reference/api-cs-2015-12-15-endpoint
absl::StatusOr<ServiceUrl> CsEndpoint(absl::string_view region, absl::string_view override_url);

// Returns the endpoint of Container Service inside a VPC of `region`.
absl::StatusOr<ServiceUrl> CsVpcEndpoint(absl::string_view region);

// How the endpoint of the Security Token Service (STS) is chosen.
struct StsEndpointOptions {
  std::string url = "";     // instead of a region's; "" for none
  std::string region = "";  // "" for the central endpoint
  bool vpc = false;         // the region's endpoint inside a VPC
};

// Returns the endpoint of STS.
// https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-endpoint
absl::StatusOr<ServiceUrl> StsEndpoint(const StsEndpointOptions& place);

// Returns the regions that there were when this version was made.
std::vector<std::string> KnownRegions();

// InvalidArgument unless `region` is of the form of a region id ("cn-hangzhou"): it becomes part of a host
// name.
absl::Status CheckRegion(absl::string_view region);

// NotFound, with a hint, for one that is none of KnownRegions; OK for "", which stands for all. New ones
// appear: this is for advice, and no region is refused for it.
absl::Status CheckRegionIsKnown(absl::string_view region);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ALIBABA_CLOUD_ENDPOINT_H_
