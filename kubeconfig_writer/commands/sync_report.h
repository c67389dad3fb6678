// What `sync` tells when it is done: nothing when nothing was to be done, as cron likes it.
#ifndef KUBECONFIG_WRITER_COMMANDS_SYNC_REPORT_H_
#define KUBECONFIG_WRITER_COMMANDS_SYNC_REPORT_H_

#include "credential_provider/base/environment.h"
#include "credential_provider/cli/command.h"
#include "kubeconfig_writer/entries/installation.h"
#include "kubeconfig_writer/install/sync_plan.h"

namespace kubeconfig_writer {

// Returns what to tell of `plan`, which was carried out as `changes`: a line for each change and each cluster
// that is gone, and one of sum. What failed goes to stderr, and makes the status kFailure.
credential_provider::Output TellSynced(const SyncPlan& plan, const EntryChanges& changes, bool dry_run,
                                       const credential_provider::Environment& environment);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_COMMANDS_SYNC_REPORT_H_
