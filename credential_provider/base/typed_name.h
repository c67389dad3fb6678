// The name in which a program speaks to a person: the one that was typed.
#ifndef CREDENTIAL_PROVIDER_BASE_TYPED_NAME_H_
#define CREDENTIAL_PROVIDER_BASE_TYPED_NAME_H_

#include <string>

#include "absl/strings/string_view.h"

namespace credential_provider {

// What a person types for kPluginName (program_name.h).
inline constexpr char kKubectlPlugin[] = "kubectl ack";

// The file that kubectl runs to complete that.
inline constexpr char kPluginCompletionName[] = "kubectl_complete-ack";

// Sets what was typed instead of the program's own name: "kubectl ack", or the name of either program; any
// other is not taken. For main, before anything is shown.
void SetTypedName(absl::string_view name);

// Returns whether such a name was set.
bool HasTypedName();

// Returns what was typed for `program`, as a constant; its own name when nothing was set.
absl::string_view TypedName(absl::string_view program);

// Returns `text` with each command in it as it is typed by somebody who calls the program so:
// "`kubeconfig_writer list`" is "`kubectl ack list`" to who typed kubectl ack, which has all commands of
// both.
std::string AsTyped(absl::string_view text);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_BASE_TYPED_NAME_H_
