// What a run that answers kubectl says in the log (log/log.h), in the order in which it comes to it.
#ifndef CREDENTIAL_PROVIDER_ANSWER_RUN_LOG_H_
#define CREDENTIAL_PROVIDER_ANSWER_RUN_LOG_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "credential_provider/kubernetes/credential.h"
#include "credential_provider/runs/run_record.h"
#include "credential_provider/runs/verdict.h"
#include "credential_provider/store/credential_key.h"
#include "credential_provider/store/credential_store.h"
#include "credential_provider/store/entry.h"

namespace credential_provider {

// What was looked for, and whether it is served, by which rule.
void LogLookup(const CredentialKey& key, Verdict verdict, const absl::optional<Entry>& stored);

// It is renewed before it has to be, in a process that nobody waits for.
void LogAhead(const CredentialKey& key, const absl::optional<Entry>& stored);

// Issuing has failed so lately that it is not tried again.
void LogRemembered(const IssueRecord& issuance, absl::Time now);

// Another process issues; and its result is taken.
void LogWait(const IssueRecord& issuance);
void LogTaken(const Entry& entry, absl::Duration waited);

// What came of issuing, and where it was put.
void LogIssued(const absl::StatusOr<Credential>& credential, absl::Duration took);
void LogStored(const absl::StatusOr<Placement>& placement);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ANSWER_RUN_LOG_H_
