// `install exec` and `uninstall`: the plugin of a user, wrapped and unwrapped.
#include <sys/stat.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/store_world.h"

namespace credential_provider {
namespace {

using testing::AllOf;
using testing::HasSubstr;

// A kubeconfig in kubectl's style, with comments of its owner's.
constexpr char kKubeconfig[] = R"(# keep me
apiVersion: v1
clusters:
- cluster:
    certificate-authority: {ca_file}
    server: {api_server}
  name: prod
contexts:
- context:
    cluster: prod
    user: admin
  name: prod
current-context: prod
kind: Config
preferences: {}
users:
- name: admin # the boss
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1
      args:
      - get
      - ack
      - --cluster-id
      - {cluster}
      - --cs-endpoint
      - {cloud}
      - --store
      - none
      command: plugin
      env:
      - name: TENANT
        value: one
      interactiveMode: Never
      provideClusterInfo: true
- name: static
  user:
    token: t
)";

class InstallExecTest : public testing::Test {
 protected:
  InstallExecTest() {
    std::string text = kKubeconfig;
    for (const auto& [name, value] :
         std::map<std::string, std::string>{{"{ca_file}", world_.sandbox.Value("ca_file")},
                                            {"{api_server}", world_.sandbox.Value("api_server")},
                                            {"{cloud}", world_.sandbox.Value("cloud")},
                                            {"{cluster}", kCluster}}) {
      text.replace(text.find(name), name.size(), value);
    }
    before_ = text;
    std::filesystem::create_directory(world_.home.Path("bin"));
    std::filesystem::create_symlink(Runfile("credential_provider/credential_provider"),
                                    world_.home.Path("bin/plugin"));
    world_.env["PATH"] = world_.home.Path("bin") + ":" + world_.env["PATH"];
    world_.env["KUBECONFIG"] = world_.home.Path("config");
    Spill(world_.home.Path("config"), before_);
  }

  ProcessResult Install(const std::string& user = "admin", const std::vector<std::string>& more = {}) {
    std::vector<std::string> args = {"kubeconfig_writer", "install",       "exec",      "--user", user,
                                     "--cache-dir",       world_.Folder(), "--key-env", "REGION"};
    args.insert(args.end(), more.begin(), more.end());
    return world_.Run(args);
  }
  std::string Config() const { return Slurp(world_.home.Path("config")); }
  ProcessResult Kubectl() { return world_.Run({"kubectl", "get", "namespaces", "-o", "name"}); }

  StoreWorld world_{SharedSandbox()};
  std::string before_;
};

TEST_F(InstallExecTest, KubectlWorksBeforeWithinAndAfterAndTheBytesComeBack) {
  EXPECT_EQ(Kubectl().status, 0);
  const ProcessResult installed = Install();
  EXPECT_EQ(installed.status, 0) << installed.err;
  EXPECT_EQ(installed.out, "wrapped the plugin of user admin in " + world_.home.Path("config") + "\n");
  EXPECT_THAT(Config(), HasSubstr("- exec\n      - --key-env\n      - REGION,TENANT\n"));
  const int asked = world_.sandbox.Count("cs");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Kubectl().status, 0) << Kubectl().err;
  EXPECT_EQ(world_.sandbox.Count("cs"), asked + 1);
  const ProcessResult removed = world_.Run({"kubeconfig_writer", "uninstall", "admin"});
  EXPECT_EQ(removed.out, "gave user admin in " + world_.home.Path("config") + " its own plugin back\n");
  EXPECT_EQ(Config(), before_);
  EXPECT_EQ(Kubectl().status, 0);
}

// What a wrapped plugin is given is part of what its answer is stored under.
TEST_F(InstallExecTest, VerifyAndKubectlShareWhatTheWrappedPluginHasAnswered) {
  Install();
  const int asked = world_.sandbox.Count("cs");
  EXPECT_EQ(Kubectl().status, 0);
  const ProcessResult verified = world_.Run({"kubeconfig_writer", "verify"});
  EXPECT_EQ(verified.status, 0) << verified.err;
  EXPECT_EQ(world_.sandbox.Count("cs"), asked + 1);
}

TEST_F(InstallExecTest, TwiceIsAsOnceAndOtherFlagsReplaceTheOldOnes) {
  Install();
  const std::string once = Config();
  EXPECT_THAT(Install().out, HasSubstr("nothing to do"));
  EXPECT_EQ(Config(), once);
  EXPECT_EQ(Install("admin", {"--timeout", "30s"}).status, 0);
  EXPECT_THAT(Config(), HasSubstr("30s"));
  world_.Run({"kubeconfig_writer", "uninstall", "admin"});
  EXPECT_EQ(Config(), before_);
}

// What its owner has written into a stanza, below "exec:".
const std::string kStanzas[] = {
    "      command: \"aws\"   # the CLI\n      args:\n      # ours\n      - --a   # first\n\n"
    "      # middle\n      - '--b'\n      # end\n",
    "      args:\n        - &region cn-hangzhou\n        - *region\n      command: 'aws'\n",
    "      args: [ --a, \"--b\" ,'c' ] # of the cluster\n      command: aws\n",
    "      args: [\n        --a,\n        # middle\n        --b,\n      ]\n      command: aws\n",
    "      args: &all [--a]\n      command: aws\n",
    "      args: null\n      command: aws\n",
    "      command: aws\n      args: null # the plugin reads PLUGIN_ARGS\n      env: null\n",
    "      args: []\n      command: >-\n        aws\n",
    "      command:\n        # where it is\n        'aws'\n      args:\n        null\n",
    "    # as it was\n      command: \"a\\u0077s\" # x\n",
    "      command: aws\n",
};

