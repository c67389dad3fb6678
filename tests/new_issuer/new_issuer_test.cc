// A new kind of credential is two files (toy_issuer) and a row: everything else comes from that.
#include <filesystem>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/end_to_end/world.h"

namespace credential_provider {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;

class NewIssuerTest : public testing::Test {
 protected:
  NewIssuerTest() {
    Spill(world_.home.Path("token.out"), "toy-token\n");
    world_.env["KUBECONFIG"] = world_.home.Path("config");
  }

  ProcessResult Provider(std::vector<std::string> args) {
    args.insert(args.begin(), Runfile("tests/new_issuer/credential_provider"));
    return world_.Run(args);
  }

  ProcessResult Writer(std::vector<std::string> args) {
    args.insert(args.begin(), Runfile("tests/new_issuer/kubeconfig_writer"));
    return world_.Run(args);
  }

  std::string File() const { return world_.home.Path("token.out"); }

  World world_{SharedSandbox()};
};

TEST_F(NewIssuerTest, GetAnswersIsStoredAndForgotten) {
  const std::vector<std::string> flags = {"--toy-file", File(), "--cache-dir", world_.home.Path("store")};
  std::vector<std::string> get = {"get", "toy"}, forget = {"forget", "toy"};
  get.insert(get.end(), flags.begin(), flags.end());
  forget.insert(forget.end(), flags.begin(), flags.end());
  const ProcessResult answer = Provider(get);
  ASSERT_EQ(answer.status, 0) << answer.err;
  EXPECT_EQ(nlohmann::json::parse(answer.out).at("status").at("token"), "toy-token");
  std::filesystem::remove(File());
  EXPECT_EQ(Provider(get).out, answer.out);
  EXPECT_EQ(Provider(forget).out, "forgot 1 credential\n");
  EXPECT_EQ(Provider(get).status, 1);
}

TEST_F(NewIssuerTest, DoctorGoesAsFarAsACredential) {
  const ProcessResult doctor = Provider({"doctor", "toy", "--toy-file", File()});
  EXPECT_EQ(doctor.status, 0) << doctor.err;
  EXPECT_THAT(doctor.out, HasSubstr("ok  configuration: toy, file " + File()));
  EXPECT_THAT(doctor.out, HasSubstr("ok  credential: a token until "));
}

TEST_F(NewIssuerTest, HelpCompletionAndManualKnowIt) {
  EXPECT_THAT(Provider({"help"}).out, ContainsRegex("\n  get toy +the token in a file\n"));
  EXPECT_THAT(Provider({"get", "toy", "--help"}).out, HasSubstr("--toy-file FILE"));
  EXPECT_THAT(Provider({"complete", "--", "get", "t"}).out, HasSubstr("toy\tthe token in a file\n"));
  EXPECT_THAT(Provider({"complete", "--", "get", "toy", "--toy"}).out, HasSubstr("--toy-file\t"));
  EXPECT_THAT(Provider({"man"}).out, HasSubstr(".Ss get toy"));
  EXPECT_EQ(Provider({"get", "toy"}).err,
            "credential_provider: error: --toy-file: needed: the file with the token\n"
            "credential_provider: hint: run `credential_provider get toy --help`\n");
}

TEST_F(NewIssuerTest, InstallAddsAUserThatListKnowsAndUninstallRemoves) {
  const ProcessResult installed = Writer({"install", "toy", "--user", "one", "--toy-file", File(),
                                          "--command", Runfile("credential_provider/credential_provider")});
  EXPECT_EQ(installed.status, 0) << installed.err;
  EXPECT_EQ(installed.out, "wrote user one to " + world_.home.Path("config") + "\n");
  EXPECT_THAT(Slurp(world_.home.Path("config")), HasSubstr("- toy\n"));
  EXPECT_THAT(Writer({"list"}).out, HasSubstr("one"));
  EXPECT_EQ(Writer({"uninstall", "one"}).status, 0);
  EXPECT_THAT(Slurp(world_.home.Path("config")), testing::Not(HasSubstr("toy")));
}

TEST_F(NewIssuerTest, AUserOfSomebodyElseStaysAndTheHintNamesAFlagThatThereIs) {
  const std::string others = "users:\n- name: one\n  user:\n    username: someone\n";
  Spill(world_.home.Path("config"), others);
  const ProcessResult refused = Writer({"install", "toy", "--user", "one", "--toy-file", File(), "--command",
                                        Runfile("credential_provider/credential_provider")});
  EXPECT_EQ(refused.status, 1);
  EXPECT_EQ(refused.out, "");
  EXPECT_THAT(refused.err, HasSubstr("user one: already in the kubeconfig, and not made by this program"));
  EXPECT_THAT(refused.err, HasSubstr("hint: choose another name with --user\n"));
  EXPECT_EQ(Slurp(world_.home.Path("config")), others);
}

}  // namespace
}  // namespace credential_provider
