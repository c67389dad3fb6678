// `migrate` from what people have before: the kubeconfig of ACK's console, the one of the aliyun command, and
// the one of ack-ram-tool, each in the form in which it is handed out. kubectl signs in before and after.
#include <sys/stat.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/end_to_end/world.h"

namespace credential_provider {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr char kUser[] = "200000000000000001";
const std::string kContext = absl::StrCat(kUser, "-", kCluster);  // as ACK names it
constexpr char kToolsArgs[] =
    "credential-plugin get-credential --cluster-id c00000000000000000000000000000001 --api-version v1beta1 "
    "--expiration 3h0m0s --credential-cache-dir ~/.kube/cache/ack-ram-tool/credential-plugin";

// What stands for ack-ram-tool: it takes the same arguments, and asks as the real one would.
constexpr char kStub[] = R"(#!/bin/sh
set -- "$@" end
while [ $# -gt 1 ]; do
  case $1 in
    --cluster-id) id=$2 ;;
    --profile-name) profile=$2 ;;
    --role-arn) role=$2 ;;
    --profile-file) export ALIBABA_CLOUD_CONFIG_FILE=$2 source=aliyun-profile ;;
    --ignore-env-credentials) source=aliyun-profile ;;
  esac
  shift
done
exec credential_provider get ack --cluster-id "$id" --store none --cs-endpoint {cloud} \
  ${source:+--identity "$source"} ${profile:+--profile "$profile"} ${role:+--role-arn "$role"}
)";

class MigrateFromOthersTest : public testing::Test {
 protected:
  void SetUp() override {
    world_.secret_files = {"config"};
    std::filesystem::create_directories(world_.home.Path("tools"));
    Spill(stub_, absl::StrReplaceAll(kStub, {{"{cloud}", world_.sandbox.Value("cloud")}}));
    chmod(stub_.c_str(), S_IRWXU);
    world_.env["PATH"] = world_.home.Path("tools") + ":" + world_.env["PATH"];
    const ProcessResult made = world_.Run(world_.GetAck({"--store", "none", "--duration", "72h"}));
    ASSERT_EQ(made.status, 0) << made.err;
    status_ = json::parse(made.out).at("status");
  }

  std::string Base64(const char* field) const {
    return absl::Base64Escape(status_.at(field).get<std::string>());
  }