TEST_F(InstallExecTest, UninstallGivesBackCommentsAndQuotesInTheArgsToo) {
  for (const std::string& stanza : kStanzas) {
    const std::string before =
        "users:\n- name: admin\n  user:\n    exec:\n      apiVersion: client.authentication.k8s.io/v1\n" +
        stanza;
    Spill(world_.home.Path("config"), before);
    const ProcessResult installed = Install();
    EXPECT_EQ(installed.status, 0) << installed.err;
    EXPECT_EQ(Install("admin", {"--timeout", "30s"}).status, 0);
    EXPECT_THAT(Config(), AllOf(HasSubstr("30s"), HasSubstr("credential_provider")));
    EXPECT_EQ(world_.Run({"kubeconfig_writer", "uninstall", "admin"}).status, 0);
    EXPECT_EQ(Config(), before);
  }
}

TEST_F(InstallExecTest, NoArgsInBracesBesideACommentComeBackToo) {
  const std::string before =
      "users:\n- name: admin\n  user:\n    exec: {\n      apiVersion: client.authentication.k8s.io/v1beta1, "
      "command: aws,\n"
      "      # no arguments\n      args: null,\n      interactiveMode: IfAvailable\n    }\n";
  Spill(world_.home.Path("config"), before);
  ASSERT_EQ(Install().status, 0);
  ASSERT_EQ(world_.Run({"kubeconfig_writer", "uninstall", "admin"}).status, 0);
  EXPECT_EQ(Config(), before);
}

TEST_F(InstallExecTest, AStanzaThatCouldNotBeGivenBackIsRefusedBeforeAnythingIsWritten) {
  const std::string before =
      "users:\n- name: admin\n  user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: "
      "\"a\\u0077s\"}}\n";
  Spill(world_.home.Path("config"), before);
  const ProcessResult refused = Install();
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err,
              HasSubstr("user admin: uninstall could not give its stanza back as it is written\n"));
  EXPECT_THAT(refused.err, HasSubstr("hint: nothing was changed: "));
  EXPECT_EQ(Config(), before);
}

TEST_F(InstallExecTest, AStanzaWithAMergeKeyIsRefusedAndStays) {
  const std::string before =
      "x-base: &base\n  exec: {apiVersion: client.authentication.k8s.io/v1, command: aws}\n"
      "users:\n- name: admin\n  user:\n    <<: *base\n";
  Spill(world_.home.Path("config"), before);
  EXPECT_THAT(Install().err, HasSubstr("line 6: a merge key is in what would change"));
  EXPECT_EQ(Config(), before);
}

TEST_F(InstallExecTest, WhoHasNoPluginIsRefusedAndNothingIsWritten) {
  for (const std::string user : {"static", "nobody"}) {
    const ProcessResult result = Install(user);
    EXPECT_EQ(result.status, 1);
    EXPECT_EQ(result.out, "");
    EXPECT_THAT(result.err, HasSubstr("user " + user));
  }
  EXPECT_EQ(Config(), before_);
}

// Names are shown without what a terminal would obey, and a diff names them as patch can read them. Arguments
// and variables of a plugin would be masked in it.
TEST_F(InstallExecTest, AFileMayHaveAnyName) {
  const std::string writer = Runfile("kubeconfig_writer/kubeconfig_writer");
  if (world_.Run({"sh", "-c", "command -v patch"}).status != 0) GTEST_SKIP() << "patch is not installed";
  const std::string line = "cd \"$HOME\"; \"$0\" install exec --user admin --kubeconfig \"$1\"";
  before_.erase(before_.find("      args:"), before_.find("      command:") - before_.find("      args:"));
  before_.erase(before_.find("      env:"), before_.find("      interactive") - before_.find("      env:"));
  const std::vector<std::pair<std::string, std::string>> names = {
      {"a\nb", "a b"}, {"\033[31m\"c\"\\d'", "?[31m\"c\"\\d'"}, {"\xC3\xBC e", "\xC3\xBC e"}};
  for (const auto& [name, shown] : names) {
    Spill(world_.home.Path(name), before_);
    const ProcessResult patched =
        world_.Run({"sh", "-c", line + " --dry-run > diff && patch -p0 < diff >&2", writer, name});
    EXPECT_EQ(patched.status, 0) << patched.err << Slurp(world_.home.Path("diff"));
    const std::string by_patch = Slurp(world_.home.Path(name));
    EXPECT_NE(by_patch, before_);
    Spill(world_.home.Path(name), before_);
    const ProcessResult installed = world_.Run({"sh", "-c", line, writer, name});
    EXPECT_EQ(installed.out, "wrapped the plugin of user admin in " + shown + "\n") << installed.err;
    EXPECT_EQ(Slurp(world_.home.Path(name)), by_patch);
  }
}

TEST_F(InstallExecTest, ACommandRelativeToTheKubeconfigIsRefused) {
  before_.replace(before_.find("command: plugin"), 15, "command: ./plugin");
  Spill(world_.home.Path("config"), before_);
  EXPECT_THAT(Install().err, HasSubstr("relative to the kubeconfig"));
  EXPECT_EQ(Config(), before_);
}

}  // namespace
}  // namespace credential_provider
