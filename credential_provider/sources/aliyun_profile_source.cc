#include "credential_provider/sources/aliyun_profile_source.h"

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/sha256.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/identity/source_names.h"
#include "credential_provider/sources/aliyun/cloud_sso_mode.h"
#include "credential_provider/sources/aliyun/config_file.h"
#include "credential_provider/sources/aliyun/oauth_mode.h"
#include "credential_provider/sources/aliyun/profile.h"
#include "credential_provider/sources/aliyun/role_modes.h"
#include "credential_provider/sources/aliyun/static_modes.h"
#include "credential_provider/sources/credentials_uri_source.h"
#include "credential_provider/sources/external_command.h"
#include "credential_provider/sources/roles/instance_role_source.h"
#include "credential_provider/text/visible_text.h"

namespace credential_provider {
namespace {

constexpr size_t kMaxConfigBytes = 4 << 20;

absl::StatusOr<Identity> EcsRamRoleMode(AliyunProfile& profile) {
  constexpr char kRole[] = "ram_role_name";
  const absl::StatusOr<std::string> role =
      VisibleText({profile.fields.Place(kRole), profile.fields.OptionalString(kRole)});
  if (!profile.fields.status().ok()) return profile.fields.status();
  if (!role.ok()) return role.status();
  return InstanceRole(kAliyunProfileSource, *role, profile.environment, profile.resolve);
}

absl::StatusOr<Identity> ExternalMode(AliyunProfile& profile) {
  const std::string command = profile.fields.NonEmptyString("process_command");
  if (!profile.fields.status().ok()) return profile.fields.status();
  absl::StatusOr<Identity> identity =
      FromCommand(kAliyunProfileSource, command, profile.environment, profile.resolve);
  if (!identity.ok()) return WithContext(identity.status(), "field \"process_command\"");
  return identity;
}

absl::StatusOr<Identity> CredentialsUriMode(AliyunProfile& profile) {
  std::string uri = profile.fields.OptionalString("credentials_uri");
  if (uri.empty()) uri = std::string(profile.environment.Get("ALIBABA_CLOUD_CREDENTIALS_URI"));
  if (uri.empty()) uri = profile.fields.NonEmptyString("credentials_uri");
  if (!profile.fields.status().ok()) return profile.fields.status();
  absl::StatusOr<Identity> identity =
      FromCredentialsUri(kAliyunProfileSource, uri, profile.environment, profile.resolve);
  if (!identity.ok()) return WithContext(identity.status(), "field \"credentials_uri\"");
  return identity;
}

absl::StatusOr<Identity> RsaKeyPairMode(AliyunProfile&) {
  return WithHint(absl::UnimplementedError("Alibaba Cloud serves RSA key pairs no longer"),
                  "run `aliyun configure` with another mode");
}

absl::StatusOr<Identity> NoKeyMode(AliyunProfile&) {
  return WithHint(absl::UnimplementedError("ACK takes no credential of this mode"),
                  "choose another profile with --profile");
}

struct Mode {
  const char* name;
  absl::StatusOr<Identity> (*find)(AliyunProfile&);
};

constexpr Mode kModes[] = {
    {"", &ModeOfOldFiles},
    {"AK", &AkMode},
    {"StsToken", &StsTokenMode},
    {"RamRoleArn", &RamRoleArnMode},
    {"EcsRamRole", &EcsRamRoleMode},
    {"RamRoleArnWithRoleName", &RamRoleArnWithRoleNameMode},
    {"ChainableRamRoleArn", &ChainableRamRoleArnMode},
    {"External", &ExternalMode},
    {"CredentialsURI", &CredentialsUriMode},
    {"OIDC", &OidcMode},
    {"CloudSSO", &CloudSsoMode},
    {"OAuth", &OAuthMode},
    {"RsaKeyPair", &RsaKeyPairMode},
    {"BearerToken", &NoKeyMode},
    {"Anonymous", &NoKeyMode},
};

absl::StatusOr<Identity> FindByMode(const std::string& mode, AliyunProfile& profile) {
  for (const Mode& known : kModes) {
    if (mode == known.name) return known.find(profile);
  }
  return absl::UnimplementedError("no such mode is known");
}

absl::StatusOr<Identity> IdentityOf(const AliyunConfig& config, const std::string& name,
                                    const IdentityOptions& options, const Environment& environment,
                                    const Resolver& resolve, std::vector<std::string> seen);

// Resolves the profile that `seen.back()` builds on.
absl::StatusOr<Identity> SourceProfile(const AliyunConfig& config, const std::string& name,
                                       const IdentityOptions& options, const Environment& environment,
                                       const Resolver& resolve, const std::vector<std::string>& seen) {
  if (std::find(seen.begin(), seen.end(), name) != seen.end()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "field \"source_profile\" leads back to itself: ", absl::StrJoin(seen, " > "), " > ", name));
  }
  absl::StatusOr<Identity> identity = IdentityOf(config, name, options, environment, resolve, seen);
  if (!absl::IsNotFound(identity.status())) return identity;
  return absl::FailedPreconditionError(
      absl::StrCat("field \"source_profile\": ", identity.status().message()));
}

