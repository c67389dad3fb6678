#include "credential_provider/sources/identity_flags.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/identity/source_names.h"
#include "credential_provider/sources/source_table.h"

namespace credential_provider {
namespace {

constexpr char kIdentity[] = "--identity";
constexpr char kProfile[] = "--profile";
constexpr char kRoleArn[] = "--role-arn";
constexpr char kRoleSessionName[] = "--role-session-name";
constexpr char kRoleExternalId[] = "--role-external-id";
constexpr char kRolePolicy[] = "--role-policy";
constexpr char kRoleDuration[] = "--role-duration";
constexpr char kOidcProviderArn[] = "--oidc-provider-arn";
constexpr char kOidcTokenFile[] = "--oidc-token-file";
constexpr char kOidcTokenEnv[] = "--oidc-token-env";

// The names of all sources, with `last` before the last one.
std::string Names(absl::string_view separator, absl::string_view last) {
  std::string names;
  for (const Source& source : Sources()) {
    const bool is_last = &source == &Sources().back();
    absl::StrAppend(&names, names.empty() ? "" : is_last ? last : separator, source.name);
  }
  return names;
}

// Its texts are made of the table, once, and live as long as the program. Not by static variables of class
// type: to guard their first use takes two system calls of each hit, and there is no second thread.
FlagSpec IdentityFlag() {
  static const std::string* help = nullptr;
  static const std::string* choices = nullptr;
  if (help == nullptr) {
    help = new std::string(
        absl::StrCat("who asks: ", Names(", ", " or "), " (default: the first that is there)"));
    choices = new std::string(Names("|", "|"));
  }
  return {kIdentity, "NAME", help->c_str(), choices->c_str(), Preset::kCaller};
}

constexpr FlagSpec kOtherFlags[] = {
    {kProfile, "NAME", "the profile of ~/.aliyun/config.json, or section of ~/.alibabacloud/credentials",
     nullptr, Preset::kCaller},
    {kRoleArn, "ARN", "a RAM role to take on; several, with commas, one from the other", nullptr,
     Preset::kCaller},
    {kRoleSessionName, "NAME", "the name of the role's session (default: credential_provider)", nullptr,
     Preset::kCaller},
    {kRoleExternalId, "ID", "the external id that the role's trust policy asks for", nullptr,
     Preset::kCaller},
    {kRolePolicy, "JSON", "a RAM policy that narrows what the role's session may do", nullptr,
     Preset::kCaller},
    {kRoleDuration, "TIME", "how long the role's session lives: 15m to 12h (default: 1h)", nullptr,
     Preset::kCaller},
    {kOidcProviderArn, "ARN", "with --identity oidc: the OIDC provider in RAM", nullptr, Preset::kCaller},
    {kOidcTokenFile, "FILE", "with --identity oidc: the file that holds the token", nullptr, Preset::kCaller},
    {kOidcTokenEnv, "VARIABLE", "with --identity oidc: the environment variable that holds the token",
     nullptr, Preset::kCaller},
};

const Source* FindSource(absl::string_view name) {
  const auto found = std::find_if(Sources().begin(), Sources().end(),
                                  [name](const Source& source) { return name == source.name; });
  return found == Sources().end() ? nullptr : &*found;
}

absl::Status CheckIdentity(absl::string_view name) {
  if (name.empty() || FindSource(name) != nullptr) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("not one of ", Names(", ", ", ")));
}

absl::Status CheckRoleArns(absl::string_view arns) {
  if (arns.empty()) return absl::OkStatus();
  for (const absl::string_view arn : absl::StrSplit(arns, ',')) {
    absl::Status valid = CheckRoleArn(arn);
    if (!valid.ok()) return valid;
  }
  return absl::OkStatus();
}

absl::Status ParseRoleDuration(absl::string_view text, absl::Duration* duration) {
  if (!absl::ParseDuration(text, duration))
    return absl::InvalidArgumentError("not a time such as 15m, 1h or 1h30m");
  return CheckRoleDuration(*duration);
}

absl::Status CheckPolicy(absl::string_view policy) {
  constexpr size_t kLongest = 2048;
  return policy.size() <= kLongest ? absl::OkStatus()
                                   : absl::InvalidArgumentError("longer than 2048 characters");
}

// A flag that would change nothing is a mistake to tell, not to pass over.
absl::Status CheckNeeds(const ParsedFlags& flags, std::initializer_list<const char*> names, bool met,
                        absl::string_view need) {
  if (met) return absl::OkStatus();
  for (const char* name : names) {
    if (flags.Has(name)) return absl::InvalidArgumentError(absl::StrCat(name, ": only with ", need));
  }
  return absl::OkStatus();
}

absl::Status CheckTogether(const ParsedFlags& flags, const IdentityOptions& options) {
  const bool oidc = options.identity == kOidcSource;
  absl::Status valid =
      CheckNeeds(flags, {kOidcProviderArn, kOidcTokenFile, kOidcTokenEnv}, oidc, "--identity oidc");
  if (valid.ok()) {
    valid = CheckNeeds(flags, {kRoleSessionName, kRoleExternalId, kRolePolicy, kRoleDuration},
                       oidc || !options.role_arn.empty(), kRoleArn);
  }
  if (valid.ok() && !options.oidc_token_file.empty())
    valid = CheckNeeds(flags, {kOidcTokenEnv}, false, absl::StrCat("no ", kOidcTokenFile));
  const Source* const source = FindSource(options.identity);
  const bool has_profiles = options.identity.empty() || (source != nullptr && source->profiles != nullptr);
  if (valid.ok())
    valid = CheckNeeds(flags, {kProfile}, has_profiles, "--identity aliyun-profile or ini-file");
  return valid;
}

}  // namespace

