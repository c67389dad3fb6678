#include "credential_provider/issuers/exec_options.h"

#include <utility>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "credential_provider/base/status_context.h"

namespace credential_provider {
namespace {

constexpr char kKeyEnv[] = "--key-env";
constexpr char kTimeout[] = "--timeout";
constexpr absl::Duration kShortest = absl::Seconds(1);
constexpr absl::Duration kLongest = absl::Minutes(15);

constexpr FlagSpec kFlags[] = {
    {kKeyEnv, "NAMES",
     "variables of the terminal, with commas between, on which its credential depends nevertheless", nullptr,
     Preset::kNever},
    {kTimeout, "TIME", "the longest that the command may take: 1s to 15m (default: 2m)"},
};

absl::StatusOr<std::vector<std::string>> ParseNames(absl::string_view text) {
  std::vector<std::string> names;
  if (!text.empty()) names = absl::StrSplit(text, ',');
  for (const std::string& name : names) {
    if (name.empty() || name.find_first_of("= \t\n") != std::string::npos)
      return WithContext(absl::InvalidArgumentError("not names of variables with commas between"), kKeyEnv);
  }
  return names;
}

}  // namespace

absl::Span<const FlagSpec> ExecFlags() { return kFlags; }

absl::StatusOr<ExecOptions> ParseExecOptions(const ParsedFlags& flags, std::vector<std::string> command) {
  ExecOptions options;
  options.command = std::move(command);
  if (options.command.empty() || options.command.front().empty())
    return absl::InvalidArgumentError("no command given after --");
  absl::StatusOr<std::vector<std::string>> names = ParseNames(flags.Get(kKeyEnv));
  if (!names.ok()) return names.status();
  options.key_env = *std::move(names);
  if (!flags.Has(kTimeout)) return options;
  if (!absl::ParseDuration(flags.Get(kTimeout), &options.time_limit) || options.time_limit < kShortest ||
      options.time_limit > kLongest) {
    return flags.About(kTimeout, absl::InvalidArgumentError("not a time between 1s and 15m"));
  }
  return options;
}

std::vector<std::string> FormatExecFlags(const ExecOptions& options) {
  std::vector<std::string> args;
  if (!options.key_env.empty()) args.insert(args.end(), {kKeyEnv, absl::StrJoin(options.key_env, ",")});
  if (options.time_limit != ExecOptions().time_limit)
    args.insert(args.end(), {kTimeout, absl::FormatDuration(options.time_limit)});
  return args;
}

}  // namespace credential_provider
