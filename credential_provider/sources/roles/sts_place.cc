#include "credential_provider/sources/roles/sts_place.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

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

// Regions of Container Service that have no STS of their own; the central one serves them.
constexpr absl::string_view kWithoutSts[] = {"us-southeast-1", "cn-zhengzhou-jva", "cn-heyuan-acdr-1"};

std::string Value(const Environment& environment, absl::string_view variable) {
  return std::string(absl::StripAsciiWhitespace(environment.Get(variable)));
}

// The first of `variables` that is set.
FoundValue FirstOf(const Environment& environment, std::initializer_list<const char*> variables) {
  for (const char* const variable : variables) {
    const absl::string_view value = absl::StripAsciiWhitespace(environment.Get(variable));
    if (!value.empty()) return {variable, std::string(value)};
  }
  return {};
}

FoundValue EndpointType(const Environment& environment) {
  return FirstOf(environment, {"ALIBABA_CLOUD_ENDPOINT_TYPE", "ALIBABACLOUD_ENDPOINT_TYPE",
                               "ALICLOUD_ENDPOINT_TYPE", "ENDPOINT_TYPE"});
}

FoundValue OwnRegion(const Environment& environment) {
  return FirstOf(environment, {"ALIBABA_CLOUD_REGION_ID", "ALIBABACLOUD_REGION_ID", "ALICLOUD_REGION_ID",
                               "REGION_ID", "REGION"});
}

std::string EndpointFrom(const Environment& environment) {
  std::string endpoint = Value(environment, kEndpoint);
  const std::string scheme = Value(environment, kScheme);
  if (endpoint.empty() || scheme.empty() || absl::StrContains(endpoint, "://")) return endpoint;
  return absl::StrCat(absl::AsciiStrToLower(scheme), "://", endpoint);
}

bool HasSts(absl::string_view region) {
  return std::find(std::begin(kWithoutSts), std::end(kWithoutSts), region) == std::end(kWithoutSts);
}

FoundValue RegionOf(const Environment& environment, const StsWish& wish, bool vpc) {
  if (!wish.place.region.empty()) return {"the region of STS", wish.place.region};
  const std::string variable = Value(environment, kRegion);
  if (!variable.empty()) return {kRegion, variable};
  if (!wish.given_region.empty()) return {"--region", HasSts(wish.given_region) ? wish.given_region : ""};
  if (!vpc) return {};
  if (!wish.own_region.empty()) return {"the region beside the AccessKey", wish.own_region};
  return OwnRegion(environment);
}

}  // namespace

absl::StatusOr<ServiceUrl> FindSts(const Environment& environment, const StsWish& wish) {
  if (!wish.place.url.empty()) return StsEndpoint(wish.place);
  const bool vpc = wish.place.vpc || absl::EqualsIgnoreCase(Value(environment, kVpc), "true") ||
                   absl::EqualsIgnoreCase(EndpointType(environment).value, "vpc");
  const std::string url = EndpointFrom(environment);
  const FoundValue region = RegionOf(environment, wish, vpc);
  absl::StatusOr<ServiceUrl> sts = StsEndpoint({url, region.value, vpc});
  // The reader of a file names the field.
  const bool of_file = url.empty() && !wish.place.region.empty();
  if (!sts.ok() && !of_file) return WithContext(sts.status(), url.empty() ? region.place : kEndpoint);
  return sts;
}

absl::StatusOr<ServiceUrl> FindStsOf(const Identity& identity, absl::string_view given_region,
                                     const Environment& environment) {
  StsWish wish = {identity.sts, std::string(given_region), identity.region};
  wish.place.vpc = wish.place.vpc || !identity.vpc_from.empty();
  return FindSts(environment, wish);
}

void AddEndpointVariables(const Environment& environment, Identity* identity) {
  // On the way of every hit: what is not set has to cost little.
  if (identity->endpoint.value.empty()) identity->endpoint = FirstOf(environment, {"ALIBABA_CLOUD_ENDPOINT"});
  if (identity->vpc_from.empty()) {
    FoundValue type = EndpointType(environment);
    if (absl::EqualsIgnoreCase(type.value, "vpc")) identity->vpc_from = std::move(type.place);
  }
  if (!identity->vpc_from.empty() && identity->region.empty())
    identity->region = OwnRegion(environment).value;
}

}  // namespace credential_provider