  // As ACK answers, in its console and by its API.
  std::string OfAck() const {
    return absl::StrReplaceAll(R"(
apiVersion: v1
clusters:
- cluster:
    server: {server}
    certificate-authority-data: {authority}
  name: kubernetes
contexts:
- context:
    cluster: kubernetes
    user: "{user}"
  name: {context}
current-context: {context}
kind: Config
preferences: {}
users:
- name: "{user}"
  user:
    client-certificate-data: {certificate}
    client-key-data: {key}
)",
                               {{"{server}", world_.sandbox.Value("api_server")},
                                {"{authority}", absl::Base64Escape(Slurp(world_.sandbox.Value("ca_file")))},
                                {"{user}", kUser},
                                {"{context}", kContext},
                                {"{certificate}", Base64("clientCertificateData")},
                                {"{key}", Base64("clientKeyData")}});
  }

  // As ack-ram-tool prints it.
  std::string OfTool(const std::string& args = kToolsArgs, const std::string& env = "") const {
    std::string lines;
    for (const absl::string_view arg : absl::StrSplit(args, ' '))
      absl::StrAppend(&lines, "                - ", arg, "\n");
    return absl::StrReplaceAll(R"(kind: Config
apiVersion: v1
clusters:
    - name: kubernetes
      cluster:
        server: {server}
        certificate-authority-data: {authority}
contexts:
    - name: {context}
      context:
        cluster: kubernetes
        user: "{user}"
current-context: {context}
users:
    - name: "{user}"
      user:
        exec:
            command: ack-ram-tool
            args:
{args}                - --log-level
                - error
{env}            apiVersion: client.authentication.k8s.io/v1beta1
            provideClusterInfo: false
            interactiveMode: Never
preferences: {}
)",
                               {{"{server}", world_.sandbox.Value("api_server")},
                                {"{authority}", absl::Base64Escape(Slurp(world_.sandbox.Value("ca_file")))},
                                {"{user}", kUser},
                                {"{context}", kContext},
                                {"{args}", lines},
                                {"{env}", env}});
  }

  void Write(const std::string& text) {
    Spill(file_, text);
    chmod(file_.c_str(), S_IRUSR | S_IWUSR);
  }

  ProcessResult Migrate(const std::vector<std::string>& more = {}) {
    std::vector<std::string> args = {
        "kubeconfig_writer",          "migrate", kContext, "--kubeconfig", file_, "--cs-endpoint",
        world_.sandbox.Value("cloud")};
    args.insert(args.end(), more.begin(), more.end());
    return world_.Run(args);
  }

  // The name without the second of issue, as whom kubectl signs in.
  std::string KubectlsUser() {
    const ProcessResult result = world_.Run(
        {"kubectl", "--kubeconfig", file_, "auth", "whoami", "-o", "jsonpath={.status.userInfo.username}"});
    EXPECT_EQ(result.status, 0) << result.err;
    return result.out.substr(0, result.out.rfind('-'));
  }

  void ExpectSameUserBeforeAndAfter() {
    const std::string before = KubectlsUser();
    const ProcessResult migrated = Migrate();
    ASSERT_EQ(migrated.status, 0) << migrated.err;
    std::filesystem::remove(stub_);
    EXPECT_EQ(KubectlsUser(), before);
    EXPECT_EQ(before, kUser);
  }

  void WriteProfiles(const std::string& path) {
    json profiles = json::array();
    for (const std::string user : {"sandbox-bob", "sandbox-alice"})
      profiles.push_back(
          {{"name", user}, {"mode", "AK"}, {"access_key_id", user}, {"access_key_secret", user + "-secret"}});
    std::filesystem::create_directories(world_.home.Path(".aliyun"));
    Spill(world_.home.Path(path), json{{"current", "sandbox-bob"}, {"profiles", profiles}}.dump());
    world_.secret_files.insert(path);
  }

  void CallAs(const std::string& user) {
    world_.env.erase("ALIBABA_CLOUD_ACCESS_KEY_ID");
    world_.env.erase("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
    if (user.empty()) return;
    world_.env["ALIBABA_CLOUD_ACCESS_KEY_ID"] = user;
    world_.env["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = user + "-secret";
  }

  World world_{SharedSandbox()};
  const std::string file_ = world_.home.Path("config");
  const std::string stub_ = world_.home.Path("tools/ack-ram-tool");
  json status_;
};

TEST_F(MigrateFromOthersTest, TheConsolesKubeconfig) {
  Write(OfAck());
  ExpectSameUserBeforeAndAfter();
  EXPECT_EQ(Slurp(file_).find("client-key-data"), std::string::npos);
}

// `aliyun cs GET /k8s/ID/user_config` prints JSON with the kubeconfig in it.
TEST_F(MigrateFromOthersTest, TheKubeconfigThatTheAliyunCommandPrints) {
  const std::string printed = json{{"config", OfAck()}, {"expiration", "2036-01-02T03:04:05Z"}}.dump(2);
  Write(json::parse(printed).at("config"));
  ExpectSameUserBeforeAndAfter();
}

TEST_F(MigrateFromOthersTest, AckRamTools) {
  Write(OfTool());
  ExpectSameUserBeforeAndAfter();
  EXPECT_THAT(Slurp(file_),
              AllOf(HasSubstr("credential_provider"), Not(HasSubstr("ack-ram-tool")), HasSubstr("3h"),
                    HasSubstr("in the place of another plugin"), HasSubstr("name: kubernetes")));
}

TEST_F(MigrateFromOthersTest, AckRamToolsWithItsProfileAndWithoutTheEnvironment) {
  WriteProfiles(".aliyun/config.json");
  CallAs("sandbox-bob");
  Write(OfTool(absl::StrCat(kToolsArgs, " --profile-name sandbox-alice --ignore-env-credentials")));
  ExpectSameUserBeforeAndAfter();
  EXPECT_THAT(Slurp(file_), AllOf(HasSubstr("- --identity\n"), HasSubstr("- aliyun-profile\n"),
                                  HasSubstr("- --profile\n"), HasSubstr("- sandbox-alice\n")));
}

TEST_F(MigrateFromOthersTest, AckRamToolsWithItsProfileFileInAVariableOfTheStanza) {
  WriteProfiles("mine.json");
  CallAs("");
  Write(OfTool(absl::StrCat(kToolsArgs, " --profile-name sandbox-alice --profile-file ~/mine.json"),
               "            env:\n                - name: TEAM\n                  value: mine\n"
               "                - name: ACK_RAM_TOOL_LOG_LEVEL\n                  value: error\n"));
  Spill(stub_, absl::StrReplaceAll(Slurp(stub_), {{"FILE=$2", "FILE=$HOME/mine.json"}}));
  ExpectSameUserBeforeAndAfter();
  EXPECT_THAT(Slurp(file_),
              AllOf(HasSubstr("ALIBABA_CLOUD_CONFIG_FILE"), HasSubstr(world_.home.Path("mine.json")),
                    HasSubstr("TEAM"), Not(HasSubstr("ACK_RAM_TOOL"))));
}

TEST_F(MigrateFromOthersTest, AckRamToolsRoleStaysWithItsSession) {
  Write(OfTool(absl::StrCat(kToolsArgs, " --role-arn acs:ram::1000000000000001:role/ack-reader")));
  const std::string before = KubectlsUser();
  ASSERT_EQ(Migrate().status, 0);
  EXPECT_EQ(KubectlsUser(), before);
  EXPECT_NE(before, kUser);
  EXPECT_THAT(Slurp(file_), AllOf(HasSubstr("role/ack-reader"), HasSubstr("- --role-session-name\n")));
}

TEST_F(MigrateFromOthersTest, NobodyIsTakenForAnother) {
  WriteProfiles(".aliyun/config.json");
  Write(OfTool());
  const std::string before = Slurp(file_);
  const ProcessResult other = Migrate({"--profile", "sandbox-bob"});
  EXPECT_EQ(other.status, 1);
  EXPECT_THAT(other.err, AllOf(HasSubstr("not migrated: the exec stanza signs in as "),
                               HasSubstr(", ack-ram-tool as ")));
  EXPECT_EQ(Slurp(file_), before);
  std::filesystem::remove(stub_);
  const ProcessResult gone = Migrate();
  EXPECT_EQ(gone.status, 1);
  EXPECT_THAT(gone.err, AllOf(HasSubstr("nothing says as whom ack-ram-tool signs in"),
                              HasSubstr("--allow-other-user")));
  EXPECT_EQ(Slurp(file_), before);
  EXPECT_EQ(Migrate({"--allow-other-user"}).status, 0);
}

TEST_F(MigrateFromOthersTest, WhatHasNoCounterpartIsRefused) {
  Write(OfTool(absl::StrCat(kToolsArgs, " --what-comes-next x")));
  const ProcessResult refused = Migrate();
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("its stanza of ack-ram-tool: --what-comes-next: no such flag"));
}