// Adds what the profile says about endpoints, as far as the aliyun CLI uses it for Container Service.
void AddEndpoints(JsonReader& fields, Identity* identity) {
  const std::string region = fields.OptionalString("region_id"), endpoint = fields.OptionalString("endpoint");
  if (!region.empty()) identity->region = region;
  if (!endpoint.empty()) identity->endpoint = {"field \"endpoint\" of the profile", endpoint};
  if (absl::EqualsIgnoreCase(fields.OptionalString("endpoint_type"), "vpc"))
    identity->vpc_from = "field \"endpoint_type\" of the profile";
  identity->sts = {fields.OptionalString("sts_endpoint"), fields.OptionalString("sts_region"),
                   fields.OptionalBool("enable_vpc")};
}

absl::StatusOr<Identity> IdentityOf(const AliyunConfig& config, const std::string& name,
                                    const IdentityOptions& options, const Environment& environment,
                                    const Resolver& resolve, std::vector<std::string> seen) {
  const std::string subject = absl::StrCat(config.path, ": profile \"", Printable(name, 60), "\"");
  const nlohmann::json* const json = config.FindProfile(name);
  if (json == nullptr) return absl::NotFoundError(absl::StrCat(subject, ": not there"));
  seen.push_back(name);
  AliyunProfile profile{config.path,
                        name,
                        JsonReader::Of(*json, ""),
                        environment,
                        resolve,
                        [&](const std::string& source) {
                          return SourceProfile(config, source, options, environment, resolve, seen);
                        },
                        options.region};
  const std::string mode = profile.fields.OptionalString("mode");
  Identity endpoints;
  AddEndpoints(profile.fields, &endpoints);
  if (!profile.fields.status().ok()) return WithContext(profile.fields.status(), subject);
  absl::StatusOr<Identity> identity = FindByMode(mode, profile);
  if (!identity.ok()) {
    return WithContext(identity.status(),
                       mode.empty() ? subject : absl::StrCat(subject, " (mode ", Printable(mode, 30), ")"));
  }
  AddEndpoints(profile.fields, &*identity);
  return identity;
}

// The modes keep their tokens in the file, and a profile may build on another.
std::string FileProof(const std::string& path, const std::function<std::string()>& own) {
  const absl::StatusOr<std::string> data = ReadFile(path, kMaxConfigBytes);
  return Fingerprint(absl::StrCat(own ? own() : "", " ", data.ok() ? *data : ""));
}

}  // namespace

absl::StatusOr<Identity> FindAliyunProfile(const IdentityOptions& options, const Environment& environment,
                                           const Resolver& resolve) {
  absl::StatusOr<std::string> path = AliyunConfigPath(environment, !options.profile.empty());
  if (!path.ok()) return path.status();
  absl::StatusOr<AliyunConfig> config = ReadAliyunConfig(*path);
  if (!config.ok()) return config.status();
  ChosenProfile chosen = ChooseAliyunProfile(options.profile, environment, *config);
  absl::StatusOr<Identity> identity = IdentityOf(*config, chosen.name, options, environment, resolve, {});
  if (!identity.ok()) return identity;
  identity->proof = [path = *path, own = identity->proof] { return FileProof(path, own); };
  identity->found_in = {*std::move(path), std::move(chosen.name), chosen.by};
  return identity;
}

std::vector<std::string> AliyunProfileNames(const Environment& environment) {
  absl::StatusOr<std::string> path = AliyunConfigPath(environment, /*by_name=*/true);
  if (!path.ok()) return {};
  absl::StatusOr<AliyunConfig> config = ReadAliyunConfig(*path);
  return config.ok() ? config->ProfileNames() : std::vector<std::string>();
}

}  // namespace credential_provider
