#include "credential_provider/sources/ini_file_source.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/identity/source_names.h"
#include "credential_provider/identity/static_key.h"
#include "credential_provider/sources/credentials_uri_source.h"
#include "credential_provider/sources/external_command.h"
#include "credential_provider/sources/roles/assume_role.h"
#include "credential_provider/sources/roles/instance_role_source.h"
#include "credential_provider/sources/roles/oidc_role.h"
#include "credential_provider/sources/roles/sts_place.h"
#include "credential_provider/text/ini_text.h"
#include "credential_provider/text/visible_text.h"

namespace credential_provider {
namespace {

constexpr size_t kMaxFileBytes = 1 << 20;

// A section's values; remembers the first key that is missing.
class SectionReader {
 public:
  SectionReader(const IniSection& section, std::string given_region)
      : section_(section), given_region_(std::move(given_region)) {}

  std::string Optional(const char* key) const {
    const auto found = section_.find(key);
    return found == section_.end() ? "" : found->second;
  }

  std::string Needed(const char* key) {
    std::string value = Optional(key);
    if (value.empty() && status_.ok())
      status_ = absl::InvalidArgumentError(absl::StrCat("key \"", key, "\" is missing or empty"));
    return value;
  }

  const absl::Status& status() const { return status_; }
  const std::string& given_region() const { return given_region_; }  // of --region

