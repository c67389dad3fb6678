// Whether the cluster has refused a credential that is still good by its dates. Nobody tells a plugin: all
// there is to see is that the same process asks again.
//
// What that means differs from client to client. client-go keeps a credential until it expires, and asks
// again after a 401, at once; a kubectl that reads a manifest from its stdin ("-f -") asks twice with
// nothing being wrong.
//
// The others never say why they ask. Node keeps a credential for each KubeConfig object, Python and .NET
// for each configuration they load, until it expires, and none of them asks because of a 401; who wrote the
// program may make a new object for each request, or only after a 401. Node starts the plugin for each of
// the requests that begin together, kube-rs three times to make one client. fabric8 asks after a 401, and
// with a certificate also before each request from the second minute on. A script asks when it likes.
//
// So the question of another client is taken for a 401 only when it is the first one after those of the
// beginning, and an entry is replaced for it once an hour: who asks for each request costs one certificate
// too many at most, and who was refused is helped. fabric8 has no beginning: it asks once to make a client.
#ifndef CREDENTIAL_PROVIDER_RUNS_REJECTION_H_
#define CREDENTIAL_PROVIDER_RUNS_REJECTION_H_

#include "absl/time/time.h"
#include "credential_provider/runs/parent_process.h"
#include "credential_provider/runs/run_record.h"

namespace credential_provider {

// A credential younger than this is not replaced because it seems rejected: the next would be, too.
constexpr absl::Duration kYoungestRejected = absl::Minutes(1);
// One entry is replaced for this reason at most once in this time: for client-go, and for other clients.
constexpr absl::Duration kRejectionWindow = absl::Minutes(5);
constexpr absl::Duration kOtherRejectionWindow = absl::Hours(1);
// What another client asks in this time after its first answer is the same question.
constexpr absl::Duration kBeginning = absl::Seconds(2);

enum class Rejection {
  kNone,
  kReplace,  // probably rejected: a new one may do
  kFutile,   // probably rejected, but it is new itself, or has replaced another: the cluster refuses them all
};

// Judges the credential issued at `issued`, about to be served to `starter`, by the answers that the same
// process has had. kFutile is only said of client-go. Looks at the process, but only when all else says yes.
Rejection JudgeRejection(const AnswerLog& servings, const IssueRecord& issuance, const ParentProcess& starter,
                         absl::Time issued, absl::Time now);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_RUNS_REJECTION_H_
