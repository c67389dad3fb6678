#include "credential_provider/commands/flag_values.h"

#include "credential_provider/alibaba_cloud/endpoint.h"
#include "credential_provider/issuers/ack_options.h"
#include "credential_provider/sources/source_table.h"

namespace credential_provider {

namespace {

std::vector<std::string> ProfileNames(const Environment& environment) {
  std::vector<std::string> names;
  for (const Source& source : Sources()) {
    if (source.profiles == nullptr) continue;
    const std::vector<std::string> some = source.profiles(environment);
    names.insert(names.end(), some.begin(), some.end());
  }
  return names;
}

}  // namespace

std::vector<std::string> FlagValues(absl::string_view flag, const Environment& environment) {
  if (flag == kRegionFlag.name) return KnownRegions();
  if (flag == "--profile") return ProfileNames(environment);
  return {};
}

}  // namespace credential_provider
