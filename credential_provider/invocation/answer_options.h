// How a run of `get` answers, whatever credential is asked for.
#ifndef CREDENTIAL_PROVIDER_INVOCATION_ANSWER_OPTIONS_H_
#define CREDENTIAL_PROVIDER_INVOCATION_ANSWER_OPTIONS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "credential_provider/cli/command_line.h"
#include "credential_provider/kubernetes/exec_info.h"
#include "credential_provider/store/store_options.h"

namespace credential_provider {

struct AnswerOptions {
  ExecApiVersion api_version = ExecApiVersion::kV1;  // when KUBERNETES_EXEC_INFO does not say
  StoreOptions store;
  int refresh_ahead = 20;  // percent of a credential's life; 0 for never
};

// The flags of AnswerOptions, and what they stand for. InvalidArgument names the flag.
std::vector<FlagSpec> AnswerFlags();
absl::StatusOr<AnswerOptions> ParseAnswerOptions(const ParsedFlags& flags);

// Returns the flags that stand for `options`. What is as by default is left out, but for --api-version: a
// client that sends no KUBERNETES_EXEC_INFO needs it.
std::vector<std::string> FormatAnswerOptions(const AnswerOptions& options);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_INVOCATION_ANSWER_OPTIONS_H_
