#include "credential_provider/issuers/cs_endpoint.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/alibaba_cloud/endpoint.h"
#include "credential_provider/base/status_context.h"

namespace credential_provider {
namespace {

// The aliyun CLI takes one endpoint for whatever product a command is about.
bool IsOfAnotherProduct(absl::string_view host) {
  return absl::EndsWithIgnoreCase(host, ".aliyuncs.com") && !absl::StartsWithIgnoreCase(host, "cs.") &&
         !absl::StartsWithIgnoreCase(host, "cs-");
}

absl::StatusOr<CsEndpointChoice> Choice(absl::StatusOr<ServiceUrl> url, absl::string_view named_by,
                                        absl::string_view reason) {
  if (!url.ok()) return WithContext(url.status(), named_by);
  return CsEndpointChoice{*std::move(url), std::string(reason)};
}

// What is set beside the key decides: an endpoint, or being inside a VPC of a known region.
bool IsSetBesideKey(const CsEndpointOptions& place, const Identity& identity) {
  if (!place.cs_endpoint.empty()) return false;
  return !identity.endpoint.value.empty() ||
         (!identity.vpc_from.empty() && !(place.region.empty() && identity.region.empty()));
}

}  // namespace

absl::StatusOr<CsEndpointChoice> FindCs(const CsEndpointOptions& place, const Identity& identity) {
  constexpr char kFlag[] = "--cs-endpoint";
  if (!place.cs_endpoint.empty()) return Choice(CsEndpoint("", place.cs_endpoint), kFlag, kFlag);
  const FoundValue& endpoint = identity.endpoint;
  if (!endpoint.value.empty()) {
    absl::StatusOr<ServiceUrl> url = ParseServiceUrl(endpoint.value);
    if (!url.ok() || !IsOfAnotherProduct(url->host)) return Choice(url, endpoint.place, endpoint.place);
  }
  const std::string& region = place.region.empty() ? identity.region : place.region;
  if (!identity.vpc_from.empty() && !region.empty()) {
    return Choice(CsVpcEndpoint(region), "the region beside the AccessKey",
                  absl::StrCat(identity.vpc_from, " is vpc, region ", region));
  }
  if (place.region.empty()) return Choice(CsEndpoint("", ""), "", "no --region");
  return Choice(CsEndpoint(place.region, ""), "--region", "--region");
}

std::string CsEndpointInKeys(const CsEndpointOptions& place, const Identity& identity) {
  if (!IsSetBesideKey(place, identity)) return place.cs_endpoint;
  const absl::StatusOr<CsEndpointChoice> choice = FindCs(place, identity);
  if (!choice.ok()) return identity.endpoint.value;
  return absl::StrCat(choice->url.scheme, "://", choice->url.authority);
}

}  // namespace credential_provider
