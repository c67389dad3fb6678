#include "kubeconfig_writer/entries/forget_stored.h"

#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/command.h"
#include "credential_provider/invocation/exec_invocation.h"
#include "credential_provider/invocation/invocation.h"
#include "credential_provider/store/credential_store.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

absl::Status Forget(absl::Span<const std::string> args, const Environment& environment) {
  if (args.size() > 1 && args[1] == kExecName) {
    absl::StatusOr<ExecInvocation> invocation = ParseExecInvocation(args);
    return invocation.ok() ? ForgetFor(*invocation, environment).status() : invocation.status();
  }
  absl::StatusOr<Invocation> invocation = ParseInvocation(args);
  return invocation.ok() ? ForgetFor(*invocation, environment).status() : invocation.status();
}

}  // namespace

void ForgetStored(absl::Span<const std::string> args, const Environment& environment) {
  const absl::Status forgotten = Forget(args, environment);
  if (forgotten.ok()) return;
  PrintWarning(kWriterProgramName, WithHint(WithContext(absl::Status(forgotten.code(), forgotten.message()),
                                                        "credential stored for the old entry"),
                                            "`credential_provider forget --all` removes what is stored"));
}

absl::StatusOr<ForgottenCount> ForgetStoredFor(absl::string_view cluster_id, const StoreOptions& options,
                                               const Environment& environment) {
  CredentialStore store(options, environment);
  return ForgetMatching([&](const CredentialKey& key) { return key.Part("cluster") == cluster_id; }, store);
}

}  // namespace kubeconfig_writer
