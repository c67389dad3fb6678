// What a layer adds to an error on its way up: context before the message, and a hint for the user.
#ifndef CREDENTIAL_PROVIDER_BASE_STATUS_CONTEXT_H_
#define CREDENTIAL_PROVIDER_BASE_STATUS_CONTEXT_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace credential_provider {

// Returns `status` with "`subject`: " before its message; code and hint are kept. OK stays OK.
absl::Status WithContext(const absl::Status& status, absl::string_view subject);

// Returns `status` with `hint`, an action the user can take ("grant the RAM action …"). A hint that is
// already there is kept, because it was given nearer to the cause; an empty one is none. OK stays OK.
absl::Status WithHint(const absl::Status& status, absl::string_view hint);

// Returns the hint that travels with `status`, or "".
std::string HintOf(const absl::Status& status);

// Returns the error for a failed system call: "`subject`: <text of error_number>", with the code that fits.
absl::Status ErrnoError(int error_number, absl::string_view subject);

// Returns `text` on one line and fit for a terminal: what is unsafe (safe_text.h), and bytes that are not
// UTF-8, become '?', and what is longer than `max_bytes` is cut. For text that came from outside, before it
// meets stderr.
std::string Printable(absl::string_view text, size_t max_bytes = 300);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_BASE_STATUS_CONTEXT_H_
