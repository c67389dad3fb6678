#include "credential_provider/alibaba_cloud/endpoint.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/text/did_you_mean.h"

namespace credential_provider {
namespace {

// https://www.alibabacloud.com/help/en/ecs/product-overview/regions-and-zones
constexpr absl::string_view kRegions[] = {
    "cn-hangzhou",
    "cn-shanghai",
    "cn-beijing",
    "cn-shenzhen",
    "cn-hongkong",
    "cn-qingdao",
    "cn-zhangjiakou",
    "cn-huhehaote",
    "cn-wulanchabu",
    "cn-chengdu",
    "cn-heyuan",
    "cn-guangzhou",
    "cn-nanjing",
    "cn-fuzhou",
    "cn-wuhan-lr",
    "cn-zhengzhou-jva",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-south-1",
    "us-west-1",
    "us-east-1",
    "us-southeast-1",
    "na-south-1",
    "eu-central-1",
    "eu-west-1",
    "me-east-1",
    "me-central-1",
    "cn-hangzhou-finance",
    "cn-shanghai-finance-1",
    "cn-shenzhen-finance-1",
    "cn-north-2-gov-1",
    "cn-beijing-finance-1",
};

// "did you mean cn-hangzhou?", or "".
std::string RegionMeant(absl::string_view typed) { return DidYouMean(typed, KnownRegions()); }

}  // namespace

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

std::vector<std::string> KnownRegions() { return {std::begin(kRegions), std::end(kRegions)}; }

absl::Status CheckRegion(absl::string_view region) {
  constexpr size_t kLongest = 40;
  const bool valid =
      !region.empty() && region.size() <= kLongest && region.front() != '-' && region.back() != '-' &&
      region.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == absl::string_view::npos;
  if (valid) return absl::OkStatus();
  return WithHint(absl::InvalidArgumentError("not a region id such as cn-hangzhou"), RegionMeant(region));
}

absl::Status CheckRegionIsKnown(absl::string_view region) {
  const bool known = std::find(std::begin(kRegions), std::end(kRegions), region) != std::end(kRegions);
  if (region.empty() || known) return absl::OkStatus();
  return WithHint(absl::NotFoundError(
                      absl::StrCat("region ", Printable(region, 60), ": not one that this version knows")),
                  RegionMeant(region));
}

}  // namespace credential_provider
