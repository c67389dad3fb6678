#include "credential_provider/identity/identity_options.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/identity/source_names.h"

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

constexpr FlagSpec kFlags[] = {
    {kIdentity, "NAME",
     "who calls: environment, oidc-environment, aliyun-profile, ini-file, instance-role, credentials-uri or "
     "oidc (default: the first that is there)",
     "environment|oidc-environment|aliyun-profile|ini-file|instance-role|credentials-uri|oidc"},
    {kProfile, "NAME", "the profile of ~/.aliyun/config.json, or section of ~/.alibabacloud/credentials"},
    {kRoleArn, "ARN", "a RAM role to take on; several, with commas, one from the other"},
    {kRoleSessionName, "NAME", "the name of the role's session (default: credential_provider)"},
    {kRoleExternalId, "ID", "the external id that the role's trust policy asks for"},
    {kRolePolicy, "JSON", "a RAM policy that narrows what the role's session may do"},
    {kRoleDuration, "TIME", "how long the role's session lives: 15m to 12h (default: 1h)"},
    {kOidcProviderArn, "ARN", "with --identity oidc: the OIDC provider in RAM"},
    {kOidcTokenFile, "FILE", "with --identity oidc: the file that holds the token"},
    {kOidcTokenEnv, "VARIABLE", "with --identity oidc: the environment variable that holds the token"},
};

absl::Status CheckIdentity(absl::string_view name) {
  const bool known = std::any_of(std::begin(kSourceNames), std::end(kSourceNames),
                                 [name](const SourceName& source) { return name == source.name; });
  if (name.empty() || known) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      "not one of ",
      absl::StrJoin(kSourceNames, ", ", [](std::string* out, const SourceName& s) { out->append(s.name); })));
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
  const bool has_profiles = options.identity.empty() || options.identity == kAliyunProfileSource ||
                            options.identity == kIniFileSource;
  if (valid.ok())
    valid = CheckNeeds(flags, {kProfile}, has_profiles, "--identity aliyun-profile or ini-file");
  return valid;
}

}  // namespace

absl::Span<const FlagSpec> IdentityFlags() { return kFlags; }

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
    if (!status.ok()) return WithContext(status, flag);
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

std::vector<RoleRequest> RolesOf(const IdentityOptions& options) {
  std::vector<RoleRequest> roles;
  if (options.role_arn.empty()) return roles;
  for (const absl::string_view arn : absl::StrSplit(options.role_arn, ',')) {
    RoleRequest role;
    role.role_arn = std::string(arn);
    if (!options.role_session_name.empty()) role.session_name = options.role_session_name;
    roles.push_back(std::move(role));
  }
  roles.back().duration = options.role_duration;
  roles.back().policy = options.role_policy;
  roles.back().external_id = options.role_external_id;
  return roles;
}

}  // namespace credential_provider
