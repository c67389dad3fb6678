#include "credential_provider/alibaba_cloud/endpoint.h"

#include "absl/strings/str_cat.h"

namespace credential_provider {

absl::StatusOr<ServiceUrl> CsEndpoint(absl::string_view region, absl::string_view override_url) {
  if (!override_url.empty()) return ParseServiceUrl(override_url);
  if (region.empty()) return ParseServiceUrl("cs.aliyuncs.com");
  absl::Status valid = CheckRegion(region);
  if (!valid.ok()) return valid;
  return ParseServiceUrl(absl::StrCat("cs.", region, ".aliyuncs.com"));
}

absl::StatusOr<ServiceUrl> CsVpcEndpoint(absl::string_view region) {
  absl::Status valid = CheckRegion(region);
  if (!valid.ok()) return valid;
  return ParseServiceUrl(absl::StrCat("cs-anony-vpc.", region, ".aliyuncs.com"));
}

absl::StatusOr<ServiceUrl> StsEndpoint(const StsEndpointOptions& place) {
  if (!place.url.empty()) return ParseServiceUrl(place.url);
  // Regions that STS serves from the central host.
  const bool central =
      place.region.empty() || place.region == "ap-south-1" || place.region == "ap-southeast-2";
  if (central) return ParseServiceUrl("sts.aliyuncs.com");
  absl::Status valid = CheckRegion(place.region);
  if (!valid.ok()) return valid;
  const std::string region = place.region == "cn-hangzhou-finance" ? "cn-hangzhou" : place.region;
  return ParseServiceUrl(absl::StrCat(place.vpc ? "sts-vpc." : "sts.", region, ".aliyuncs.com"));
}

absl::Status CheckRegion(absl::string_view region) {
  constexpr size_t kLongest = 40;
  const bool valid =
      !region.empty() && region.size() <= kLongest && region.front() != '-' && region.back() != '-' &&
      region.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == absl::string_view::npos;
  return valid ? absl::OkStatus() : absl::InvalidArgumentError("not a region id such as cn-hangzhou");
}

}  // namespace credential_provider
