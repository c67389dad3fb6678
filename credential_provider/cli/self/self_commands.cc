#include "credential_provider/cli/self/self_commands.h"

#include "absl/strings/match.h"
#include "credential_provider/cli/flag_defaults.h"
#include "credential_provider/http/url.h"
#include "nlohmann/json.hpp"

namespace credential_provider {
namespace {

// A proxy's URL may have a password in it.
std::string Shown(const std::string& value) {
  const bool may_hide = absl::StrContains(value, "://") && absl::StrContains(value, "@");
  return may_hide ? ShownOrigin(value) : value;
}

}  // namespace

absl::StatusOr<Output> ShowDefaults(absl::Span<const FlagSpec> specs, const ParsedFlags& flags,
                                    const Environment& environment) {
  absl::StatusOr<OutputFormat> format = ParseOutputFormat(flags);
  if (!format.ok()) return format.status();
  absl::StatusOr<FlagDefaults> defaults = FlagDefaults::Read(environment);
  if (!defaults.ok()) return defaults.status();
  std::vector<TableRow> rows = {{"FLAG", "DEFAULT", "FROM"}};
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const FlagSpec& spec : specs) {
    const FlagDefault found = defaults->Of(spec).value_or(FlagDefault{});
    const std::string value = Shown(found.value);
    rows.push_back({spec.name, value, found.from});
    list.push_back(
        {{"flag", spec.name}, {"variable", DefaultVariable(spec)}, {"default", value}, {"from", found.from}});
  }
  if (*format == OutputFormat::kTable) return Output{FormatTable(rows)};
  return Output{FormatData({{"file", defaults->path()}, {"defaults", list}}, *format)};
}

}  // namespace credential_provider
