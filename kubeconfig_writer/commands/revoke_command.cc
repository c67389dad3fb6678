#include "kubeconfig_writer/commands/revoke_command.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "credential_provider/alibaba_cloud/revoke_kubeconfig.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/prompt.h"
#include "credential_provider/identity/identity_text.h"
#include "kubeconfig_writer/clusters/ack_session.h"
#include "kubeconfig_writer/entries/forget_stored.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

constexpr char kYes[] = "--yes";

std::vector<FlagSpec> RevokeFlags(const Command&) {
  std::vector<FlagSpec> flags = {
      kClusterIdFlag, kRegionFlag, kCsEndpointFlag, {kYes, nullptr, "do not ask, for scripts"}};
  const std::vector<FlagSpec> caller = CallerFlags();
  flags.insert(flags.end(), caller.begin(), caller.end());
  flags.insert(flags.end(), StoreFlags().begin(), StoreFlags().end());
  return flags;
}

std::string Question(const AckOptions& ack, const Identity& identity) {
  return absl::StrCat("This revokes the kubeconfig that ACK has given ",
                      Printable(ShownIdentity(identity.who)), " for cluster ", ack.cluster_id, R"(:
- every copy of it stops working, wherever it is
- temporary ones of this identity for this cluster, and what credential_provider has stored, probably too
- ACK makes a new one, with the usual time to live and new role bindings; kubectl goes on with a new certificate
- clusters made before about October 2019 may refuse it
Type yes to revoke it: )");
}

// OK when the user wants it.
absl::Status Confirm(const ParsedFlags& flags, const std::string& question, const Environment& environment) {
  if (flags.Has(kYes)) return absl::OkStatus();
  if (!CanAsk(environment)) {
    return WithHint(absl::FailedPreconditionError("revoke: there is no terminal to ask for confirmation at"),
                    "it revokes the kubeconfig that ACK has given this identity for the cluster; --yes does "
                    "it without asking");
  }
  absl::StatusOr<std::string> answer = Ask(question);
  if (!answer.ok()) return answer.status();
  return *answer == "yes" ? absl::OkStatus() : absl::CancelledError("not confirmed: nothing was done");
}

// Forgets what would be refused from now on. What cannot be forgotten ends by itself.
int Forget(const std::string& cluster_id, const StoreOptions& store, const Environment& environment) {
  const absl::StatusOr<ForgottenCount> forgotten = ForgetStoredFor(cluster_id, store, environment);
  if (forgotten.ok()) return forgotten->credentials;
  PrintWarning(kWriterProgramName, WithHint(WithContext(forgotten.status(), "stored credentials"),
                                            "`credential_provider forget --all` removes what is stored"));
  return 0;
}

absl::StatusOr<Output> RunRevoke(const Command&, const ParsedFlags& flags, const Environment& environment) {
  absl::StatusOr<AckOptions> ack = ParseAckOptions(flags);
  if (!ack.ok()) return UsageError(ack.status());
  absl::StatusOr<Caller> caller = ParseCaller(flags);
  if (!caller.ok()) return UsageError(caller.status());
  absl::StatusOr<StoreOptions> store = ParseStoreOptions(flags);
  if (!store.ok()) return UsageError(store.status());
  absl::StatusOr<std::unique_ptr<AckSession>> service = AckSession::SignIn(*caller, environment);
  if (!service.ok()) return service.status();
  const Identity& identity = (*service)->identity();
  absl::Status confirmed = Confirm(flags, Question(*ack, identity), environment);
  if (!confirmed.ok()) return confirmed;
  absl::StatusOr<AcsClient> client = (*service)->At(*ack);
  if (!client.ok()) return client.status();
  absl::Status revoked = RevokeClusterKubeconfig(*client, (*service)->key(), ack->cluster_id);
  if (!revoked.ok()) return revoked;
  const int forgotten = Forget(ack->cluster_id, *store, environment);
  return Output{absl::StrCat("revoked the kubeconfig of ", Printable(ShownIdentity(identity.who)),
                             " for cluster ", ack->cluster_id, "; stored credentials forgotten: ", forgotten,
                             "\n")};
}

}  // namespace

const Command kRevokeCommand = {
    "revoke",
    "",
    "revokes your kubeconfig for a cluster",
    R"(Revokes the kubeconfig that ACK has given the caller for one cluster, after a question. Every copy of it stops
working, and probably temporary ones and certificates of the same identity for this cluster too; ACK makes a new one.
Clusters made before about October 2019 may refuse it. What credential_provider has stored for this cluster is
forgotten, so that the next kubectl gets a new certificate. Kubeconfigs of others are not touched.)",
    &RevokeFlags,
    &RunRevoke,
};

}  // namespace kubeconfig_writer
