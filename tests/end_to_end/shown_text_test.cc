// Names that would turn a terminal's line around, hide in it or command it: what both programs show of them.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"

namespace credential_provider {
namespace {

using testing::HasSubstr;
using testing::Not;

// NOLINTBEGIN(misc-misleading-bidirectional): what is tested
constexpr char kName[] = "a\u202Eb\u2066c\u200Bd\u009Be\uFEFFf";
constexpr char kRawName[] = "a\u202Eb\u2066c\u200Bd";
constexpr const char* kUnsafe[] = {"\u202E", "\u2066", "\u200B", "\u009B", "\uFEFF"};
// NOLINTEND(misc-misleading-bidirectional)

class ShownTextTest : public testing::Test {
 protected:
  void SetUp() override { WriteKubeconfig(/*escaped=*/true); }

  // As escapes, or as they are, which YAML allows for some of them.
  void WriteKubeconfig(bool escaped) {
    const std::string name = escaped ? kName : kRawName;
    const nlohmann::json config = {
        {"apiVersion", "v1"},
        {"kind", "Config"},
        {"current-context", name},
        {"clusters", {{{"name", name}, {"cluster", {{"server", "https://127.0.0.1:1"}}}}}},
        {"users",
         {{{"name", name}, {"user", {{"token", "0123456789abcdef0123456789abcdef"}}}},
          {{"name", std::string("exec-") + name},
           {"user",
            {{"exec",
              {{"apiVersion", "client.authentication.k8s.io/v1"},
               {"command", "credential_provider"},
               {"args", {"get", "ack", "--cluster-id", kCluster}},
               {"interactiveMode", "Never"}}}}}}}},
        {"contexts",
         {{{"name", name}, {"context", {{"cluster", name}, {"user", std::string("exec-") + name}}}}}}};
    Spill(world_.home.Path("config"), config.dump(1, ' ', escaped));
    world_.secret_files = {"config"};
    world_.env["KUBECONFIG"] = world_.home.Path("config");
  }

  ProcessResult Run(std::vector<std::string> args) {
    args.insert(args.begin(), "kubeconfig_writer");
    ProcessResult result = world_.Run(args);
    for (const char* text : kUnsafe) {
      EXPECT_THAT(result.out, Not(HasSubstr(text))) << args[1];
      EXPECT_THAT(result.err, Not(HasSubstr(text))) << args[1];
    }
    return result;
  }

  World world_{SharedSandbox()};
};

TEST_F(ShownTextTest, ListsShowQuestionMarks) {
  EXPECT_THAT(Run({"audit"}).out, HasSubstr("a?b?c?d?e?f"));
  EXPECT_THAT(Run({"list"}).out, HasSubstr("a?b?c?d?e?f"));
}

TEST_F(ShownTextTest, JsonKeepsTheNameInEscapes) {
  for (const char* command : {"audit", "list"}) {
    const std::string out = Run({command, "--output", "json"}).out;
    EXPECT_THAT(out, HasSubstr("a\\u202eb\\u2066c\\u200bd\\u009be\\ufefff")) << command;
    EXPECT_THAT(nlohmann::json::parse(out).dump(), HasSubstr(kName)) << command;
  }
}

TEST_F(ShownTextTest, ErrorsShowQuestionMarks) {
  EXPECT_THAT(Run({"verify", std::string("x") + kName}).err, HasSubstr("xa?b?c?d?e?f"));
}

TEST_F(ShownTextTest, ADiffShowsQuestionMarksAndWhatIsWrittenStaysAsItIs) {
  WriteKubeconfig(/*escaped=*/false);
  const std::vector<std::string> install = {"install", "ack",           "--cluster-id",
                                            kCluster,  "--cs-endpoint", world_.sandbox.Value("cloud")};
  std::vector<std::string> dry = install;
  dry.push_back("--dry-run");
  EXPECT_THAT(Run(dry).out, HasSubstr("a?b?c?d"));
  EXPECT_EQ(Run(install).status, 0);
  EXPECT_THAT(Slurp(world_.home.Path("config")), HasSubstr(kRawName));
}

TEST_F(ShownTextTest, AContextGetsNoSuchName) {
  EXPECT_THAT(Run({"install", "ack", "--cluster-id", kCluster, "--cs-endpoint", world_.sandbox.Value("cloud"),
                   "--context-name", kName})
                  .err,
              HasSubstr("has control characters"));
}

}  // namespace
}  // namespace credential_provider
