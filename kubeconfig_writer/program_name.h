// The name under which users know this program.
#ifndef KUBECONFIG_WRITER_PROGRAM_NAME_H_
#define KUBECONFIG_WRITER_PROGRAM_NAME_H_

namespace kubeconfig_writer {

inline constexpr char kWriterName[] = "kubeconfig_writer";

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_PROGRAM_NAME_H_
