#include "credential_provider/sources/source_chain.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/base/status_reasons.h"
#include "credential_provider/identity/identity_text.h"
#include "credential_provider/identity/source_names.h"
#include "credential_provider/log/log.h"
#include "credential_provider/sources/roles/assume_role.h"
#include "credential_provider/sources/roles/instance_role_source.h"
#include "credential_provider/sources/roles/role_variables.h"
#include "credential_provider/sources/roles/sts_place.h"
#include "credential_provider/sources/source_table.h"
#include "credential_provider/text/did_you_mean.h"

namespace credential_provider {
namespace {

bool IsAsked(const Source& source, const IdentityOptions& options) {
  if (!options.identity.empty()) return options.identity == source.name;
  return !source.by_name_only && (options.profile.empty() || source.profiles != nullptr);
}

// What to do when the profile that was asked for is nowhere: "" when none was, or there are none at all.
std::string OtherProfiles(const IdentityOptions& options, const Environment& environment) {
  if (options.profile.empty()) return "";
  std::vector<std::string> names;
  for (const Source& source : Sources()) {
    if (!IsAsked(source, options) || source.profiles == nullptr) continue;
    for (std::string& name : source.profiles(environment)) names.push_back(std::move(name));
  }
  if (names.empty()) return "";
  return DidYouMean(options.profile, names, absl::StrCat("the profiles that there are: ", FirstNames(names)));
}

absl::Status NothingFound(const absl::Status& last, const std::vector<SkippedSource>& skipped,
                          absl::string_view hint = "") {
  std::vector<std::string> reasons;
  for (const SkippedSource& source : skipped)
    reasons.push_back(absl::StrCat(source.source, ": ", source.reason));
  if (!last.ok()) reasons.push_back(absl::StrCat(kInstanceRoleSource, ": ", last.message()));
  return WithHint(WithReasons(absl::UnauthenticatedError("no Alibaba Cloud identity found"), reasons),
                  !hint.empty()
                      ? hint
                      : "set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or run "
                        "`aliyun configure`");
}

// The instance role. When it turns out that there is none, nothing was found at all.
absl::StatusOr<FoundIdentity> LastResort(const Environment& environment, std::vector<SkippedSource> skipped,
                                         const Resolver& resolve) {
  absl::StatusOr<Identity> instance = InstanceRole(kInstanceRoleSource, "", environment, resolve);
  if (!instance.ok()) return NothingFound(instance.status(), skipped);
  FoundIdentity found{*instance, skipped};
  found.identity.access_key = [instance = *std::move(instance), skipped = std::move(skipped)](
                                  const NetworkContext& fetch) -> absl::StatusOr<AccessKey> {
    absl::StatusOr<AccessKey> key = instance.access_key(fetch);
    if (key.ok() || PlaceHasChanged(key.status())) return key;
    return NothingFound(key.status(), skipped);
  };
  return found;
}

absl::StatusOr<FoundIdentity> FindFirst(const IdentityOptions& options, const Environment& environment,
                                        const Resolver& resolve) {
  std::vector<SkippedSource> skipped;
  std::string hint;
  for (const Source& source : Sources()) {
    if (!IsAsked(source, options)) continue;
    absl::StatusOr<Identity> identity = source.find(options, environment, resolve);
    if (identity.ok()) return FoundIdentity{*std::move(identity), std::move(skipped)};
    if (!absl::IsNotFound(identity.status())) return identity.status();
    skipped.push_back({source.name, std::string(identity.status().message())});
    hint = HintOf(identity.status());
  }
  const bool anything = options.identity.empty() && options.profile.empty();
  if (!anything) {
    const std::string others = OtherProfiles(options, environment);
    const bool one = skipped.size() == 1;  // its hint is the answer's
    return NothingFound(absl::OkStatus(), skipped, others.empty() && one ? hint : others);
  }
  skipped.erase(std::find_if(skipped.begin(), skipped.end(), [](const SkippedSource& source) {
    return source.source == kInstanceRoleSource;
  }));
  return LastResort(environment, std::move(skipped), resolve);
}

// Which one was taken, and why not those before it.
void LogFound(const FoundIdentity& found) {
  if (Logs(LogLevel::kDebug)) {
    for (const SkippedSource& skipped : found.skipped) {
      Log(LogLevel::kDebug, "source-skipped", [&] {
        return LogFields{{"source", skipped.source}, {"reason", skipped.reason}};
      });
    }
  }
  Log(LogLevel::kInfo, "source", [&] {
    LogFields fields = {{"source", found.identity.source}, {"identity", ShownIdentity(found.identity.who)}};
    const FoundIn& in = found.identity.found_in;
    if (!in.file.empty()) fields.emplace_back("file", in.file);
    if (!in.profile.empty()) fields.emplace_back("profile", in.profile);
    if (*in.chosen_by != '\0') fields.emplace_back("chosen_by", in.chosen_by);
    return fields;
  });
}

void LogNotFound(const absl::Status& failure) {
  Log(LogLevel::kInfo, "source", [&] {
    return LogFields{{"source", "none"}, {"reason", failure.message()}};
  });
}

}  // namespace

absl::StatusOr<FoundIdentity> FindIdentity(const IdentityOptions& options, const Environment& environment,
                                           const Resolver& resolve) {
  absl::StatusOr<FoundIdentity> found = FindFirst(options, environment, resolve);
  if (found.ok()) {
    AddEndpointVariables(environment, &found->identity);
    LogFound(*found);
  } else {
    LogNotFound(found.status());
  }
  if (!found.ok() || options.role_arn.empty() || options.identity == kOidcSource) return found;
  absl::StatusOr<ServiceUrl> sts = FindStsOf(found->identity, options.region, environment);
  if (!sts.ok()) return sts.status();
  for (const RoleRequest& role : RolesOf(options)) {
    found->identity = WithRole(std::move(found->identity), role, *sts);
  }
  return found;
}

void AddUnusedRole(const IdentityOptions& options, const Environment& environment, FoundIdentity* found) {
  const bool role = !RoleVariable(environment, "ROLE_ARN").empty();
  if (found->identity.source != kEnvironmentSource || !role || !options.role_arn.empty()) return;
  const bool whole = !RoleVariable(environment, "OIDC_PROVIDER_ARN").empty() &&
                     !RoleVariable(environment, "OIDC_TOKEN_FILE").empty();
  found->skipped.push_back(
      {kOidcEnvironmentSource,
       whole
           ? "its variables are set and were not used, because the AccessKey of the environment comes first; "
             "--identity oidc-environment takes the role"
           : "ALIBABA_CLOUD_ROLE_ARN is set and was not used, because the AccessKey of the environment "
             "stands "
             "for itself; --role-arn assumes a role"});
}

}  // namespace credential_provider
