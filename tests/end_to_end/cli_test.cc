// Runs every case in testdata/cli: a command, and what it must print on both streams and return.
//
// A case is a file PROGRAM/COMMAND/NAME.case (see tests/testing/case_file.h) with the sections
//   args         an argument a line, the program first
//   env          NAME=VALUE a line, beside the sandbox's AccessKey
//   control      what to tell the sandbox before, "PATH JSON" a line
//   home/…       files in the home before the run; one that begins with "#!" may be run, others have the mode
//   0600 stdout, stderr, status home_after/… what files in the home must hold afterwards
// of which args and status are required. {cloud}, {cloud_tls}, {api_server}, {api_server_public}, {ca_file},
// {home}, {provider} and {provider_as_started} stand for what differs from run to run.
//
// To write what the programs print now into the cases, after which their diff wants to be read, name their
// folder in the source, and run this in its runfiles:
//   cd bazel-bin/tests/end_to_end/cli_test.runfiles/credential_provider
//   CLI_CASES_TO_WRITE=$SOURCE/testdata/cli tests/end_to_end/cli_test
#include <cstdlib>
#include <filesystem>
#include <regex>

#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"
#include "tests/testing/case_file.h"

namespace credential_provider {
namespace {

namespace fs = std::filesystem;

const CaseForm& Form() {
  static const auto* const form = new CaseForm{{"args", true}, {"env"},    {"control"},      {"home/"},
                                               {"stdout"},     {"stderr"}, {"status", true}, {"home_after/"}};
  return *form;
}

// The path of a case below testdata/cli.
std::string PathOf(const std::string& file) {
  return fs::path(file).lexically_relative(Runfile("testdata/cli")).string();
}

class CliTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    const absl::StatusOr<CaseFile> read = CaseFile::Read(GetParam(), Form());
    ASSERT_TRUE(read.ok()) << PathOf(GetParam()) << ": " << read.status();
    case_ = *read;
  }

  std::vector<std::string> FilledLines(const std::string& section) const {
    return Lines(Fill(case_.Text(section), Values()));
  }

  CaseValues Values() const {
    const auto authority = [](const std::string& url) { return url.substr(url.find("://") + 3); };
    return {{"{cloud}", authority(world_.sandbox.Value("cloud"))},
            {"{cloud_tls}", authority(world_.sandbox.Value("cloud_tls"))},
            {"{api_server}", authority(world_.sandbox.Value("api_server"))},
            {"{api_server_public}", absl::StrReplaceAll(authority(world_.sandbox.Value("api_server")),
                                                        {{"127.0.0.1", "localhost"}})},
            {"{ca_file}", world_.sandbox.Value("ca_file")},
            {"{provider_as_started}", Runfile("credential_provider/credential_provider")},
            {"{provider}", fs::canonical(Runfile("credential_provider/credential_provider"))},
            {"{home}", world_.home.path()}};
  }

  void TellSandbox() const {
    for (const std::string& line : FilledLines("control")) {
      const size_t space = line.find(' ');
      ASSERT_NE(space, std::string::npos) << line;
      world_.sandbox.Post(line.substr(0, space), nlohmann::json::parse(line.substr(space + 1)));
    }
  }
  void SetEnvironment() {
    for (const std::string& line : FilledLines("env")) {
      const size_t equals = line.find('=');
      ASSERT_NE(equals, std::string::npos) << line;
      world_.env[line.substr(0, equals)] = line.substr(equals + 1);
    }
  }
  void FillHome() {
    for (const auto& [name, text] : case_.Files("home/")) {
      const fs::path target = world_.home.Path(name);
      world_.secret_files.insert(name);
      fs::create_directories(target.parent_path());
      Spill(target, Fill(text, Values()));
      const bool runs = absl::StartsWith(text, "#!");
      fs::permissions(target, runs ? fs::perms::owner_all : fs::perms::owner_read | fs::perms::owner_write);
    }
  }
  void CheckHome() const {
    for (const auto& [name, text] : case_.Files("home_after/"))
      EXPECT_EQ(Abstract(Slurp(world_.home.Path(name)), Values()), text) << name;
  }

