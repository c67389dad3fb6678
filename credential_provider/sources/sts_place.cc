#include "credential_provider/sources/sts_place.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"

namespace credential_provider {
namespace {

constexpr char kEndpoint[] = "ALIBABA_CLOUD_STS_ENDPOINT";
constexpr char kScheme[] = "ALIBABA_CLOUD_STS_HTTP_SCHEME";
constexpr char kRegion[] = "ALIBABA_CLOUD_STS_REGION";
constexpr char kVpc[] = "ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED";

std::string EndpointFrom(const Environment& environment) {
  const absl::string_view endpoint = environment.Get(kEndpoint);
  const absl::string_view scheme = environment.Get(kScheme);
  if (endpoint.empty() || scheme.empty() || absl::StrContains(endpoint, "://")) return std::string(endpoint);
  return absl::StrCat(absl::AsciiStrToLower(scheme), "://", endpoint);
}

}  // namespace

absl::StatusOr<ServiceUrl> FindSts(const Environment& environment, const StsPlace& place) {
  if (!place.url.empty() || !place.region.empty()) return StsEndpoint(place);
  StsPlace found;
  found.url = EndpointFrom(environment);
  found.region = std::string(environment.Get(kRegion));
  found.vpc = place.vpc || absl::EqualsIgnoreCase(environment.Get(kVpc), "true");
  absl::StatusOr<ServiceUrl> sts = StsEndpoint(found);
  if (!sts.ok()) return WithContext(sts.status(), found.url.empty() ? kRegion : kEndpoint);
  return sts;
}

}  // namespace credential_provider
