// One event as one line, for people or for programs.
#ifndef CREDENTIAL_PROVIDER_LOG_LOG_LINE_H_
#define CREDENTIAL_PROVIDER_LOG_LOG_LINE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"

namespace credential_provider {

// Each level has the events of those before it: what came of the run; why, and each request; and what was
// looked at on the way.
enum class LogLevel { kOff, kInfo, kDebug, kTrace };
enum class LogFormat { kText, kJson };

// Returns what `name` stands for: "info", "debug" or "trace"; "text", "json" or "", which is text. Nothing
// for another.
absl::optional<LogLevel> ParseLogLevel(absl::string_view name);
absl::optional<LogFormat> ParseLogFormat(absl::string_view name);

// A fact of an event, "status 200". REQUIRES: it is no secret.
struct LogField {
  LogField(std::string field, absl::string_view text) : name(std::move(field)), value(text) {}
  LogField(std::string field, int64_t number)
      : name(std::move(field)), value(std::to_string(number)), is_number(true) {}

  std::string name;
  std::string value;
  bool is_number = false;
};
using LogFields = std::vector<LogField>;

struct LogHead {
  absl::Time time;
  absl::string_view program;
  int64_t pid;
  LogLevel level;
  absl::string_view event;
};

// Returns one line with its end. Text is "TIME PROGRAM[PID] LEVEL EVENT NAME=VALUE …", a value in quotes
// where it needs them; JSON is one object. Whatever a value holds, there is one line and nothing that a
// terminal would obey; what is longer than 1000 bytes is cut.
std::string FormatLogLine(LogFormat format, const LogHead& head, const LogFields& fields);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_LOG_LOG_LINE_H_
