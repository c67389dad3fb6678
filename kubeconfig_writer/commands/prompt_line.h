// `status --prompt`: a line for a shell's prompt. The shell waits for it every time, so it bypasses the table
// of commands and reads of the kubeconfig only what the context leads to; and nobody has asked for it in so
// many words, so whatever is wrong, it says nothing.
#ifndef KUBECONFIG_WRITER_COMMANDS_PROMPT_LINE_H_
#define KUBECONFIG_WRITER_COMMANDS_PROMPT_LINE_H_

#include <string>
#include <vector>

#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/cli/command_line.h"

namespace kubeconfig_writer {

inline constexpr credential_provider::FlagSpec kPromptFlag = {
    "--prompt", nullptr, "one short line for a shell's prompt: context, identity, time left", nullptr,
    credential_provider::Preset::kNever};

// Returns the flags when `args` are `status --prompt`, with a context and --kubeconfig if wanted; nothing
// when they are something else, or wrong.
absl::optional<credential_provider::ParsedFlags> FlagsOfPrompt(absl::Span<const std::string> args);

// Returns the line: "dev alice 42m", with what is wrong instead of the time; only the context where that is
// not of this program; "" without one, and without a kubeconfig that can be read. Starts nothing and uses no
// network.
std::string PromptLine(const credential_provider::ParsedFlags& flags,
                       const credential_provider::Environment& environment);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_COMMANDS_PROMPT_LINE_H_