// kubectl writes what is not there as null.
TEST_F(MigrateFromOthersTest, AStanzaThatKubectlHasWrittenIsMigratedOnceAndForAll) {
  Write(OfTool(kToolsArgs, "            env: null\n"));
  ExpectSameUserBeforeAndAfter();
  EXPECT_THAT(Slurp(file_), HasSubstr("credential_provider"));
  EXPECT_THAT(Migrate().out, HasSubstr("nothing to do"));
}

// kubectl takes the key before the stanza; so the key is what is migrated, and no copy of it is kept.
TEST_F(MigrateFromOthersTest, AKeyBesideAckRamToolIsTheKeyThatGoes) {
  const std::string key = Base64("clientKeyData");
  Write(absl::StrReplaceAll(
      OfTool(),
      {{"      user:\n        exec:", absl::StrCat("      user:\n        "
                                                   "client-certificate-data: ",
                                                   Base64("clientCertificateData"),
                                                   "\n        client-key-data: ", key, "\n        exec:")}}));
  ASSERT_THAT(Slurp(file_), HasSubstr(key));
  EXPECT_EQ(world_.Run({"kubeconfig_writer", "list", "--kubeconfig", file_}).err, "") << "it is not run";
  const ProcessResult migrated = Migrate();
  ASSERT_EQ(migrated.status, 0) << migrated.err;
  EXPECT_THAT(migrated.out, AllOf(HasSubstr("a key until "), HasSubstr("no backup was kept\n"),
                                  HasSubstr("`kubeconfig_writer revoke "), Not(HasSubstr("ack-ram-tool"))));
  for (const auto& entry : std::filesystem::recursive_directory_iterator(world_.home.path())) {
    if (entry.is_regular_file()) EXPECT_THAT(Slurp(entry.path()), Not(HasSubstr(key))) << entry.path();
  }
  EXPECT_THAT(Slurp(file_), AllOf(HasSubstr("credential_provider"), Not(HasSubstr("ack-ram-tool"))));
}

