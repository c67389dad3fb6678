// The names under which users and kubeconfigs know the programs.
#ifndef CREDENTIAL_PROVIDER_PROGRAM_NAME_H_
#define CREDENTIAL_PROVIDER_PROGRAM_NAME_H_

namespace credential_provider {

inline constexpr char kProgramName[] = "credential_provider";
inline constexpr char kWriterProgramName[] = "kubeconfig_writer";

// What `kubectl ack` starts, and the only name that krew links: a link to either program, or a copy of one.
inline constexpr char kPluginName[] = "kubectl-ack";

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_PROGRAM_NAME_H_
