// What a run tells about itself when CREDENTIAL_PROVIDER_LOG asks for it: one line an event, to stderr or to
// a private file. A variable, because it is kubectl that starts this program. No secret is ever an event's
// field: no key, no token, no header, no query and no body.
#ifndef CREDENTIAL_PROVIDER_LOG_LOG_H_
#define CREDENTIAL_PROVIDER_LOG_LOG_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/log/log_line.h"

namespace credential_provider {

inline constexpr char kLogVariable[] = "CREDENTIAL_PROVIDER_LOG";
inline constexpr char kLogFileVariable[] = "CREDENTIAL_PROVIDER_LOG_FILE";
inline constexpr char kLogFormatVariable[] = "CREDENTIAL_PROVIDER_LOG_FORMAT";

// Whether stdout takes an answer that a program reads: where stderr leads to the same place, nothing is
// written to that.
enum class LogBeside { kText, kAnswer };

// Begins to log as the variables say; to be called once, before there is a second thread. Without the first
// variable it looks at nothing else. An error says which value is wrong and which ones there are: then
// nothing is logged, and nothing else is different. `program` must outlive the process.
absl::Status StartLog(const char* program, LogBeside beside, const Environment& environment);

namespace log_internal {
extern LogLevel most;
void Write(LogLevel level, const char* event, const LogFields& fields);
}  // namespace log_internal

// Tells whether events of `level` are logged.
inline bool Logs(LogLevel level) { return level <= log_internal::most; }

// Logs `event` with what `fields`, a callable, returns. It is only called when that is wanted: a run that
// logs nothing pays a comparison.
template <typename MakeFields>
void Log(LogLevel level, const char* event, MakeFields fields) {
  if (Logs(level)) log_internal::Write(level, event, fields());
}

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_LOG_LOG_H_
