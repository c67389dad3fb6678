// Runs every case in testdata/cli: a command, and what it must print on both streams and return.
//
// A case is a folder with: `args`, an argument a line, the program first; `control`, what to tell the sandbox
// before, "PATH JSON" a line (optional); `env`, NAME=VALUE a line, beside the sandbox's AccessKey (optional);
// `home/`, what is in the home before the run, and `home_after/`, what must be in it afterwards (optional; a
// file that begins with "#!" may be run there, others have the mode 0600); `stdout` and `stderr` (optional:
// nothing); `status`. {cloud}, {cloud_tls}, {api_server}, {api_server_public}, {ca_file}, {home}, {provider}
// and {provider_as_started} stand for what differs from run to run.
//
// To write what the programs print now into the cases, after which their diff wants to be read, name their
// folder in the source, and run this in its runfiles:
//   cd bazel-bin/tests/end_to_end/cli_test.runfiles/credential_provider
//   CLI_CASES_TO_WRITE=$SOURCE/testdata/cli tests/end_to_end/cli_test
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/match.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"

namespace credential_provider {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string ReplaceAll(std::string text, const std::string& from, const std::string& to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

class CliTest : public testing::TestWithParam<std::string> {
 protected:
  std::string File(const std::string& name) const { return Slurp(GetParam() + "/" + name); }

  // Puts the values of this run in the place of their names, or the other way round.
  std::string Fill(std::string text) const {
    for (const auto& [name, value] : Names()) text = ReplaceAll(text, name, value);
    return text;
  }
  std::string Abstract(std::string text) const {
    for (const auto& [name, value] : Names()) text = ReplaceAll(text, value, name);
    return text;
  }
  std::vector<std::pair<std::string, std::string>> Names() const {
    const auto authority = [](const std::string& url) { return url.substr(url.find("://") + 3); };
    return {{"{cloud}", authority(world_.sandbox.Value("cloud"))},
            {"{cloud_tls}", authority(world_.sandbox.Value("cloud_tls"))},
            {"{api_server}", authority(world_.sandbox.Value("api_server"))},
            {"{api_server_public}",
             ReplaceAll(authority(world_.sandbox.Value("api_server")), "127.0.0.1", "localhost")},
            {"{ca_file}", world_.sandbox.Value("ca_file")},
            {"{provider_as_started}", Runfile("credential_provider/credential_provider")},
            {"{provider}", fs::canonical(Runfile("credential_provider/credential_provider"))},
            {"{home}", world_.home.path()}};
  }

  // Puts what is below `home/` into the home.
  void CopyHome() {
    for (const fs::path& file : FilesBelow("home")) {
      const fs::path target = fs::path(world_.home.path()) / file.lexically_relative(GetParam() + "/home");
      world_.secret_files.insert(target.lexically_relative(world_.home.path()).string());
      fs::create_directories(target.parent_path());
      std::ofstream(target) << Fill(Slurp(file.string()));
      const bool runs = absl::StartsWith(Slurp(file.string()), "#!");
      fs::permissions(target, runs ? fs::perms::owner_all : fs::perms::owner_read | fs::perms::owner_write);
    }
  }
  void CheckHome() const {
    for (const fs::path& file : FilesBelow("home_after")) {
      const std::string name = file.lexically_relative(GetParam() + "/home_after").string();
      EXPECT_EQ(Abstract(Slurp(world_.home.path() + "/" + name)), Slurp(file.string())) << name;
    }
  }
  std::vector<fs::path> FilesBelow(const std::string& folder) const {
    std::vector<fs::path> files;
    if (!fs::exists(GetParam() + "/" + folder)) return files;
    for (const auto& entry : fs::recursive_directory_iterator(GetParam() + "/" + folder)) {
      if (!entry.is_directory()) files.push_back(entry.path());
    }
    return files;
  }

  // Writes `text` as the expected one, or removes the file that says so when it is empty.
  void Write(const std::string& folder, const std::string& name, const std::string& text) const {
    const std::string path = folder + GetParam().substr(GetParam().rfind('/')) + "/" + name;
    if (text.empty()) std::remove(path.c_str());
    if (!text.empty()) std::ofstream(path) << text;
  }

  World world_{SharedSandbox()};
};

TEST_P(CliTest, PrintsAndReturnsWhatTheCaseSays) {
  for (const std::string& line : Lines(Fill(File("control")))) {
    const size_t space = line.find(' ');
    world_.sandbox.Post(line.substr(0, space), nlohmann::json::parse(line.substr(space + 1)));
  }
  for (const std::string& line : Lines(Fill(File("env")))) {
    const size_t equals = line.find('=');
    world_.env[line.substr(0, equals)] = line.substr(equals + 1);
  }
  CopyHome();
  const ProcessResult result = world_.Run(Lines(Fill(File("args"))));
  if (const char* const folder = std::getenv("CLI_CASES_TO_WRITE")) {
    Write(folder, "stdout", Abstract(result.out));
    Write(folder, "stderr", Abstract(result.err));
    Write(folder, "status", std::to_string(result.status) + "\n");
    return;
  }
  EXPECT_EQ(Abstract(result.out), File("stdout"));
  EXPECT_EQ(Abstract(result.err), File("stderr"));
  EXPECT_EQ(std::to_string(result.status) + "\n", File("status"));
  CheckHome();
}

INSTANTIATE_TEST_SUITE_P(Cases, CliTest, testing::ValuesIn(FilesIn("testdata/cli")),
                         [](const auto& test) { return TestName(test.param); });

}  // namespace
}  // namespace credential_provider
