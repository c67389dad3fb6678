// One ACK user, with a static key or with ack-ram-tool, on its way to an exec stanza: planned, proven, and
// only then written.
#ifndef KUBECONFIG_WRITER_MIGRATION_MIGRATION_H_
#define KUBECONFIG_WRITER_MIGRATION_MIGRATION_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "credential_provider/base/step_listener.h"
#include "credential_provider/cli/command_line.h"
#include "kubeconfig_writer/access/cluster_access.h"
#include "kubeconfig_writer/file/merged_kubeconfig.h"
#include "kubeconfig_writer/migration/static_ack_user.h"
#include "nlohmann/json.hpp"

namespace kubeconfig_writer {

struct Migration {
  KubeconfigEntry old_user;
  bool has_key = true;                // the old user's; else it runs ack-ram-tool
  StaticAckUser facts;                // of the old user; without a key nothing but the cluster
  nlohmann::ordered_json new_user;    // the content that takes the old one's place
  KubeconfigEntry cluster;            // the one that all contexts of the user lead to
  std::vector<std::string> contexts;  // of the user
  std::string backup_folder;          // for undo; "" for none, where it would hold the key
};

// Plans the migration of the user of `context`; `flags` are those of `get`, but --cluster-id may be missing,
// and "--command". What ack-ram-tool was told counts where no flag was typed. FailedPrecondition when other
// contexts use it for another server: one stanza cannot serve both.
absl::StatusOr<Migration> PlanMigration(const MergedKubeconfig& kubeconfig, const std::string& context,
                                        const credential_provider::ParsedFlags& flags,
                                        const credential_provider::Environment& environment);

// Signs in the old way and the new way. Returns whom the cluster knows the new one as, when it leads to the
// same server as a user whom the cluster accepts, who is the old one's (or `allow_other_user`), and who may
// list the namespaces if the old one may. Where the cluster names no users, the certificates do. Tells `say`
// the names of both.
absl::StatusOr<std::string> ProveMigration(const Migration& migration, const AccessOptions& options,
                                           bool allow_other_user, credential_provider::SayStep say);

// Puts the new user into its file, unless the old one has changed there since it was read, and calls
// `written` as soon as the file is. No backup of a key is kept. For a dry run writes nothing
// and returns the diff, without secrets.
absl::StatusOr<std::string> WriteMigration(const Migration& migration, bool dry_run,
                                           std::function<void()> written);

// Returns FailedPrecondition with the lines on which the old key still is when the new users of `all` are
// in the file: in a comment, in a field that only others know, or with another user. Writes nothing.
absl::Status CheckKeyIsGone(const Migration& migration, absl::Span<const Migration> all);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_MIGRATION_MIGRATION_H_
