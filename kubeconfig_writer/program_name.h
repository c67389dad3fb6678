// The name under which users know this program.
#ifndef KUBECONFIG_WRITER_PROGRAM_NAME_H_
#define KUBECONFIG_WRITER_PROGRAM_NAME_H_

#include "credential_provider/program_name.h"

namespace kubeconfig_writer {

// A reference, because ubsan takes no copy of it for a constant.
inline constexpr const auto& kWriterName = credential_provider::kWriterProgramName;

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_PROGRAM_NAME_H_
