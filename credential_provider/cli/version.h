// Which release this is. The numbers are in packaging/version.bzl, and nowhere else.
#ifndef CREDENTIAL_PROVIDER_CLI_VERSION_H_
#define CREDENTIAL_PROVIDER_CLI_VERSION_H_

namespace credential_provider {

inline constexpr char kVersion[] = CREDENTIAL_PROVIDER_VERSION;    // "1.2.3"
inline constexpr char kReleased[] = CREDENTIAL_PROVIDER_RELEASED;  // "2026-01-02", the day

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_CLI_VERSION_H_
