// Defaults of flags from variables and from a file: who gets them, which of them counts, and who never does.
#include <sys/stat.h>
#include <unistd.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/end_to_end/world.h"

namespace credential_provider {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class DefaultsTest : public testing::Test {
 protected:
  DefaultsTest() : world_(SharedSandbox()) {
    std::filesystem::create_directories(world_.home.Path(".config/credential_provider"));
    WriteFile("cs-endpoint = " + world_.sandbox.Value("cloud") + "\n");
  }

  void WriteFile(const std::string& lines) {
    Spill(file_, "# mine\n[defaults]\n" + lines);
    chmod(file_.c_str(), S_IRUSR | S_IWUSR);
  }

  void AddToFile(const std::string& lines) { Spill(file_, Slurp(file_) + lines); }

  ProcessResult Install(const std::vector<std::string>& more = {}) {
    std::vector<std::string> args = {"kubeconfig_writer", "install", "ack",      "--cluster-id", kCluster,
                                     "--kubeconfig",      config_,   "--dry-run"};
    args.insert(args.end(), more.begin(), more.end());
    return world_.Run(args);
  }

  World world_;
  const std::string file_ = world_.home.Path(".config/credential_provider/config");
  const std::string config_ = world_.home.Path("kubeconfig");
};

TEST_F(DefaultsTest, InstallTakesThemFromTheFileAndWritesThemIntoTheStanza) {
  AddToFile("duration = 30m\nstore = disk\n");
  ASSERT_EQ(
      world_.Run({"kubeconfig_writer", "install", "ack", "--cluster-id", kCluster, "--kubeconfig", config_})
          .status,
      0);
  EXPECT_THAT(Slurp(config_), AllOf(HasSubstr("--cs-endpoint"), HasSubstr("30m"), HasSubstr("disk")));
}

TEST_F(DefaultsTest, AVariableCountsMoreThanTheFileAndWhatIsTypedMoreThanBoth) {
  AddToFile("duration = 30m\n");
  EXPECT_THAT(Install().out, HasSubstr("30m"));
  world_.env["CREDENTIAL_PROVIDER_DURATION"] = "45m";
  EXPECT_THAT(Install().out, AllOf(HasSubstr("45m"), Not(HasSubstr("30m"))));
  EXPECT_THAT(Install({"--duration", "20m"}).out,
              AllOf(HasSubstr("20m"), Not(HasSubstr("45m")), Not(HasSubstr("30m"))));
}

TEST_F(DefaultsTest, WhoAsksIsNeverMixedOfSeveralPlaces) {
  const std::string role = "acs:ram::1000000000000001:role/ack-reader";
  AddToFile("role-arn = " + role + "\nrole-session-name = mine\n");
  EXPECT_THAT(Install().out, AllOf(HasSubstr(role), HasSubstr("mine")));
  world_.env["CREDENTIAL_PROVIDER_IDENTITY"] = "environment";
  EXPECT_THAT(Install().out, AllOf(HasSubstr("environment"), Not(HasSubstr(role)), Not(HasSubstr("mine"))));
  EXPECT_THAT(Install({"--role-arn", role}).out,
              AllOf(HasSubstr(role), Not(HasSubstr("--identity")), Not(HasSubstr("mine"))));
}

TEST_F(DefaultsTest, GetTakesNoneSoThatTheStanzaDecides) {
  AddToFile("identity = instance-role\n");
  world_.env["CREDENTIAL_PROVIDER_CS_ENDPOINT"] = "http://127.0.0.1:1";
  const ProcessResult result = world_.Run(world_.GetAck({"--store", "none"}));
  EXPECT_EQ(result.status, 0) << result.err;
}

TEST_F(DefaultsTest, OtherCommandsOfTheProviderTakeThemUnlessToldNotTo) {
  AddToFile("identity = instance-role\n");
  EXPECT_NE(world_.Run({"credential_provider", "whoami"}).status, 0);
  const ProcessResult whoami = world_.Run({"credential_provider", "whoami", "--no-defaults"});
  EXPECT_EQ(whoami.status, 0) << whoami.err;
  EXPECT_THAT(whoami.out, HasSubstr("environment"));
}

TEST_F(DefaultsTest, AWrongValueIsSaidWithThePlaceItComesFrom) {
  AddToFile("duration = 1y\n");
  const ProcessResult result = Install();
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, HasSubstr("error: " + file_ + ": --duration 1y: not a time"));
}

TEST_F(DefaultsTest, AMistakeInTheFileIsRefusedAndNotPassedOver) {
  AddToFile("profil = prod\n");
  ProcessResult result = Install();
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, HasSubstr(file_ + ": profil: no flag that has a default"));
  AddToFile("[profile prod]\nregion = cn-beijing\n");
  EXPECT_THAT(Install().err, HasSubstr("[profile prod]: the only section is [defaults]"));
  Spill(file_, "region cn-beijing\n");
  EXPECT_THAT(Install().err, HasSubstr(file_ + ": line 1:"));
}

TEST_F(DefaultsTest, AFileThatOthersCanWriteIsRefused) {
  chmod(file_.c_str(), S_IRUSR | S_IWUSR | S_IWOTH);
  const ProcessResult result = Install();
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, AllOf(HasSubstr("others can write it"), HasSubstr("chmod go-w")));
  EXPECT_EQ(world_.Run(world_.GetAck({"--store", "none"})).status, 0) << "get reads no such file";
}

TEST_F(DefaultsTest, ConfigShowsEachWithThePlaceItComesFrom) {
  AddToFile("region = cn-beijing\nproxy-url = http://me:fake-proxy-word@127.0.0.1:1\n");
  world_.env["CREDENTIAL_PROVIDER_PROFILE"] = "prod";
  const ProcessResult table = world_.Run({"kubeconfig_writer", "config"});
  EXPECT_EQ(table.status, 0) << table.err;
  EXPECT_THAT(table.out, testing::ContainsRegex("--profile +prod +CREDENTIAL_PROVIDER_PROFILE\n"));
  EXPECT_THAT(table.out, testing::ContainsRegex("--region +cn-beijing +" + file_ + "\n"));
  EXPECT_THAT(table.out, testing::ContainsRegex("--duration +- +-\n"));
  EXPECT_THAT(table.out, AllOf(Not(HasSubstr("--cluster-id")), Not(HasSubstr("fake-proxy-word"))));
  const auto json =
      nlohmann::json::parse(world_.Run({"kubeconfig_writer", "config", "--output", "json"}).out);
  EXPECT_EQ(json.at("file"), file_);
  for (const auto& flag : json.at("defaults")) {
    if (flag.at("flag") == "--region") {
      EXPECT_EQ(flag.at("variable"), "CREDENTIAL_PROVIDER_REGION");
      EXPECT_EQ(flag.at("default"), "cn-beijing");
    }
  }
}

TEST_F(DefaultsTest, WithoutAFileThereAreNone) {
  unlink(file_.c_str());
  const ProcessResult result = world_.Run({"kubeconfig_writer", "config"});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(result.out, Not(HasSubstr("cn-")));
}

}  // namespace
}  // namespace credential_provider
