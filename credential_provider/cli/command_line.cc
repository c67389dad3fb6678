#include "credential_provider/cli/command_line.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/help.h"
#include "credential_provider/language/in_language.h"
#include "credential_provider/process/own_path.h"
#include "credential_provider/text/did_you_mean.h"
#include "credential_provider/text/fold_text.h"

namespace credential_provider {
namespace {

absl::Status UsageError(absl::string_view flag, absl::string_view reason) {
  return absl::InvalidArgumentError(absl::StrCat(Printable(flag, 60), ": ", reason));
}

bool IsCalled(const FlagSpec& spec, absl::string_view name) {
  return name == spec.name || (spec.short_name != nullptr && name == spec.short_name);
}

const FlagSpec* FindSpec(absl::Span<const FlagSpec> specs, absl::string_view name) {
  const auto found =
      std::find_if(specs.begin(), specs.end(), [name](const FlagSpec& spec) { return IsCalled(spec, name); });
  return found == specs.end() ? nullptr : &*found;
}

// "--name", "-n, --name", and "VALUE" after it when the flag takes one.
std::string Synopsis(const FlagSpec& spec) {
  return absl::StrCat(spec.short_name == nullptr ? "" : spec.short_name,
                      spec.short_name == nullptr ? "" : ", ", spec.name, spec.value == nullptr ? "" : " ",
                      spec.value == nullptr ? "" : spec.value);
}

absl::Status NoSuchFlag(absl::Span<const FlagSpec> specs, absl::string_view name) {
  std::vector<std::string> names;
  for (const FlagSpec& spec : specs) names.emplace_back(spec.name);
  return WithHint(UsageError(name, "no such flag"), DidYouMean(name, names));
}

// The name in "--name=value" and "--name". Of "-nvalue" it is "-n".
absl::string_view NameIn(absl::Span<const FlagSpec> specs, absl::string_view arg) {
  constexpr size_t kShort = 2;
  const absl::string_view name = arg.substr(0, arg.find('='));
  if (name.size() <= kShort || name[1] == '-' || FindSpec(specs, name) != nullptr) return name;
  const FlagSpec* const spec = FindSpec(specs, arg.substr(0, kShort));
  return spec != nullptr && spec->value != nullptr ? arg.substr(0, kShort) : name;
}

struct TakenFlag {
  const FlagSpec* spec;
  std::string value;
};

// Takes one flag, and its value when that is an argument of its own, from the front of `args`.
absl::StatusOr<TakenFlag> TakeFlag(absl::Span<const FlagSpec> specs, absl::Span<const std::string>* args) {
  const absl::string_view arg = args->front();
  args->remove_prefix(1);
  const absl::string_view name = NameIn(specs, arg);
  const bool joined = name.size() < arg.size();
  const FlagSpec* const spec = FindSpec(specs, name);
  if (spec == nullptr) return NoSuchFlag(specs, name);
  if (spec->value == nullptr) {
    if (joined) return UsageError(name, "takes no value");
    return TakenFlag{spec, ""};
  }
  if (!joined && args->empty()) return UsageError(name, "needs a value");
  absl::string_view value = joined ? arg.substr(name.size()) : absl::string_view(args->front());
  if (joined) absl::ConsumePrefix(&value, "=");
  if (!joined) args->remove_prefix(1);
  if (value.empty()) return UsageError(name, "is empty");
  return TakenFlag{spec, std::string(value)};
}

// Numbers, times and names of a list are no secrets; of all else one may be a part. What is as long as a key
// is nothing of the kind, whatever flag it was given to.
bool MayBeShown(absl::string_view kind, absl::string_view choices, absl::string_view value) {
  constexpr size_t kShorterThanAKey = 23;
  return value.size() <= kShorterThanAKey &&
         (!choices.empty() || kind == "TIME" || kind == "N" || kind == "PERCENT" || kind == "REGION");
}

absl::string_view TextOf(const char* text) { return text == nullptr ? "" : text; }

}  // namespace

const ParsedFlags::Flag* ParsedFlags::Find(absl::string_view name) const {
  const auto found =
      std::find_if(flags_.begin(), flags_.end(), [name](const Flag& flag) { return flag.name == name; });
  return found == flags_.end() ? nullptr : &*found;
}

absl::string_view ParsedFlags::Get(absl::string_view name, absl::string_view fallback) const {
  const Flag* const flag = Find(name);
  return flag == nullptr ? fallback : flag->value;
}

bool ParsedFlags::Has(absl::string_view name) const { return Find(name) != nullptr; }

ParsedFlags ParsedFlags::With(absl::string_view name, absl::string_view value) const {
  ParsedFlags flags = *this;
  flags.flags_.push_back({std::string(name), std::string(value)});
  return flags;
}

ParsedFlags ParsedFlags::WithDefault(const FlagSpec& spec, absl::string_view value) const {
  ParsedFlags flags = *this;
  flags.flags_.push_back({spec.name, std::string(value), spec.value, spec.choices, true});
  return flags;
}

ParsedFlags ParsedFlags::WithoutDefaults(absl::Span<const FlagSpec> specs) const {
  ParsedFlags flags = *this;
  const auto is_one = [specs](const Flag& flag) {
    return flag.is_default && FindSpec(specs, flag.name) != nullptr;
  };
  flags.flags_.erase(std::remove_if(flags.flags_.begin(), flags.flags_.end(), is_one), flags.flags_.end());
  return flags;
}

bool ParsedFlags::HasTyped(absl::string_view name) const {
  const Flag* const flag = Find(name);
  return flag != nullptr && !flag->is_default;
}

absl::Status ParsedFlags::About(absl::string_view name, const absl::Status& status) const {
  if (status.ok()) return status;
  const Flag* const flag = Find(name);
  const absl::string_view kind = flag == nullptr ? "" : TextOf(flag->kind);
  const absl::string_view choices = flag == nullptr ? "" : TextOf(flag->choices);
  if (flag == nullptr || !MayBeShown(kind, choices, flag->value)) return WithContext(status, name);
  const std::vector<std::string> names = absl::StrSplit(choices, '|', absl::SkipEmpty());
  return WithHint(WithContext(status, absl::StrCat(name, " ", Printable(flag->value))),
                  DidYouMean(flag->value, names));
}

absl::Status ParsedFlags::CheckChoice(absl::string_view name) const {
  const Flag* const flag = Find(name);
  if (flag == nullptr || flag->choices == nullptr) return absl::OkStatus();
  const std::vector<std::string> names = absl::StrSplit(flag->choices, '|');
  if (std::find(names.begin(), names.end(), flag->value) != names.end()) return absl::OkStatus();
  return About(name, absl::InvalidArgumentError(absl::StrCat("not one of ", absl::StrJoin(names, ", "))));
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
    absl::StatusOr<TakenFlag> flag = TakeFlag(specs, &args);
    if (!flag.ok()) return flag.status();
    const FlagSpec& spec = *flag->spec;
    if (parsed.Has(spec.name)) return UsageError(spec.name, "given twice");
    parsed.flags_.push_back({spec.name, std::move(flag->value), spec.value, spec.choices});
  }
  return parsed;
}

bool HasFlag(absl::Span<const FlagSpec> specs, const FlagSpec& wanted, absl::Span<const std::string> args) {
  for (size_t i = 0; i < args.size() && args[i] != "--"; ++i) {
    if (IsCalled(wanted, args[i])) return true;
    const FlagSpec* const spec = FindSpec(specs, args[i]);
    if (spec != nullptr && spec->value != nullptr) ++i;
  }
  return false;
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
  std::vector<std::pair<std::string, std::string>> rows;
  for (const FlagSpec& spec : specs) rows.emplace_back(Synopsis(spec), InLanguage(spec.help));
  return TwoColumns(rows, HelpColumns());
}

}  // namespace credential_provider
