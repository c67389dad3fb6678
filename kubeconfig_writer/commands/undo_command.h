// `kubeconfig_writer undo`: takes back the last change that this program made.
#ifndef KUBECONFIG_WRITER_COMMANDS_UNDO_COMMAND_H_
#define KUBECONFIG_WRITER_COMMANDS_UNDO_COMMAND_H_

#include "credential_provider/cli/command.h"

namespace kubeconfig_writer {

extern const credential_provider::Command kUndoCommand;

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_COMMANDS_UNDO_COMMAND_H_
