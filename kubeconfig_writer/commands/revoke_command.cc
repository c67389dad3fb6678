#include "kubeconfig_writer/commands/revoke_command.h"

#include <unistd.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "credential_provider/alibaba_cloud/caller_identity.h"
#include "credential_provider/alibaba_cloud/revoke_kubeconfig.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/prompt.h"
#include "credential_provider/cli/report.h"
#include "credential_provider/identity/identity_words.h"
#include "credential_provider/text/shell_words.h"
#include "kubeconfig_writer/clusters/ack_session.h"
#include "kubeconfig_writer/commands/command_notice.h"
#include "kubeconfig_writer/commands/context_completion.h"
#include "kubeconfig_writer/contexts/context_or_flags.h"
#include "kubeconfig_writer/entries/forget_stored.h"
#include "kubeconfig_writer/file/kubeconfig_path.h"
#include "kubeconfig_writer/migration/static_ack_user.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

constexpr char kYes[] = "--yes";
constexpr char kOwner[] = "--owner";
// Whom a cluster knows the account itself as, where its id is not in the certificate.
constexpr char kAccountItself[] = "kubernetes-admin";

std::vector<FlagSpec> RevokeFlags(const Command&) {
  std::vector<FlagSpec> flags = {
      kClusterInsteadFlag,
      kRegionFlag,
      kCsEndpointFlag,
      {kYes, nullptr, "do not ask, for scripts"},
      {kOwner, "NAME", "only if that is who asks: the common name in the certificate of a key", nullptr,
       Preset::kNever},
      kKubeconfigFlag};
  const std::vector<FlagSpec> caller = CallerFlags();
  flags.insert(flags.end(), caller.begin(), caller.end());
  flags.insert(flags.end(), StoreFlags().begin(), StoreFlags().end());
  return flags;
}

std::string Question(const AckOptions& ack, const std::string& context, const Identity& identity) {
  return absl::StrCat("This revokes the kubeconfig that ACK has given ",
                      Printable(IdentityInWords(identity.who)), " for cluster ", ack.cluster_id,
                      context.empty() ? "" : absl::StrCat(" (context ", Printable(context), ")"), R"(:
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
  PrintWarning(kWriterProgramName,
               WithHint(WithContext(forgotten.status(), "stored credentials"), ForgetHint(store)));
  return 0;
}

// OK when the key of `owner` is what the caller would revoke.
absl::Status CheckOwner(const std::string& owner, AckSession& service, const Environment& environment) {
  absl::StatusOr<AcsClient> sts = service.Sts(environment);
  if (!sts.ok()) return sts.status();
  const absl::StatusOr<CallerIdentity> caller = GetCallerIdentity(*sts, service.key());
  if (!caller.ok()) return caller.status();
  const std::string id = caller->principal_id.substr(0, caller->principal_id.find(':'));
  const bool is_account =
      caller->type == "Account" && (owner == kAccountItself || owner == caller->account_id);
  if (is_account || IsSameAckUser(owner, id)) return absl::OkStatus();
  return WithHint(
      absl::FailedPreconditionError(absl::StrCat(kOwner, ": the caller is ", caller->arn, " (", id,
                                                 "), and not ", Printable(owner), ": nothing was revoked")),
      "choose who asks with --identity, --profile or --role-arn");
}

// What is revoked without a question is named: an empty variable in a script is not.
absl::Status CheckNamed(const ParsedFlags& flags) {
  if (!flags.Has(kYes) || !flags.operands().empty() || ChooseByFlags(flags)) return absl::OkStatus();
  return UsageError("revoke: with --yes it wants the name of a context, or --cluster-id");
}

absl::StatusOr<Output> Revoke(const ContextOrFlags& of) {
  const ParsedFlags& flags = of.flags;
  const Environment& environment = of.environment;
  absl::StatusOr<AckOptions> ack = ParseAckOptions(flags);
  if (!ack.ok()) return UsageError(ack.status());
  absl::StatusOr<Caller> caller = ParseCaller(flags);
  if (!caller.ok()) return UsageError(caller.status());
  absl::StatusOr<StoreOptions> store = ParseStoreOptions(flags);
  if (!store.ok()) return UsageError(store.status());
  absl::StatusOr<std::unique_ptr<AckSession>> service = AckSession::SignIn(*caller, environment);
  if (!service.ok()) return service.status();
  const Identity& identity = (*service)->identity();
  const std::string owner(flags.Get(kOwner));
  absl::Status owned = owner.empty() ? absl::OkStatus() : CheckOwner(owner, **service, environment);
  if (!owned.ok()) return owned;
  absl::Status confirmed = Confirm(flags, Question(*ack, of.context, identity), environment);
  if (!confirmed.ok()) return confirmed;
  absl::StatusOr<AcsClient> client = (*service)->At(*ack);
  if (!client.ok()) return client.status();
  absl::Status revoked = RevokeClusterKubeconfig(*client, (*service)->key(), ack->cluster_id);
  if (!revoked.ok()) return revoked;
  const int forgotten = Forget(ack->cluster_id, *store, environment);
  return Output{
      LineFor(STDOUT_FILENO,
              absl::StrCat("revoked the kubeconfig of ", Printable(IdentityInWords(identity.who)),
                           " for cluster ", ack->cluster_id, "; stored credentials forgotten: ", forgotten))};
}

absl::StatusOr<Output> RunRevoke(const Command& command, const ParsedFlags& flags,
                                 const Environment& environment) {
  absl::Status named = CheckNamed(flags);
  if (!named.ok()) return named;
  absl::StatusOr<ContextOrFlags> of = FindContextOrFlags(command, flags, environment);
  return of.ok() ? Revoke(*of) : of.status();
}

}  // namespace

const Command kRevokeCommand = {
    "revoke",
    "[CONTEXT]",
    "revokes your kubeconfig for a cluster",
    R"(Revokes the kubeconfig that ACK has given the caller for one cluster, after a question. Every copy of it stops
working, and probably temporary ones and certificates of the same identity for this cluster too; ACK makes a new one.
Clusters made before about October 2019 may refuse it. What credential_provider has stored for this cluster is
forgotten, so that the next kubectl gets a new certificate. Kubeconfigs of others are not touched: with --owner nothing is
revoked unless the caller is who a key belongs to, as the name in its certificate says.
Without CONTEXT it is the current one, but not with --yes. A context says which cluster and who asks; with --cluster-id no
context is needed.)",
    &RevokeFlags,
    &RunRevoke,
    &StanzaContextNames,
};

std::string RevokeLine(absl::Span<const std::string> args, const std::string& owner, Revoker revoker) {
  std::vector<FlagSpec> known = {kClusterIdFlag, kRegionFlag, kCsEndpointFlag};
  if (revoker == Revoker::kStanza) known = RevokeFlags(kRevokeCommand);
  std::vector<std::string> words = {"kubeconfig_writer", "revoke"};
  const std::vector<std::string> flags = FlagsAmong(known, args);
  words.insert(words.end(), flags.begin(), flags.end());
  words.insert(words.end(), {kOwner, AckUserIdIn(owner)});
  return ShellLine(words);
}

}  // namespace kubeconfig_writer
