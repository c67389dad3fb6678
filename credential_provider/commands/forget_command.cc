#include "credential_provider/commands/forget_command.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "credential_provider/answer/stored_credentials.h"
#include "credential_provider/commands/forgotten.h"
#include "credential_provider/commands/issuer_commands.h"
#include "credential_provider/invocation/invocation.h"
#include "credential_provider/store/credential_store.h"
#include "credential_provider/store/store_options.h"

namespace credential_provider {
namespace {

absl::StatusOr<Output> RunForgetOne(const Command& command, const ParsedFlags& flags,
                                    const Environment& environment) {
  absl::StatusOr<Invocation> invocation = MakeInvocation(*command.kind, flags);
  if (!invocation.ok()) return UsageError(invocation.status());
  const absl::StatusOr<ForgottenCount> count = ForgetFor(*invocation, environment);
  absl::StatusOr<Output> output = Forgotten(count);
  if (output.ok() && count->of_anybody)
    absl::StrAppend(&output->text, "of whoever asked: who asks now is not known without the network\n");
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
    return Command{"forget",
                   "",
                   "removes the stored credential of a cluster",
                   "Removes what `get` with the same flags has stored, and the sessions of who asks.",
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
