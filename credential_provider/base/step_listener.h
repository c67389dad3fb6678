// Who hears of the steps of something that takes several: a person who waits, most often.
#ifndef CREDENTIAL_PROVIDER_BASE_STEP_LISTENER_H_
#define CREDENTIAL_PROVIDER_BASE_STEP_LISTENER_H_

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"

namespace credential_provider {

// Hears of each step that went well: its name and what was found, without a secret.
using SayStep = absl::FunctionRef<void(absl::string_view step, absl::string_view found)>;

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_BASE_STEP_LISTENER_H_
