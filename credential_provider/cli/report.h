// How errors, hints and warnings look on stderr. stdout belongs to kubectl.
#ifndef CREDENTIAL_PROVIDER_CLI_REPORT_H_
#define CREDENTIAL_PROVIDER_CLI_REPORT_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace credential_provider {

enum class Severity { kWarning, kError };

// Returns "`program`: error: MESSAGE" and, when `status` carries one, "`program`: hint: HINT", each a line.
std::string FormatReport(absl::string_view program, Severity severity, const absl::Status& status);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_CLI_REPORT_H_
