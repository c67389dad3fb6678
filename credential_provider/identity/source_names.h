// The names of sources that others than their own file speak of. The table of all is sources/source_table.
#ifndef CREDENTIAL_PROVIDER_IDENTITY_SOURCE_NAMES_H_
#define CREDENTIAL_PROVIDER_IDENTITY_SOURCE_NAMES_H_

namespace credential_provider {

constexpr char kEnvironmentSource[] = "environment";
constexpr char kOidcEnvironmentSource[] = "oidc-environment";
constexpr char kAliyunProfileSource[] = "aliyun-profile";
constexpr char kIniFileSource[] = "ini-file";
constexpr char kInstanceRoleSource[] = "instance-role";
constexpr char kCredentialsUriSource[] = "credentials-uri";
constexpr char kOidcSource[] = "oidc";

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_IDENTITY_SOURCE_NAMES_H_
