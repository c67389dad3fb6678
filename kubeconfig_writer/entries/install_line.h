// The command by which an entry is installed again as it is: for hints.
#ifndef KUBECONFIG_WRITER_ENTRIES_INSTALL_LINE_H_
#define KUBECONFIG_WRITER_ENTRIES_INSTALL_LINE_H_

#include <string>

#include "kubeconfig_writer/file/merged_kubeconfig.h"

namespace kubeconfig_writer {

// Returns the line, quoted for a shell, that writes the stanza of `user` anew with its own flags, name and
// file.
// "" for one that no install writes: it is not ours, was migrated, or its name would be taken for a template;
// and for one whose variables say who asks: in another shell the line would be for another identity.
std::string InstallLine(const KubeconfigEntry& user);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_ENTRIES_INSTALL_LINE_H_
