#include "credential_provider/log/log_line.h"

#include <string>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace credential_provider {
namespace {

LogHead HeadOf(absl::string_view event) {
  return {absl::FromUnixMillis(1500), "credential_provider", 4711, LogLevel::kDebug, event};
}

TEST(LogLineTest, TextHasTimeProcessLevelEventAndFields) {
  EXPECT_EQ(
      FormatLogLine(LogFormat::kText, HeadOf("request"),
                    {{"method", "GET"}, {"status", 200}, {"reason", "not \"found\" here"}, {"none", ""}}),
      "1970-01-01T00:00:01.500Z credential_provider[4711] debug request method=GET status=200 "
      "reason=\"not \\\"found\\\" here\" none=\"\"\n");
}

TEST(LogLineTest, JsonIsOneObjectWithNumbersAsNumbers) {
  const std::string line =
      FormatLogLine(LogFormat::kJson, HeadOf("request"), {{"method", "GET"}, {"status", 200}});
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  EXPECT_EQ(nlohmann::ordered_json::parse(line), nlohmann::ordered_json({{"time", "1970-01-01T00:00:01.500Z"},
                                                                         {"program", "credential_provider"},
                                                                         {"pid", 4711},
                                                                         {"level", "debug"},
                                                                         {"event", "request"},
                                                                         {"method", "GET"},
                                                                         {"status", 200}}));
}

// NOLINTBEGIN(misc-misleading-bidirectional): what is tested
TEST(LogLineTest, WhateverAValueHoldsThereIsOneLineThatNoTerminalObeys) {
  const std::string nasty = "a\nb\x1b[31m\xff \xe2\x80\xae c" + std::string(5000, 'x');
  for (const LogFormat format : {LogFormat::kText, LogFormat::kJson}) {
    const std::string line = FormatLogLine(format, HeadOf("e"), {{"value", nasty}});
    EXPECT_EQ(line.find('\n'), line.size() - 1);
    EXPECT_EQ(line.find('\x1b'), std::string::npos);
    EXPECT_EQ(line.find("\xe2\x80\xae"), std::string::npos);
    EXPECT_LT(line.size(), 1400u);
  }
}
// NOLINTEND(misc-misleading-bidirectional)

TEST(LogLineTest, OtherNamesAreNoLevelAndNoFormat) {
  EXPECT_EQ(ParseLogLevel("trace"), LogLevel::kTrace);
  EXPECT_EQ(ParseLogFormat(""), LogFormat::kText);
  for (const char* name : {"", "off", "INFO", "verbose", "1"}) EXPECT_FALSE(ParseLogLevel(name).has_value());
  EXPECT_FALSE(ParseLogFormat("logfmt").has_value());
}

}  // namespace
}  // namespace credential_provider
