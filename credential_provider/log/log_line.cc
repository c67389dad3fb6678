#include "credential_provider/log/log_line.h"

#include <iterator>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/safe_text.h"
#include "credential_provider/base/status_context.h"
#include "nlohmann/json.hpp"

namespace credential_provider {
namespace {

constexpr size_t kLongestValue = 1000;
constexpr absl::string_view kLevels[] = {"off", "info", "debug", "trace"};

absl::string_view NameOf(LogLevel level) { return kLevels[static_cast<int>(level)]; }

std::string TimeText(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", time, absl::UTCTimeZone());
}

std::string Quoted(absl::string_view value) {
  if (!value.empty() && value.find_first_of(" \"=\\") == absl::string_view::npos) return std::string(value);
  std::string quoted = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') quoted.push_back('\\');
    quoted.push_back(c);
  }
  return quoted + "\"";
}

std::string TextLine(const LogHead& head, const LogFields& fields) {
  std::string line = absl::StrCat(TimeText(head.time), " ", head.program, "[", head.pid, "] ",
                                  NameOf(head.level), " ", head.event);
  for (const LogField& field : fields)
    absl::StrAppend(&line, " ", field.name, "=", Quoted(Printable(field.value, kLongestValue)));
  return line + "\n";
}

std::string JsonLine(const LogHead& head, const LogFields& fields) {
  nlohmann::ordered_json json = {{"time", TimeText(head.time)},
                                 {"program", std::string(head.program)},
                                 {"pid", head.pid},
                                 {"level", std::string(NameOf(head.level))},
                                 {"event", std::string(head.event)}};
  for (const LogField& field : fields) {
    int64_t number;
    if (field.is_number && absl::SimpleAtoi(field.value, &number)) {
      json[field.name] = number;
    } else {
      json[field.name] = Printable(field.value, kLongestValue);
    }
  }
  return SafeJson(json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)) + "\n";
}

}  // namespace

absl::optional<LogLevel> ParseLogLevel(absl::string_view name) {
  for (size_t i = 1; i < std::size(kLevels); ++i) {
    if (name == kLevels[i]) return static_cast<LogLevel>(i);
  }
  return absl::nullopt;
}

absl::optional<LogFormat> ParseLogFormat(absl::string_view name) {
  if (name.empty() || name == "text") return LogFormat::kText;
  if (name == "json") return LogFormat::kJson;
  return absl::nullopt;
}

std::string FormatLogLine(LogFormat format, const LogHead& head, const LogFields& fields) {
  return format == LogFormat::kJson ? JsonLine(head, fields) : TextLine(head, fields);
}

}  // namespace credential_provider
