// The names by which the user picks a source (--identity), and what each one is.
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

struct SourceName {
  const char* name;
  const char* summary;  // one line, lower case, no final period
};

// In the order in which the sources are asked; the last is only asked by name.
constexpr SourceName kSourceNames[] = {
    {kEnvironmentSource, "an AccessKey in ALIBABA_CLOUD_ACCESS_KEY_ID and _SECRET"},
    {kOidcEnvironmentSource, "the RAM role of an ACK pod (RRSA), from the variables that its webhook sets"},
    {kAliyunProfileSource, "a profile of the aliyun CLI, in ~/.aliyun/config.json"},
    {kIniFileSource, "a section of ~/.alibabacloud/credentials"},
    {kInstanceRoleSource, "the RAM role of the ECS instance this runs on"},
    {kCredentialsUriSource, "an AccessKey that a local service hands out (ALIBABA_CLOUD_CREDENTIALS_URI)"},
    {kOidcSource, "a RAM role for a CI job's token, with nothing stored"},
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_IDENTITY_SOURCE_NAMES_H_