TEST_F(MigrateFromOthersTest, TheBackupThatWasAskedForIsNamed) {
  Write(OfTool());
  const std::string before = Slurp(file_);
  const std::string backup = world_.home.Path("backup");
  EXPECT_THAT(Migrate({"--backup", backup}).out,
              HasSubstr(absl::StrCat("the old file is in ", backup, "\n")));
  EXPECT_EQ(Slurp(backup), before);
}

TEST_F(MigrateFromOthersTest, OfSeveralListSaysWhatElseAllTakes) {
  std::string text = OfTool();
  const size_t item = text.find("    - name: ", text.find("contexts:"));
  text.insert(item,
              "    - name: other\n      context: {cluster: kubernetes, user: \"200000000000000001\"}\n");
  Write(text);
  EXPECT_EQ(world_.Run({"kubeconfig_writer", "list", "--kubeconfig", file_}).err,
            absl::StrCat("by ack-ram-tool: other, ", kContext,
                         "; `kubeconfig_writer migrate --all` takes them over, with the same identity, and "
                         "replaces every static key of ACK\n"));
}

TEST_F(MigrateFromOthersTest, ListNamesThemAllTakesThemAndUndoGivesThemBack) {
  Write(OfTool());
  const std::string before = Slurp(file_);
  const ProcessResult listed = world_.Run({"kubeconfig_writer", "list", "--kubeconfig", file_});
  EXPECT_EQ(listed.out, "no entries of this program\n");
  EXPECT_EQ(listed.err, absl::StrCat("by ack-ram-tool: ", kContext, "; `kubeconfig_writer migrate ", kContext,
                                     "` takes it over, with the same identity\n"));
  const ProcessResult all = world_.Run({"kubeconfig_writer", "migrate", "--all", "--kubeconfig", file_,
                                        "--cs-endpoint", world_.sandbox.Value("cloud")});
  ASSERT_EQ(all.status, 0) << all.err;
  EXPECT_EQ(world_.Run({"kubeconfig_writer", "list", "--kubeconfig", file_}).err, "");
  EXPECT_EQ(world_.Run({"kubeconfig_writer", "undo", "--kubeconfig", file_}).status, 0);
  EXPECT_EQ(Slurp(file_), before);
}

}  // namespace
}  // namespace credential_provider
