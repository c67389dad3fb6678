// What is said of contexts that lead to nothing, once an entry is gone.
#ifndef KUBECONFIG_WRITER_COMMANDS_DANGLING_NOTICE_H_
#define KUBECONFIG_WRITER_COMMANDS_DANGLING_NOTICE_H_

#include <string>
#include <vector>

namespace kubeconfig_writer {

// Warns of each context in the files at `paths` that leads to `name` still, which is gone: those that others
// have made are not ours to remove. `given` is what --kubeconfig names, "" for nothing.
void WarnOfDangling(const std::vector<std::string>& paths, const std::string& given, const std::string& name);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_COMMANDS_DANGLING_NOTICE_H_
