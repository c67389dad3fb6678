// The flags of every command that changes a kubeconfig, and what they ask for.
#ifndef KUBECONFIG_WRITER_FILE_EDIT_CHOICE_H_
#define KUBECONFIG_WRITER_FILE_EDIT_CHOICE_H_

#include <string>

#include "absl/status/statusor.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/cli/command_line.h"
#include "kubeconfig_writer/file/kubeconfig_file.h"

namespace kubeconfig_writer {

inline constexpr credential_provider::FlagSpec kDryRunFlag = {
    "--dry-run", nullptr, "print what would change as a diff, without secrets, and write nothing"};
inline constexpr credential_provider::FlagSpec kNoBackupFlag = {"--no-backup", nullptr,
                                                                "keep no backup for undo"};

struct EditChoice {
  bool dry_run = false;
  EditOptions options;
};

EditChoice ParseEditChoice(const credential_provider::ParsedFlags& flags,
                           const credential_provider::Environment& environment);

struct Edited {
  bool changed = false;  // the file, now or if it were not a dry run
  std::string diff;      // of a dry run
};

// EditKubeconfig, or for a dry run PreviewEdit.
absl::StatusOr<Edited> EditAsAsked(const std::string& path, EditKubeconfigText edit,
                                   const EditChoice& choice);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_FILE_EDIT_CHOICE_H_
