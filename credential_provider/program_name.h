// The name under which users and kubeconfigs know this program.
#ifndef CREDENTIAL_PROVIDER_PROGRAM_NAME_H_
#define CREDENTIAL_PROVIDER_PROGRAM_NAME_H_

namespace credential_provider {

inline constexpr char kProgramName[] = "credential_provider";

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_PROGRAM_NAME_H_
