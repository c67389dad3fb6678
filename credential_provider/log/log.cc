#include "credential_provider/log/log.h"

#include <unistd.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/standard_streams.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/log/log_file.h"

namespace credential_provider {

LogLevel log_internal::most = LogLevel::kOff;

namespace {

// Set by StartLog, and only read after that.
struct Settings {
  const char* program = "";
  std::string file;  // "" for stderr
  LogFormat format = LogFormat::kText;
};

Settings& TheSettings() {
  static auto* const settings = new Settings();
  return *settings;
}

absl::Status WrongValue(const char* variable, absl::string_view value, absl::string_view right) {
  return WithHint(absl::InvalidArgumentError(absl::StrCat(variable, "=", Printable(value, 40),
                                                          ": not one of ", right, "; nothing is logged")),
                  absl::StrCat("set it to one of ", right, ", or unset it"));
}

}  // namespace

absl::Status StartLog(const char* program, LogBeside beside, const Environment& environment) {
  const absl::string_view wanted = environment.Get(kLogVariable);
  if (wanted.empty()) return absl::OkStatus();
  const absl::optional<LogLevel> level = ParseLogLevel(wanted);
  if (!level) return WrongValue(kLogVariable, wanted, "info, debug, trace");
  const absl::string_view format_name = environment.Get(kLogFormatVariable);
  const absl::optional<LogFormat> format = ParseLogFormat(format_name);
  if (!format) return WrongValue(kLogFormatVariable, format_name, "text, json");
  Settings& settings = TheSettings();
  settings.program = program;
  settings.format = *format;
  const absl::string_view file = environment.Get(kLogFileVariable);
  if (file.empty() && beside == LogBeside::kAnswer && StdoutIsStderr()) return absl::OkStatus();
  if (!file.empty()) {
    settings.file = AbsoluteLogPath(file);
    const absl::Status opened = OpenLogFile(settings.file).status();
    if (!opened.ok())
      return WithHint(WithContext(opened, absl::StrCat(kLogFileVariable, ": nothing is logged")),
                      absl::StrCat("give a path of your own in ", kLogFileVariable, ", or unset it"));
  }
  log_internal::most = *level;
  return absl::OkStatus();
}

// The file is opened for each line: a process that goes on in the background closes all that it holds, and a
// number that was kept would be another file's then.
void log_internal::Write(LogLevel level, const char* event, const LogFields& fields) {
  const Settings& settings = TheSettings();
  const std::string line =
      FormatLogLine(settings.format, {absl::Now(), settings.program, getpid(), level, event}, fields);
  if (settings.file.empty()) {
    WriteAll(STDERR_FILENO, line, "stderr").IgnoreError();
    return;
  }
  const absl::StatusOr<FileDescriptor> file = OpenLogFile(settings.file);
  if (file.ok()) WriteAll(file->get(), line, settings.file).IgnoreError();
}

}  // namespace credential_provider