 private:
  const IniSection& section_;
  const std::string given_region_;
  absl::Status status_;
};

absl::StatusOr<Identity> KeyWith(SectionReader& in, const FoundValue& token) {
  const FoundValue id = {"key \"access_key_id\"", in.Needed("access_key_id")};
  const FoundValue secret = {"key \"access_key_secret\"", in.Needed("access_key_secret")};
  if (!in.status().ok()) return in.status();
  absl::StatusOr<AccessKey> key = MakeAccessKey(id, secret, token);
  if (!key.ok()) return key.status();
  return StaticKey(kIniFileSource, *std::move(key));
}

absl::StatusOr<Identity> AccessKeyType(SectionReader& in, const Environment&, const Resolver&) {
  return KeyWith(in, {});
}

// The official Go SDK reads security_token, and ack-ram-tool, which writes that too, reads sts_token.
absl::StatusOr<Identity> StsType(SectionReader& in, const Environment&, const Resolver&) {
  const std::string sdk = in.Optional("security_token"), tool = in.Optional("sts_token");
  if (!sdk.empty() && !tool.empty() && sdk != tool)
    return absl::InvalidArgumentError("keys \"security_token\" and \"sts_token\" differ");
  const char* const name = tool.empty() ? "security_token" : "sts_token";
  return KeyWith(in, {absl::StrCat("key \"", name, "\""), in.Needed(name)});
}

absl::StatusOr<RoleRequest> ReadRole(SectionReader& in) {
  RoleRequest role;
  role.role_arn = in.Needed("role_arn");
  const std::string session = in.Optional("role_session_name");
  if (!session.empty()) role.session_name = session;
  role.policy = in.Optional("policy");
  const std::string seconds = in.Optional("role_session_expiration");
  int64_t number = 0;
  if (!in.status().ok()) return in.status();
  if (!seconds.empty() && !absl::SimpleAtoi(seconds, &number))
    return absl::InvalidArgumentError("key \"role_session_expiration\": not a number of seconds");
  if (number != 0) role.duration = absl::Seconds(number);
  absl::Status duration = CheckRoleDuration(role.duration);
  if (!duration.ok()) return WithContext(duration, "key \"role_session_expiration\"");
  absl::Status arn = CheckRoleArn(role.role_arn);
  if (!arn.ok()) return WithContext(arn, "key \"role_arn\"");
  absl::Status name = CheckRoleSessionName(role.session_name);
  if (!name.ok()) return WithContext(name, "key \"role_session_name\"");
  return role;
}

absl::StatusOr<ServiceUrl> ReadSts(SectionReader& in, const Environment& environment) {
  const std::string region = in.Optional("sts_region");
  absl::StatusOr<ServiceUrl> sts = FindSts(environment, {{"", region, false}, in.given_region()});
  if (!sts.ok() && !region.empty()) return WithContext(sts.status(), "key \"sts_region\"");
  return sts;
}

absl::StatusOr<Identity> RamRoleArnType(SectionReader& in, const Environment& environment,
                                        const Resolver& resolve) {
  absl::StatusOr<Identity> base = AccessKeyType(in, environment, resolve);
  if (!base.ok()) return base;
  absl::StatusOr<RoleRequest> role = ReadRole(in);
  if (!role.ok()) return role.status();
  absl::StatusOr<ServiceUrl> sts = ReadSts(in, environment);
  if (!sts.ok()) return sts.status();
  return WithRole(*std::move(base), *role, *sts);
}

absl::StatusOr<Identity> EcsRamRoleType(SectionReader& in, const Environment& environment,
                                        const Resolver& resolve) {
  const absl::StatusOr<std::string> role = VisibleText({"key \"role_name\"", in.Optional("role_name")});
  if (!role.ok()) return role.status();
  return InstanceRole(kIniFileSource, *role, environment, resolve);
}

absl::StatusOr<Identity> OidcRoleArnType(SectionReader& in, const Environment& environment, const Resolver&) {
  OidcRole oidc;
  oidc.provider_arn = in.Needed("oidc_provider_arn");
  const std::string file = in.Needed("oidc_token_file_path");
  absl::StatusOr<RoleRequest> role = ReadRole(in);
  if (!role.ok()) return role.status();
  oidc.role = *std::move(role);
  absl::StatusOr<OidcTokenLocation> token = TokenInFile(file);
  if (!token.ok()) return token.status();
  oidc.token = *std::move(token);
  absl::StatusOr<ServiceUrl> sts = ReadSts(in, environment);
  if (!sts.ok()) return sts.status();
  oidc.sts = *std::move(sts);
  return WithOidcRole(kIniFileSource, oidc);
}

absl::StatusOr<Identity> RsaKeyPairType(SectionReader&, const Environment&, const Resolver&) {
  return WithHint(absl::UnimplementedError("Alibaba Cloud serves RSA key pairs no longer"),
                  "give the section another type");
}

absl::StatusOr<Identity> CredentialsUriType(SectionReader& in, const Environment& environment,
                                            const Resolver& resolve) {
  const std::string uri = in.Needed("credentials_uri");
  if (!in.status().ok()) return in.status();
  absl::StatusOr<Identity> identity = FromCredentialsUri(kIniFileSource, uri, environment, resolve);
  if (!identity.ok()) return WithContext(identity.status(), "key \"credentials_uri\"");
  return identity;
}

absl::StatusOr<Identity> ExternalType(SectionReader& in, const Environment& environment,
                                      const Resolver& resolve) {
  const std::string command = in.Needed("process_command");
  if (!in.status().ok()) return in.status();
  absl::StatusOr<Identity> identity = FromCommand(kIniFileSource, command, environment, resolve);
  if (!identity.ok()) return WithContext(identity.status(), "key \"process_command\"");
  return identity;
}

struct Type {
  const char* name;
  absl::StatusOr<Identity> (*find)(SectionReader&, const Environment&, const Resolver&);
};

constexpr Type kTypes[] = {
    {"access_key", &AccessKeyType},           {"sts", &StsType},
    {"ram_role_arn", &RamRoleArnType},        {"ecs_ram_role", &EcsRamRoleType},
    {"oidc_role_arn", &OidcRoleArnType},      {"rsa_key_pair", &RsaKeyPairType},
    {"credentials_uri", &CredentialsUriType}, {"external", &ExternalType},
};

absl::StatusOr<Identity> FindByType(SectionReader in, const Environment& environment,
                                    const Resolver& resolve) {
  const std::string type = in.Needed("type");
  if (!in.status().ok()) return in.status();
  for (const Type& known : kTypes) {
    if (type != known.name) continue;
    absl::StatusOr<Identity> identity = known.find(in, environment, resolve);
    if (!identity.ok()) return WithContext(identity.status(), absl::StrCat("type ", type));
    return identity;
  }
  return absl::UnimplementedError(absl::StrCat("type \"", Printable(type, 30), "\" is not known"));
}

std::vector<std::string> Paths(const Environment& environment) {
  const absl::string_view path = environment.Get("ALIBABA_CLOUD_CREDENTIALS_FILE");
  if (!path.empty()) return {std::string(path)};
  if (environment.Get("HOME").empty()) return {};
  return {InHome(environment, "/.alibabacloud/credentials"),
          InHome(environment, "/.alibabacloud/credentials.ini")};
}

absl::StatusOr<Identity> FindInFile(const std::string& path, absl::string_view text, const std::string& name,
                                    const std::string& given_region, const Environment& environment,
                                    const Resolver& resolve) {
  const absl::StatusOr<std::map<std::string, IniSection>> sections = ParseIni(text);
  if (!sections.ok()) return WithContext(sections.status(), path);
  const std::string subject = absl::StrCat(path, ": section \"", Printable(name, 60), "\"");
  const auto section = sections->find(name);
  if (section == sections->end()) return absl::NotFoundError(absl::StrCat(subject, ": not there"));
  const SectionReader in(section->second, given_region);
  if (absl::EqualsIgnoreCase(in.Optional("enable"), "false"))
    return absl::NotFoundError(absl::StrCat(subject, ": not enabled"));
  absl::StatusOr<Identity> identity = FindByType(in, environment, resolve);
  if (!identity.ok()) return WithContext(identity.status(), subject);
  return identity;
}

// Its name, and what says so.
std::pair<std::string, const char*> ChooseSection(const IdentityOptions& options,
                                                  const Environment& environment) {
  static constexpr char kVariable[] = "ALIBABA_CLOUD_PROFILE";  // its name is returned
  if (!options.profile.empty()) return {options.profile, "--profile"};
  const absl::string_view named = environment.Get(kVariable);
  if (!named.empty()) return {std::string(named), kVariable};
  return {"default", "its name: no other is asked for"};
}

}  // namespace

absl::StatusOr<Identity> FindInIniFile(const IdentityOptions& options, const Environment& environment,
                                       const Resolver& resolve) {
  const auto [name, chosen_by] = ChooseSection(options, environment);
  absl::Status missing = absl::NotFoundError("HOME is not set");
  for (const std::string& path : Paths(environment)) {
    absl::StatusOr<std::string> text = ReadFile(path, kMaxFileBytes);
    if (text.ok()) {
      absl::StatusOr<Identity> found = FindInFile(path, *text, name, options.region, environment, resolve);
      if (found.ok()) found->found_in = {path, name, chosen_by};
      return found;
    }
    if (!absl::IsNotFound(text.status())) return text.status();
    if (missing.message() == "HOME is not set") missing = text.status();
  }
  return missing;
}

std::vector<std::string> IniSectionNames(const Environment& environment) {
  std::vector<std::string> names;
  for (const std::string& path : Paths(environment)) {
    const absl::StatusOr<std::string> text = ReadFile(path, kMaxFileBytes);
    if (!text.ok()) continue;
    const absl::StatusOr<std::map<std::string, IniSection>> sections = ParseIni(*text);
    if (!sections.ok()) return {};
    for (const auto& [name, section] : *sections) names.push_back(name);
    return names;
  }
  return names;
}

}  // namespace credential_provider
