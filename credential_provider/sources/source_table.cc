#include "credential_provider/sources/source_table.h"

#include "credential_provider/identity/source_names.h"
#include "credential_provider/sources/aliyun_profile_source.h"
#include "credential_provider/sources/credentials_uri_source.h"
#include "credential_provider/sources/environment_source.h"
#include "credential_provider/sources/ini_file_source.h"
#include "credential_provider/sources/oidc_environment_source.h"
#include "credential_provider/sources/oidc_source.h"
#include "credential_provider/sources/roles/instance_role_source.h"

namespace credential_provider {
namespace {

// A source that names the principal by itself.
template <absl::StatusOr<Identity> (*find)(const IdentityOptions&, const Environment&)>
absl::StatusOr<Identity> Unasked(const IdentityOptions& options, const Environment& environment,
                                 const Resolver&) {
  return find(options, environment);
}

constexpr Source kSources[] = {
    {kEnvironmentSource, &Unasked<FindInEnvironment>},
    {kOidcEnvironmentSource, &Unasked<FindInOidcEnvironment>},
    {kAliyunProfileSource, &FindAliyunProfile, &AliyunProfileNames},
    {kIniFileSource, &FindInIniFile, &IniSectionNames},
    {kInstanceRoleSource, &FindInstanceRole},
    {kCredentialsUriSource, &FindCredentialsUri},
    {kOidcSource, &Unasked<FindOidc>, /*profiles=*/nullptr, /*by_name_only=*/true},
};

}  // namespace

absl::Span<const Source> Sources() { return kSources; }

}  // namespace credential_provider
