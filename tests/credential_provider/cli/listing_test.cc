#include "credential_provider/cli/listing.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace credential_provider {
namespace {

constexpr TableReader kPipe;

TableReader Terminal(absl::optional<size_t> columns, bool colour = false) {
  return {/*is_terminal=*/true, columns, colour};
}

TEST(FormatTableTest, ColumnsAreAsWideAsTheirCharactersAre) {
  EXPECT_EQ(FormatTable({{"NAME", "REGION"}, {"生产集群", "cn-hangzhou"}, {"e\u0301dge", ""}}, {}, kPipe),
            "NAME      REGION\n"
            "生产集群  cn-hangzhou\n"
            "e\u0301dge      -\n");
}

TEST(FormatTableTest, ATerminalThatIsTooNarrowHasTheWidestCutThatMayBe) {
  const std::vector<TableRow> rows = {{"ID", "NAME", "STATE"},
                                      {"c0123456789", "a-long-name-of-one", "running-on"}};
  EXPECT_EQ(FormatTable(rows, {{1, 2}}, Terminal(35)),
            "ID           NAME        STATE\n"
            "c0123456789  a-lo…f-one  running-on\n");
  EXPECT_EQ(FormatTable(rows, {{1, 2}}, Terminal(10)),
            "ID           NAME      STATE\n"
            "c0123456789  a-l…-one  run…g-on\n")
      << "but never to nothing";
  EXPECT_EQ(FormatTable(rows, {}, Terminal(10)), FormatTable(rows, {}, kPipe));
}

TEST(FormatTableTest, NothingIsCutInAPipeOrWhereTheWidthIsNotKnown) {
  const std::vector<TableRow> rows = {{"NAME"}, {std::string(250, 'x')}};
  EXPECT_EQ(FormatTable(rows, {{0}}, kPipe), "NAME\n" + std::string(250, 'x') + "\n");
  EXPECT_EQ(FormatTable(rows, {{0}}, Terminal(absl::nullopt)), FormatTable(rows, {{0}}, kPipe));
}

TEST(FormatTableTest, WhatIsWrittenFromTheRightIsIsolatedAtATerminalAlone) {
  const std::vector<TableRow> rows = {{"NAME", "REGION"}, {"\u05D0\u05D1", "me-east-1"}};
  EXPECT_EQ(FormatTable(rows, {}, Terminal(80)),
            "NAME  REGION\n"
            "\u2068\u05D0\u05D1\u2069    me-east-1\n");
  EXPECT_EQ(FormatTable(rows, {}, kPipe),
            "NAME  REGION\n"
            "\u05D0\u05D1    me-east-1\n");
}

TEST(FormatTableTest, AnAlarmingCellIsRedWhereColourIsShown) {
  const TableForm form = {{}, [](absl::string_view cell) { return cell == "Expired"; }};
  const std::vector<TableRow> rows = {{"STATE", "ID"}, {"Expired", "1"}, {"Issued", "2"}};
  EXPECT_EQ(FormatTable(rows, form, Terminal(80, /*colour=*/true)),
            "STATE    ID\n"
            "\033[31mExpired\033[0m  1\n"
            "Issued   2\n");
  EXPECT_THAT(FormatTable(rows, form, Terminal(80)), testing::Not(testing::HasSubstr("\033")));
}

TEST(FormatDataTest, JsonAndYamlAreTheSameValueAndFitForATerminal) {
  // NOLINTBEGIN(misc-misleading-bidirectional): what is tested
  const nlohmann::ordered_json value = {
      {{"name", "生产"}, {"state", "true"}, {"count", 1}, {"odd", "a\u202Eb\U000E0041"}, {"none", nullptr}}};
  // NOLINTEND(misc-misleading-bidirectional)
  EXPECT_EQ(FormatData(value, OutputFormat::kYaml),
            "- name: \"生产\"\n"
            "  state: \"true\"\n"
            "  count: 1\n"
            "  odd: \"a\\u202eb\\U000e0041\"\n"
            "  none: null\n");
  EXPECT_THAT(FormatData(value, OutputFormat::kJson),
              testing::HasSubstr("\"odd\": \"a\\u202eb\\udb40\\udc41\""));
  EXPECT_EQ(FormatData(nlohmann::ordered_json::array(), OutputFormat::kYaml), "[]\n");
  EXPECT_EQ(FormatData({{"bytes", "a\xff"}}, OutputFormat::kYaml), "bytes: \"a\uFFFD\"\n");
}

TEST(FormatNamesTest, OneALineWithoutEmptyOnes) { EXPECT_EQ(FormatNames({"dev", "", "a\nb"}), "dev\na b\n"); }

TEST(ParseOutputFormatTest, OnlyWhatTheCommandHas) {
  const auto format = [](const FlagSpec& spec, const char* value) {
    const std::vector<FlagSpec> specs = {spec};
    return ParseOutputFormat(*ParseFlags(specs, {"-o", value}));
  };
  EXPECT_EQ(*format(kOutputFlag, "yaml"), OutputFormat::kYaml);
  EXPECT_EQ(*format(kOutputFlag, "table"), OutputFormat::kTable);
  EXPECT_EQ(format(kOutputFlag, "name").status().message(), "--output name: not one of table, json, yaml");
  EXPECT_EQ(*format(kOutputOrNameFlag, "name"), OutputFormat::kName);
  EXPECT_EQ(*format(kOutputOrWideFlag, "wide"), OutputFormat::kWide);
  EXPECT_EQ(*ParseOutputFormat(ParsedFlags()), OutputFormat::kTable);
}

}  // namespace
}  // namespace credential_provider
