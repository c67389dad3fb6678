#include "kubeconfig_writer/entries/forget_stored.h"

#include "absl/strings/str_cat.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/command.h"
#include "credential_provider/commands/get_exec_command.h"
#include "credential_provider/store/credential_store.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

constexpr const Command* kForgetCommands[] = {&kForgetAckCommand, &kForgetAckTokenCommand,
                                              &kForgetExecCommand};

// `forget` takes the arguments of `get`, and removes what that has stored.
absl::Status Forget(absl::Span<const std::string> args, const Environment& environment) {
  if (args.size() < 2 || args[0] != "get") return absl::InvalidArgumentError("not arguments of `get`");
  for (const Command* command : kForgetCommands) {
    if (LastWord(*command) != args[1]) continue;
    absl::StatusOr<ParsedFlags> flags = ParseFlags(command->flags(), args.subspan(2));
    if (!flags.ok()) return flags.status();
    return command->run(*command, *flags, environment).status();
  }
  return absl::InvalidArgumentError(absl::StrCat("no issuer ", Printable(args[1], 60)));
}

}  // namespace

void ForgetStored(absl::Span<const std::string> args, const Environment& environment) {
  const absl::Status forgotten = Forget(args, environment);
  if (forgotten.ok()) return;
  Warn(kWriterProgramName, WithHint(WithContext(absl::Status(forgotten.code(), forgotten.message()),
                                                "credential stored for the old entry"),
                                    "`credential_provider forget --all` removes what is stored"));
}

absl::StatusOr<ForgottenCount> ForgetStoredFor(absl::string_view cluster_id, const StoreOptions& options,
                                               const Environment& environment) {
  CredentialStore store(options, environment);
  return ForgetMatching([&](const CredentialKey& key) { return key.Part("cluster") == cluster_id; }, store);
}

}  // namespace kubeconfig_writer
