#include "credential_provider/get_command.h"

#include <signal.h>
#include <unistd.h>

#include <utility>

#include "absl/time/time.h"
#include "credential_provider/base/clock.h"
#include "credential_provider/base/detached_process.h"
#include "credential_provider/base/file.h"
#include "credential_provider/exec/exec_credential.h"
#include "credential_provider/exec/exec_info.h"
#include "credential_provider/http/curl_transport.h"
#include "credential_provider/invocation.h"
#include "credential_provider/program_name.h"
#include "credential_provider/provide_credential.h"
#include "credential_provider/sources/source_chain.h"
#include "credential_provider/store/credential_store.h"
#include "credential_provider/store/key_state.h"

namespace credential_provider {
namespace {

// What a run may take beside the network's time.
constexpr absl::Duration kLockSlack = absl::Seconds(5);

void WarnUser(const absl::Status& status) { Warn(kProgramName, status); }

absl::StatusOr<ExecApiVersion> AnswerVersion(const Invocation& invocation, const Environment& environment) {
  absl::StatusOr<absl::optional<ExecApiVersion>> requested =
      RequestedApiVersion(environment.Get("KUBERNETES_EXEC_INFO"));
  if (!requested.ok()) return requested.status();
  return requested->value_or(invocation.api_version);
}

// Makes a new credential: the part of a run that needs the network.
absl::StatusOr<Credential> Issue(const Invocation& invocation, const Identity& identity,
                                 const Environment& environment, CredentialStore& store) {
  signal(SIGPIPE, SIG_IGN);  // a connection that broke is an error to report, not a death
  CurlTransport transport(invocation.ca_file);
  SystemClock clock;
  const SessionStore sessions = {[&store](const CredentialKey& key) { return store.Find(key); },
                                 [&](const CredentialKey& key, const Entry& entry) {
                                   return store.Remember(key, entry, clock.Now()).status();
                                 }};
  const KeyFetch fetch{transport, clock, environment, invocation.timeout, sessions, WarnUser};
  return invocation.issuer->issue(invocation.ack, identity, fetch);
}

// What one answer is made of. Never destroyed: a run ends right after it, and the kernel closes the files of
// a process that ends faster than it can ask for it.
struct Desk {
  Desk(const Invocation& invocation, const Environment& environment, const CredentialKey& key_asked_for)
      : key(key_asked_for), store(invocation.store, environment), state(store.state_folders(), key) {
    request.starter = {getppid(), !environment.Get("KUBERNETES_EXEC_INFO").empty()};
    request.refresh_ahead = invocation.refresh_ahead / 100.0;
    request.patience = invocation.timeout + kLockSlack;
  }

  const CredentialKey key;
  CredentialStore store;
  KeyState state;
  SystemClock clock;
  ProvideRequest request{key, state};
};

// Renews what was just served, in a process that kubectl does not wait for.
void RenewDetached(const Invocation& invocation, const Environment& environment, const Identity& identity,
                   const CredentialKey& key) {
  if (!ContinueDetached(2 * invocation.timeout + kLockSlack)) return;
  auto& desk = *new Desk(invocation, environment, key);
  RenewAhead(desk.request, desk.store, desk.clock,
             [&] { return Issue(invocation, identity, environment, desk.store); });
}

// The answer is written here and not returned: what comes behind it must not delay it.
absl::StatusOr<Output> Answer(const Invocation& invocation, const Environment& environment) {
  absl::StatusOr<ExecApiVersion> version = AnswerVersion(invocation, environment);
  if (!version.ok()) return version.status();
  absl::StatusOr<Found> found = FindIdentity(invocation.identity, environment);
  if (!found.ok()) return found.status();
  const Identity& identity = found->identity;
  auto& desk = *new Desk(invocation, environment, invocation.issuer->key(invocation.ack, identity));
  absl::StatusOr<Provided> provided = ProvideCredential(
      desk.request, desk.store, desk.clock,
      [&] { return Issue(invocation, identity, environment, desk.store); }, WarnUser);
  if (!provided.ok()) return provided.status();
  absl::Status written = WriteAll(
      STDOUT_FILENO, RenderExecCredential(*version, provided->status_json.Reveal()), "stdout");
  if (!written.ok()) return written;
  if (provided->renew_ahead) RenewDetached(invocation, environment, identity, desk.key);
  return Output();
}

absl::StatusOr<Output> RunGet(const Command& command, const ParsedFlags& flags,
                              const Environment& environment) {
  absl::StatusOr<Invocation> invocation = MakeInvocation(*FindIssuerKind(LastWord(command)), flags);
  if (!invocation.ok()) return UsageError(invocation.status());
  return Answer(*invocation, environment);
}

}  // namespace

const Command kGetAckCommand = {
    "get ack",
    "",
    "a client certificate of an Alibaba Cloud ACK cluster",
    R"(Prints an ExecCredential with a client certificate for one ACK cluster: a stored one while it is good, else a new
one, for which one request to Container Service is signed with the caller's own AccessKey. The AccessKey comes from the
first of the sources that has one, or from the one that --identity names.)",
    &GetFlags,
    &RunGet,
};

const Command kGetAckTokenCommand = {
    "get ack-token",
    "",
    "a bearer token, where ack-ram-authenticator is installed",
    R"(Prints an ExecCredential with a bearer token for one ACK cluster in which ack-ram-authenticator is installed. The
token is signed here with the caller's own AccessKey, without a request. The AccessKey comes from the first of the
sources that has one, or from the one that --identity names.)",
    &GetFlags,
    &RunGet,
};

}  // namespace credential_provider
