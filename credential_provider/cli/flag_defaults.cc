#include "credential_provider/cli/flag_defaults.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"

namespace credential_provider {
namespace {

constexpr char kFile[] = "/credential_provider/config";
constexpr char kSection[] = "defaults";
constexpr size_t kMaxFileBytes = 64 << 10;

std::string PathIn(const Environment& environment) {
  const absl::string_view config = environment.Get("XDG_CONFIG_HOME");
  if (absl::StartsWith(config, "/")) return absl::StrCat(config, kFile);
  const bool has_home = absl::StartsWith(environment.Get("HOME"), "/");
  return has_home ? absl::StrCat(InHome(environment, "/.config"), kFile) : "";
}

// What it says decides who asks.
absl::Status CheckOwner(int file) {
  struct stat info = {};
  if (fstat(file, &info) != 0) return ErrnoError(errno, "fstat");
  const bool ours = info.st_uid == geteuid() || info.st_uid == 0;
  if (ours && (info.st_mode & (S_IWGRP | S_IWOTH)) == 0) return absl::OkStatus();
  return WithHint(absl::FailedPreconditionError("others can write it"),
                  "make it yours alone: `chown` it to yourself, and `chmod go-w` it");
}

// Returns the text of the file at `path`, "" when there is none.
absl::StatusOr<std::string> ReadTrusted(const std::string& path) {
  const FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.ok() && (errno == ENOENT || errno == ENOTDIR)) return std::string();
  if (!file.ok()) return ErrnoError(errno, "open");
  absl::Status trusted = CheckOwner(file.get());
  if (!trusted.ok()) return trusted;
  return ReadAll(file.get(), kMaxFileBytes, "read");
}

absl::StatusOr<IniSection> ParseDefaults(absl::string_view text) {
  absl::StatusOr<std::map<std::string, IniSection>> sections = ParseIni(text);
  if (!sections.ok()) {
    return WithHint(sections.status(), "write [defaults], and under it lines such as `region = cn-hangzhou`");
  }
  for (const auto& section : *sections) {
    if (section.first != kSection)
      return absl::InvalidArgumentError(
          absl::StrCat("[", Printable(section.first, 60), "]: the only section is [defaults]"));
  }
  return std::move((*sections)[kSection]);
}

absl::string_view NameInFile(const FlagSpec& spec) { return absl::string_view(spec.name).substr(2); }

// The level from which the defaults of who asks are taken; nothing when none is.
absl::optional<DefaultLevel> LevelOfCaller(absl::Span<const FlagSpec> specs, const ParsedFlags& typed,
                                           const FlagDefaults& defaults) {
  absl::optional<DefaultLevel> level;
  for (const FlagSpec& spec : specs) {
    if (spec.preset != Preset::kCaller) continue;
    if (typed.Has(spec.name)) return absl::nullopt;
    const absl::optional<FlagDefault> found = defaults.Of(spec);
    if (found) level = std::min(level.value_or(found->level), found->level);
  }
  return level;
}

}  // namespace

absl::StatusOr<FlagDefaults> FlagDefaults::Read(const Environment& environment) {
  FlagDefaults defaults(environment);
  defaults.path_ = PathIn(environment);
  if (defaults.path_.empty()) return defaults;
  absl::StatusOr<std::string> text = ReadTrusted(defaults.path_);
  if (!text.ok()) return WithContext(text.status(), defaults.path_);
  absl::StatusOr<IniSection> section = ParseDefaults(*text);
  if (!section.ok()) return WithContext(section.status(), defaults.path_);
  defaults.file_ = *std::move(section);
  return defaults;
}

absl::optional<FlagDefault> FlagDefaults::Of(const FlagSpec& spec) const {
  if (!HasDefault(spec)) return absl::nullopt;
  const std::string variable = DefaultVariable(spec);
  const absl::string_view value = environment_.Get(variable);
  if (!value.empty()) return FlagDefault{std::string(value), DefaultLevel::kVariable, variable};
  const auto line = file_.find(std::string(NameInFile(spec)));
  if (line == file_.end() || line->second.empty()) return absl::nullopt;
  return FlagDefault{line->second, DefaultLevel::kFile, path_};
}

absl::Status FlagDefaults::CheckNames(absl::Span<const FlagSpec> specs) const {
  for (const auto& line : file_) {
    const auto is_named = [&line](const FlagSpec& spec) {
      return HasDefault(spec) && NameInFile(spec) == line.first;
    };
    if (std::any_of(specs.begin(), specs.end(), is_named)) continue;
    return WithHint(absl::InvalidArgumentError(
                        absl::StrCat(path_, ": ", Printable(line.first, 60), ": no flag that has a default")),
                    "run `kubeconfig_writer config`, which lists those that have");
  }
  return absl::OkStatus();
}

std::string DefaultVariable(const FlagSpec& spec) {
  return absl::StrCat("CREDENTIAL_PROVIDER_",
                      absl::AsciiStrToUpper(absl::StrReplaceAll(NameInFile(spec), {{"-", "_"}})));
}

ParsedFlags WithDefaults(absl::Span<const FlagSpec> specs, ParsedFlags typed, const FlagDefaults& defaults) {
  const absl::optional<DefaultLevel> caller = LevelOfCaller(specs, typed, defaults);
  for (const FlagSpec& spec : specs) {
    const absl::optional<FlagDefault> found = defaults.Of(spec);
    if (!found || typed.Has(spec.name)) continue;
    if (spec.preset == Preset::kCaller && caller != found->level) continue;
    typed = typed.WithDefault(spec, found->value);
  }
  return typed;
}

}  // namespace credential_provider