  CaseFile case_;
  World world_{SharedSandbox()};
};

TEST_P(CliTest, PrintsAndReturnsWhatTheCaseSays) {
  ASSERT_NO_FATAL_FAILURE(TellSandbox());
  ASSERT_NO_FATAL_FAILURE(SetEnvironment());
  FillHome();
  const ProcessResult result = world_.Run(FilledLines("args"));
  const std::string out = Abstract(result.out, Values());
  const std::string err = Abstract(result.err, Values());
  const std::string status = std::to_string(result.status) + "\n";
  if (const char* const folder = std::getenv("CLI_CASES_TO_WRITE")) {
    case_.SetText("stdout", out);
    case_.SetText("stderr", err);
    case_.SetText("status", status);
    Spill(std::string(folder) + "/" + PathOf(GetParam()), case_.Format(Form()));
    return;
  }
  EXPECT_EQ(out, case_.Text("stdout"));
  EXPECT_EQ(err, case_.Text("stderr"));
  EXPECT_EQ(status, case_.Text("status"));
  CheckHome();
}

// What is in English in a line: four words of small letters one after the other, but for commands, what the
// cloud has answered, and what the user's own plugins and kubeconfigs say.
std::string EnglishIn(const std::string& line) {
  static const std::regex command("`[^`]*`"), answer("[A-Za-z.]+: [^：（]*（HTTP"),
      words("[a-z]{2,}( [a-z]+){3,}");
  std::smatch found;
  const std::string prose = std::regex_replace(std::regex_replace(line, command, ""), answer, "");
  if (!std::regex_search(prose, found, words)) return "";
  const std::string english = found.str();
  const bool is_theirs =
      english == "get the plugin from your administrator" || english == "your session has ended";
  return is_theirs ? "" : english;
}

TEST_P(CliTest, InChineseTheStatusIsTheSameAndNoMessageIsLeftInEnglish) {
  ASSERT_NO_FATAL_FAILURE(TellSandbox());
  ASSERT_NO_FATAL_FAILURE(SetEnvironment());
  FillHome();
  world_.env["LC_ALL"] = "zh_CN.UTF-8";
  const ProcessResult result = world_.Run(FilledLines("args"));
  EXPECT_EQ(std::to_string(result.status) + "\n", case_.Text("status"));
  for (const std::string& line : Lines(result.err)) EXPECT_EQ(EnglishIn(line), "") << line;
}

INSTANTIATE_TEST_SUITE_P(Cases, CliTest, testing::ValuesIn(FilesBelow("testdata/cli")), [](const auto& test) {
  return TestName(absl::StrReplaceAll(PathOf(test.param), {{"/", "_"}}));
});

TEST(CliCaseTest, EachIsInTheFolderOfItsProgramAndCommand) {
  for (const std::string& file : FilesBelow("testdata/cli")) {
    const absl::StatusOr<CaseFile> read = CaseFile::Read(file, Form());
    ASSERT_TRUE(read.ok()) << PathOf(file) << ": " << read.status();
    const std::string folder = fs::path(PathOf(file)).parent_path();
    const std::string command = absl::StrJoin(Lines(read->Text("args")), "/") + "/";
    EXPECT_TRUE(absl::StartsWith(command, folder + "/")) << PathOf(file);
  }
}

// A misspelt section would be an expectation that nothing checks.
TEST(CliCaseTest, HasTheSectionsOfItsFormAndNoOthers) {
  const auto error = [](absl::string_view text) {
    return std::string(CaseFile::Parse(text, Form()).status().message());
  };
  EXPECT_EQ(error("-- args --\nx\n-- stderr --\ny\n-- status --\n0\n"), "");
  EXPECT_EQ(error("-- args --\nx\n-- stdErr --\ny\n-- status --\n0\n"), "unknown section: stdErr");
  EXPECT_EQ(error("-- env --\nA=b\n-- status --\n0\n"), "missing section: args");
  EXPECT_EQ(error("-- args --\nx\n-- stdout --\ny\n"), "missing section: status");
}

}  // namespace
}  // namespace credential_provider
