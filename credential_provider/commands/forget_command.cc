#include "credential_provider/commands/forget_command.h"

#include <unistd.h>

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "credential_provider/answer/stored_credentials.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/report.h"
#include "credential_provider/commands/forgotten.h"
#include "credential_provider/commands/issuer_commands.h"
#include "credential_provider/invocation/invocation.h"
#include "credential_provider/store/credential_store.h"
#include "credential_provider/store/store_options.h"

namespace credential_provider {
namespace {

// "2 of c1, 1 of c2": the credentials of clusters; "" for none.
std::string StoredInWords(const StoreOptions& options, const Environment& environment) {
  CredentialStore store(options, environment);
  std::map<std::string, int> counts;
  for (const StoredCredential& stored : ListStored(store)) {
    if (!stored.cluster.empty()) ++counts[stored.cluster];
  }
  return absl::StrJoin(counts, ", ", [](std::string* out, const auto& of_cluster) {
    absl::StrAppend(out, of_cluster.second, " of ", Printable(of_cluster.first));
  });
}

// Who mistypes an id would go on with what they wanted to be rid of.
void WarnOfNothing(const Invocation& invocation, const Environment& environment) {
  const std::string stored = StoredInWords(invocation.store, environment);
  const absl::Status nothing = absl::NotFoundError(
      absl::StrCat(invocation.issuer->Subject(), ": nothing was stored",
                   stored.empty() ? ", nor of any other" : absl::StrCat("; stored are ", stored)));
  PrintWarning(kProgramName,
               WithHint(nothing,
                        "`credential_provider status` shows what is stored; --store and --cache-dir "
                        "say where, as in the exec stanza"));
}

absl::StatusOr<Output> RunForgetOne(const Command& command, const ParsedFlags& flags,
                                    const Environment& environment) {
  absl::StatusOr<Invocation> invocation = MakeInvocation(*command.kind, flags);
  if (!invocation.ok()) return UsageError(invocation.status());
  const absl::StatusOr<ForgottenCount> count = ForgetCluster(*invocation, environment);
  absl::StatusOr<Output> output = Forgotten(count);
  if (!output.ok()) return output;
  if (count->of_anybody && count->sessions + count->principals > 0)
    output->text += LineFor(STDOUT_FILENO, "sessions of whoever asked: who asks now is not known here");
  if (count->credentials == 0) WarnOfNothing(*invocation, environment);
  return output;
}

std::vector<FlagSpec> ForgetFlags(const Command&) {
  std::vector<FlagSpec> flags(StoreFlags().begin(), StoreFlags().end());
  flags.push_back({"--all", nullptr, "everything that is stored"});
  return flags;
}

absl::StatusOr<Output> RunForget(const Command&, const ParsedFlags& flags, const Environment& environment) {
  if (!flags.Has("--all")) return UsageError("forget: give what to forget, or --all");
  absl::StatusOr<StoreOptions> options = ParseStoreOptions(flags);
  if (!options.ok()) return UsageError(options.status());
  CredentialStore store(*options, environment);
  return Forgotten(ForgetAll(store));
}

}  // namespace

std::vector<Command> ForgetCommands() {
  return ForEachIssuer([](const IssuerKind&) {
    return Command{
        "forget",
        "",
        "removes what is stored of a cluster",
        "Removes all that is stored of the cluster, whoever asked for it and with which flags, and "
        "the sessions of\nwho asks now. That nothing was stored is a warning and no failure.",
        &IssuerGetFlags,
        &RunForgetOne};
  });
}

const Command kForgetCommand = {
    "forget",
    "",
    "removes everything stored, with --all",
    R"(Removes every stored credential: what is known by its name and its content, and nothing else. The ledger of
issuances, which `log` shows, goes with them.)",
    &ForgetFlags,
    &RunForget,
};

}  // namespace credential_provider
