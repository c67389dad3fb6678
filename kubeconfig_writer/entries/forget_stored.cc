#include "kubeconfig_writer/entries/forget_stored.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/command.h"
#include "credential_provider/invocation/exec_invocation.h"
#include "credential_provider/invocation/invocation.h"
#include "credential_provider/process/child_environment.h"
#include "credential_provider/store/credential_store.h"
#include "credential_provider/text/shell_words.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

// What a stanza's arguments say of the store, and how to forget what it holds for them.
struct Stored {
  StoreOptions store;
  absl::Status forgotten;
};

Stored Forget(absl::Span<const std::string> args, const Environment& environment) {
  if (args.size() > 1 && args[1] == kExecName) {
    absl::StatusOr<ExecInvocation> invocation = ParseExecInvocation(args);
    if (!invocation.ok()) return {{}, invocation.status()};
    return {invocation->answer.store, ForgetFor(*invocation, environment).status()};
  }
  absl::StatusOr<Invocation> invocation = ParseInvocation(args);
  if (!invocation.ok()) return {{}, invocation.status()};
  return {invocation->store, ForgetFor(*invocation, environment).status()};
}

}  // namespace

std::string ForgetHint(const StoreOptions& options) {
  std::vector<std::string> words = {"credential_provider", "forget", "--all"};
  const std::vector<std::string> flags = FormatStoreOptions(options);
  words.insert(words.end(), flags.begin(), flags.end());
  return absl::StrCat("`", ShellLine(words), "` removes what is stored");
}

void ForgetStored(const ProviderStanza& stanza, const Environment& environment) {
  ChildEnvironment variables(environment);
  for (const auto& [name, value] : stanza.env) variables.Set(name, value);
  const auto [store, forgotten] = Forget(stanza.args, variables.environment());
  if (forgotten.ok()) return;
  PrintWarning(kWriterProgramName, WithHint(WithContext(absl::Status(forgotten.code(), forgotten.message()),
                                                        "credential stored for the old entry"),
                                            ForgetHint(store)));
}

absl::StatusOr<ForgottenCount> ForgetStoredFor(absl::string_view cluster_id, const StoreOptions& options,
                                               const Environment& environment) {
  CredentialStore store(options, environment);
  return ForgetMatching([&](const CredentialKey& key) { return key.Part("cluster") == cluster_id; }, store);
}

}  // namespace kubeconfig_writer
