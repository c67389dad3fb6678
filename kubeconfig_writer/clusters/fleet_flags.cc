#include "kubeconfig_writer/clusters/fleet_flags.h"

#include <fnmatch.h>

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "credential_provider/alibaba_cloud/endpoint.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/text/did_you_mean.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

constexpr char kNamePattern[] = "--name-pattern";
constexpr char kType[] = "--type";
constexpr char kState[] = "--state";
constexpr char kTag[] = "--tag";
constexpr char kResourceGroup[] = "--resource-group";
constexpr absl::string_view kAllRegions = "all";

constexpr char kTypes[] = "managed|dedicated|serverless|edge|lingjun|registered";
constexpr char kStates[] =
    "running|updating|upgrading|scaling|draining|removing|updating_failed|initial|failed|inactive|"
    "unavailable|waiting|disconnected|stopped|deleting|deleted|delete_failed|create_timeout";

constexpr FlagSpec kFlags[] = {
    {kNamePattern, "PATTERN", "of many: those whose name fits, such as 'prod-*' in quotes", nullptr,
     Preset::kNever},
    {kType, "TYPE", "of many: those of this type; or several, with commas", kTypes, Preset::kNever},
    {kState, "STATE", "of many: those in this state; or several, with commas", kStates, Preset::kNever},
    {kTag, "KEY=VALUE", "of many: those with this tag, or with KEY; of several, with commas, all", nullptr,
     Preset::kNever},
    {kResourceGroup, "ID", "of many: those of this resource group; or several, with commas", nullptr,
     Preset::kNever},
};

bool IsAmong(const std::vector<std::string>& some, absl::string_view one) {
  return std::find(some.begin(), some.end(), one) != some.end();
}

bool IsOrTakesAll(const std::vector<std::string>& some, absl::string_view one) {
  return some.empty() || IsAmong(some, one);
}

// InvalidArgument when a part of the flag's value is none of `names`, its choices.
absl::Status CheckChoices(absl::string_view name, absl::string_view names,
                          const std::vector<std::string>& given) {
  const std::vector<std::string> choices = absl::StrSplit(names, '|');
  for (const std::string& one : given) {
    if (IsAmong(choices, one)) continue;
    return WithHint(absl::InvalidArgumentError(absl::StrCat(name, " ", Printable(one, 40), ": not one of ",
                                                            absl::StrJoin(choices, ", "))),
                    DidYouMean(one, choices));
  }
  return absl::OkStatus();
}

// A list that has nothing in it would take all, and "," is what is left of a list of variables that are not
// set.
absl::Status CheckLists(const ParsedFlags& flags) {
  for (const char* const name : {kRegionFlag.name, kType, kState, kTag, kResourceGroup}) {
    if (flags.Has(name) && ListIn(flags.Get(name)).empty())
      return absl::InvalidArgumentError(absl::StrCat(name, ": is empty"));
  }
  return absl::OkStatus();
}

absl::Status CheckRegions(const ParsedFlags& flags, const std::vector<std::string>& regions) {
  for (const std::string& region : regions) {
    if (region == kAllRegions && regions.size() > 1)
      return absl::InvalidArgumentError("--region: all, or names of regions, and not both");
    const absl::Status valid = region == kAllRegions ? absl::OkStatus() : CheckRegion(region);
    if (!valid.ok()) return flags.About(kRegionFlag.name, valid);
  }
  return absl::OkStatus();
}

bool HasTags(const Cluster& cluster, const FleetFilter& filter) {
  return std::all_of(filter.tags.begin(), filter.tags.end(), [&](const auto& tag) {
    const auto found = cluster.tags.find(tag.first);
    return found != cluster.tags.end() && (!tag.second || *tag.second == found->second);
  });
}

// Returns `flags` with `value` for the flag `name`; without that flag for "".
ParsedFlags WithValue(absl::Span<const FlagSpec> specs, const ParsedFlags& flags, absl::string_view name,
                      const std::string& value) {
  const auto value_of = [&](const FlagSpec& spec) {
    return name == spec.name ? value : std::string(flags.Get(spec.name));
  };
  const auto goes = [&](const FlagSpec& spec) { return name == spec.name && value.empty(); };
  std::vector<std::string> args;
  for (const FlagSpec& spec : specs) {
    if (!flags.HasTyped(spec.name) || goes(spec)) continue;
    args.push_back(spec.value == nullptr ? spec.name : absl::StrCat(spec.name, "=", value_of(spec)));
  }
  args.emplace_back("--");
  args.insert(args.end(), flags.operands().begin(), flags.operands().end());
  absl::StatusOr<ParsedFlags> changed = ParseFlags(specs, args);
  if (!changed.ok()) return flags;
  for (const FlagSpec& spec : specs) {
    if (flags.Has(spec.name) && !flags.HasTyped(spec.name) && !goes(spec))
      *changed = changed->WithDefault(spec, value_of(spec));
  }
  return *std::move(changed);
}

}  // namespace

