#include "credential_provider/cli/command_line.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/process/own_path.h"

namespace credential_provider {
namespace {

absl::Status UsageError(absl::string_view flag, absl::string_view reason) {
  return absl::InvalidArgumentError(absl::StrCat(Printable(flag, 60), ": ", reason));
}

const FlagSpec* FindSpec(absl::Span<const FlagSpec> specs, absl::string_view name) {
  const auto found =
      std::find_if(specs.begin(), specs.end(), [name](const FlagSpec& spec) { return name == spec.name; });
  return found == specs.end() ? nullptr : &*found;
}

// "--name", and "VALUE" after it when the flag takes one.
std::string Synopsis(const FlagSpec& spec) {
  return spec.value == nullptr ? spec.name : absl::StrCat(spec.name, " ", spec.value);
}

// Takes one flag, and its value when that is an argument of its own, from the front of `args`.
absl::StatusOr<std::pair<std::string, std::string>> TakeFlag(absl::Span<const FlagSpec> specs,
                                                             absl::Span<const std::string>* args) {
  const std::string& arg = args->front();
  args->remove_prefix(1);
  const size_t equals = arg.find('=');
  const std::string name = arg.substr(0, equals);
  const FlagSpec* spec = FindSpec(specs, name);
  if (spec == nullptr) return UsageError(name, "no such flag");
  if (spec->value == nullptr) {
    if (equals != std::string::npos) return UsageError(name, "takes no value");
    return std::make_pair(name, std::string());
  }
  if (equals == std::string::npos && args->empty()) return UsageError(name, "needs a value");
  std::string value = equals == std::string::npos ? args->front() : arg.substr(equals + 1);
  if (equals == std::string::npos) args->remove_prefix(1);
  if (value.empty()) return UsageError(name, "is empty");
  return std::make_pair(name, std::move(value));
}

}  // namespace

absl::string_view ParsedFlags::Get(absl::string_view name, absl::string_view fallback) const {
  for (const auto& flag : flags_) {
    if (flag.first == name) return flag.second;
  }
  return fallback;
}

bool ParsedFlags::Has(absl::string_view name) const {
  return std::any_of(flags_.begin(), flags_.end(), [name](const auto& flag) { return flag.first == name; });
}

ParsedFlags ParsedFlags::With(absl::string_view name, absl::string_view value) const {
  ParsedFlags flags = *this;
  flags.flags_.emplace_back(name, value);
  return flags;
}

absl::StatusOr<ParsedFlags> ParseFlags(absl::Span<const FlagSpec> specs, absl::Span<const std::string> args) {
  ParsedFlags parsed;
  while (!args.empty()) {
    if (args[0] == "--") {
      parsed.operands_.insert(parsed.operands_.end(), args.begin() + 1, args.end());
      break;
    }
    if (args[0].size() < 2 || args[0][0] != '-') {
      parsed.operands_.push_back(args[0]);
      args.remove_prefix(1);
      continue;
    }
    absl::StatusOr<std::pair<std::string, std::string>> flag = TakeFlag(specs, &args);
    if (!flag.ok()) return flag.status();
    if (parsed.Has(flag->first)) return UsageError(flag->first, "given twice");
    parsed.flags_.push_back(*std::move(flag));
  }
  return parsed;
}

bool HasDefault(const FlagSpec& spec) { return spec.value != nullptr && spec.preset != Preset::kNever; }

bool TakesPath(const FlagSpec& spec) {
  if (spec.value == nullptr) return false;
  const absl::string_view value = spec.value;
  return value == "FILE" || value == "DIR" || value == "PATH";
}

bool IsTildePath(absl::string_view path) { return path == "~" || absl::StartsWith(path, "~/"); }

absl::Status CheckPaths(absl::Span<const FlagSpec> specs, const ParsedFlags& flags) {
  for (const FlagSpec& spec : specs) {
    if (!TakesPath(spec) || !IsTildePath(flags.Get(spec.name))) continue;
    return WithHint(UsageError(spec.name, "begins with a ~ that no shell has expanded"),
                    absl::StrCat("give it as `", spec.name, " ~/…`, without =, or write $HOME for ~"));
  }
  return absl::OkStatus();
}

std::vector<std::string> WithAbsolutePaths(absl::Span<const FlagSpec> specs, std::vector<std::string> args) {
  for (size_t i = 0; i + 1 < args.size() && args[i] != "--"; ++i) {
    const FlagSpec* const spec = FindSpec(specs, args[i]);
    if (spec == nullptr || spec->value == nullptr) continue;
    ++i;
    if (TakesPath(*spec)) args[i] = AbsolutePath(args[i]);
  }
  return args;
}

std::string FormatFlags(absl::Span<const FlagSpec> specs) {
  size_t width = 0;
  for (const FlagSpec& spec : specs) width = std::max(width, Synopsis(spec).size());
  std::string help;
  for (const FlagSpec& spec : specs) {
    absl::StrAppendFormat(&help, "  %-*s  %s\n", static_cast<int>(width), Synopsis(spec), spec.help);
  }
  return help;
}

}  // namespace credential_provider