std::vector<FlagSpec> IdentityFlags() {
  std::vector<FlagSpec> flags = {IdentityFlag()};
  flags.insert(flags.end(), std::begin(kOtherFlags), std::end(kOtherFlags));
  return flags;
}

absl::StatusOr<IdentityOptions> ParseIdentityOptions(const ParsedFlags& flags) {
  const auto text = [&flags](const char* name) { return std::string(flags.Get(name)); };
  IdentityOptions options{text(kIdentity),
                          text(kProfile),
                          text(kRoleArn),
                          text(kRoleSessionName),
                          text(kRoleExternalId),
                          text(kRolePolicy),
                          kDefaultRoleDuration,
                          text(kOidcProviderArn),
                          text(kOidcTokenFile),
                          text(kOidcTokenEnv),
                          std::string(flags.Get("--region"))};
  const std::pair<const char*, absl::Status> checks[] = {
      {kIdentity, CheckIdentity(options.identity)},
      {kRoleArn, CheckRoleArns(options.role_arn)},
      {kRoleSessionName, options.role_session_name.empty() ? absl::OkStatus()
                                                           : CheckRoleSessionName(options.role_session_name)},
      {kRolePolicy, CheckPolicy(options.role_policy)},
      {kRoleDuration, ParseRoleDuration(flags.Get(kRoleDuration, "1h"), &options.role_duration)},
  };
  for (const auto& [flag, status] : checks) {
    if (!status.ok()) return flags.About(flag, status);
  }
  absl::Status together = CheckTogether(flags, options);
  if (!together.ok()) return together;
  return options;
}

std::vector<std::string> FormatIdentityOptions(const IdentityOptions& options) {
  const std::string duration =
      options.role_duration == kDefaultRoleDuration ? "" : absl::FormatDuration(options.role_duration);
  const std::pair<const char*, const std::string&> values[] = {
      {kIdentity, options.identity},
      {kProfile, options.profile},
      {kRoleArn, options.role_arn},
      {kRoleSessionName, options.role_session_name},
      {kRoleExternalId, options.role_external_id},
      {kRolePolicy, options.role_policy},
      {kRoleDuration, duration},
      {kOidcProviderArn, options.oidc_provider_arn},
      {kOidcTokenFile, options.oidc_token_file},
      {kOidcTokenEnv, options.oidc_token_env},
  };
  std::vector<std::string> args;
  for (const auto& [flag, value] : values) {
    if (!value.empty()) args.insert(args.end(), {flag, value});
  }
  return args;
}

}  // namespace credential_provider