bool FleetFilter::narrows() const {
  return !name_pattern.empty() || !types.empty() || !states.empty() || !resource_groups.empty() ||
         !tags.empty();
}

void ForManyPlaces(std::vector<FlagSpec>* flags) {
  for (const FlagSpec& many : {kRegionsFlag, kEndpointOrAutoFlag, kProfilesFlag}) {
    const auto is_it = [&many](const FlagSpec& flag) { return absl::string_view(flag.name) == many.name; };
    std::replace_if(flags->begin(), flags->end(), is_it, many);
  }
}

absl::Span<const FlagSpec> FleetFilterFlags() { return kFlags; }

absl::StatusOr<FleetFilter> ParseFleetFilter(const ParsedFlags& flags) {
  FleetFilter filter;
  filter.regions = ListIn(flags.Get(kRegionFlag.name));
  filter.name_pattern = std::string(flags.Get(kNamePattern));
  filter.types = ListIn(flags.Get(kType));
  filter.states = ListIn(flags.Get(kState));
  filter.resource_groups = ListIn(flags.Get(kResourceGroup));
  for (const absl::Status& valid :
       {CheckLists(flags), CheckRegions(flags, filter.regions), CheckChoices(kType, kTypes, filter.types),
        CheckChoices(kState, kStates, filter.states)}) {
    if (!valid.ok()) return valid;
  }
  if (IsAmong(filter.regions, kAllRegions)) filter.regions.clear();
  for (const std::string& tag : ListIn(flags.Get(kTag))) {
    const std::vector<std::string> halves = absl::StrSplit(tag, absl::MaxSplits('=', 1));
    if (halves[0].empty()) return absl::InvalidArgumentError("--tag: not KEY or KEY=VALUE");
    filter.tags.emplace_back(halves[0], halves.size() > 1 ? absl::make_optional(halves[1]) : absl::nullopt);
  }
  return filter;
}

bool Takes(const FleetFilter& filter, const Cluster& cluster) {
  const bool named =
      filter.name_pattern.empty() || fnmatch(filter.name_pattern.c_str(), cluster.name.c_str(), 0) == 0;
  const bool in_region = filter.regions.size() < 2 || TakesRegion(filter, cluster.region);
  return named && in_region && IsOrTakesAll(filter.types, cluster.type) &&
         IsOrTakesAll(filter.states, cluster.state) &&
         IsOrTakesAll(filter.resource_groups, cluster.resource_group) && HasTags(cluster, filter);
}

bool TakesRegion(const FleetFilter& filter, absl::string_view region) {
  return IsOrTakesAll(filter.regions, region);
}

std::vector<std::string> RegionsWithoutCluster(const FleetFilter& filter,
                                               const std::set<std::string>& with_clusters) {
  std::vector<std::string> without;
  for (const std::string& region : filter.regions) {
    if (with_clusters.count(region) == 0) without.push_back(region);
  }
  return without;
}

ParsedFlags ForOnePlace(absl::Span<const FlagSpec> specs, const ParsedFlags& flags) {
  const std::vector<std::string> regions = ListIn(flags.Get(kRegionFlag.name));
  const bool is_one = regions.size() == 1 && regions.front() != kAllRegions;
  ParsedFlags one = WithValue(specs, flags, kRegionFlag.name, is_one ? regions.front() : "");
  if (flags.Get(kEndpointTypeFlag) == kAutoEndpoint) one = WithValue(specs, one, kEndpointTypeFlag, "");
  return one;
}

std::vector<std::string> ListIn(absl::string_view value) {
  std::vector<std::string> parts;
  for (const absl::string_view part : absl::StrSplit(value, ',', absl::SkipWhitespace())) {
    if (!IsAmong(parts, part)) parts.emplace_back(part);
  }
  return parts;
}

}  // namespace kubeconfig_writer
