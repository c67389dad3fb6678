// `get exec`: another plugin with this store.
#include <sys/stat.h>

#include <filesystem>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/store_world.h"

namespace credential_provider {
namespace {

using testing::HasSubstr;

// A plugin that counts its runs, keeps what it is told, does what it finds in the file $0.rules, and prints a
// token made of its argument and AWS_PROFILE, which lives for an hour or $LIFE seconds.
constexpr char kPlugin[] = R"(#!/bin/sh
echo run >>"$0.runs"
echo "$KUBERNETES_EXEC_INFO" >"$0.info"
LIFE=3600
[ ! -e "$0.rules" ] || . "$0.rules"
end=$(date -u -d "+$LIFE seconds" +%Y-%m-%dT%H:%M:%SZ)
status="{\"token\":\"token-$1-$AWS_PROFILE\",\"expirationTimestamp\":\"$end\"}"
echo "{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":$status}"
)";

constexpr char kBroken[] = "echo 'plugin: no way' >&2; exit 7";

// Variables by which known programs choose whose credential they get.
const char* const kOfAccounts[] = {
    "ALIBABA_CLOUD_ACCESS_KEY_ID",
    "ALIBABA_CLOUD_PROFILE",
    "ALIBABACLOUD_ACCESS_KEY_ID",
    "ALICLOUD_ACCESS_KEY",
    "ALICLOUD_ACCESS_KEY_ID",
    "ACCESS_KEY_ID",
    "ACCESS_KEY_SECRET",
    "SECURITY_TOKEN",
    "AWS_PROFILE",
    "AWS_ACCESS_KEY_ID",
    "AWS_SESSION_TOKEN",
    "AWS_CONFIG_FILE",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "GOOGLE_APPLICATION_CREDENTIALS",
    "CLOUDSDK_CONFIG",
    "CLOUDSDK_ACTIVE_CONFIG_NAME",
    "AAD_LOGIN_METHOD",
    "AAD_SERVICE_PRINCIPAL_CLIENT_ID",
    "AZURE_CLIENT_ID",
    "AZURE_CONFIG_DIR",
    "ARM_CLIENT_ID",
    "MSI_ENDPOINT",
    "PINNIPED_USERNAME",
    "PINNIPED_PASSWORD",
    "DIGITALOCEAN_ACCESS_TOKEN",
    "DIGITALOCEAN_CONTEXT",
    "OCI_CLI_PROFILE",
    "OCI_CLI_CONFIG_FILE",
    "TELEPORT_USER",
    "TELEPORT_HOME",
    "TELEPORT_IDENTITY_FILE",
    "TSH_HOME",
    "VAULT_TOKEN",
    "VAULT_ADDR",
    "VAULT_NAMESPACE",
    "OS_USERNAME",
    "OS_CLOUD",
    "IBMCLOUD_API_KEY",
    "LINODE_CLI_TOKEN",
    "HCLOUD_TOKEN",
    "SCW_PROFILE",
    "EXOSCALE_API_KEY",
    "TOKEN_FILE",
    "KRB5CCNAME",
    "HOME",
    "XDG_CONFIG_HOME",
    "XDG_CACHE_HOME",
    "XDG_DATA_HOME",
    "USER",
    "LOGNAME",
    "SUDO_USER",
    "LC_IDENTITY",
    "KUBECONFIG",
    "SSH_AUTH_SOCK",
    "DBUS_SESSION_BUS_ADDRESS",
    "XDG_RUNTIME_DIR",
    "CREDENTIALS_DIRECTORY",
    "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
    "CI_JOB_TOKEN",
    "TERMINUS_TOKEN",
    "WINDOWS_ACCOUNT",
    "TMUXINATOR_ACCOUNT",
    "https_proxy",
};

// Variables that differ from one terminal, editor, service start or step of a job to the next.
const std::vector<std::string> kOfSessions = {
    "TERM",
    "TERM_PROGRAM",
    "TERM_SESSION_ID",
    "COLORTERM",
    "COLUMNS",
    "LINES",
    "SHLVL",
    "_",
    "PWD",
    "OLDPWD",
    "HISTFILE",
    "PS1",
    "GPG_TTY",
    "SSH_TTY",
    "SSH_CONNECTION",
    "TMUX",
    "TMUX_PANE",
    "STY",
    "WINDOW",
    "WINDOWID",
    "ZELLIJ_SESSION_NAME",
    "VTE_VERSION",
    "KITTY_WINDOW_ID",
    "WEZTERM_PANE",
    "ALACRITTY_SOCKET",
    "ITERM_SESSION_ID",
    "LC_TERMINAL",
    "GNOME_TERMINAL_SCREEN",
    "KONSOLE_DBUS_SESSION",
    "WT_SESSION",
    "WSL_INTEROP",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "XDG_ACTIVATION_TOKEN",
    "XDG_SESSION_ID",
    "DESKTOP_STARTUP_ID",
    "SESSION_MANAGER",
    "VSCODE_IPC_HOOK",
    "VSCODE_GIT_IPC_AUTH_TOKEN",
    "NVIM",
    "__INTELLIJ_COMMAND_HISTFILE__",
    "STARSHIP_SESSION_KEY",
    "ATUIN_HISTORY_ID",
    "DIRENV_DIFF",
    "INVOCATION_ID",
    "JOURNAL_STREAM",
    "SYSTEMD_EXEC_PID",
    "SUDO_COMMAND",
    "MAKEFLAGS",
    "GITHUB_OUTPUT",
    "TRACEPARENT",
    "PLUGIN_CLIENT_CERT",
};

class GetExecTest : public testing::Test {
 protected:
  GetExecTest() {
    Spill(plugin_, kPlugin);
    chmod(plugin_.c_str(), S_IRWXU);
    world_.env["PATH"] = world_.home.path() + ":" + world_.env["PATH"];
  }

  std::vector<std::string> GetExec(const std::vector<std::string>& command,
                                   const std::vector<std::string>& flags = {}) {
    std::vector<std::string> args = {"credential_provider", "get", "exec", "--cache-dir", world_.Folder()};
    args.insert(args.end(), flags.begin(), flags.end());
    args.push_back("--");
    args.insert(args.end(), command.begin(), command.end());
    return args;
  }

  ProcessResult Get(const std::vector<std::string>& command, const std::vector<std::string>& flags = {}) {
    return world_.Run(GetExec(command, flags));
  }

  // Commands of sh for the plugin. Its variables would be part of the key.
  void Rule(const std::string& rules) const { Spill(plugin_ + ".rules", rules); }

  // How often the plugin runs when `names` have one value each, and then another.
  int64_t RunsOverTwo(const std::vector<std::string>& names) {
    const int64_t before = Runs();
    const std::map<std::string, std::string> variables = world_.env;
    for (const char* const value : {"one", "two"}) {
      for (const std::string& name : names) world_.env[name] = value;
      Get({"plugin"});
    }
    world_.env = variables;
    return Runs() - before;
  }

  int64_t Runs() const {
    const std::string runs = Slurp(plugin_ + ".runs");
    return std::count(runs.begin(), runs.end(), '\n');
  }

  StoreWorld world_{SharedSandbox()};
  const std::string plugin_ = world_.home.Path("plugin");
};

TEST_F(GetExecTest, TheCommandIsRunOnceAndItsAnswerKept) {
  const ProcessResult first = Get({"plugin", "a"});
  EXPECT_EQ(first.status, 0);
  EXPECT_THAT(first.out, HasSubstr(R"("token":"token-a-")"));
  EXPECT_EQ(Get({"plugin", "a"}).out, first.out);
  EXPECT_EQ(Runs(), 1);
}

TEST_F(GetExecTest, AnotherArgumentOrAccountIsAnotherCredential) {
  Get({"plugin", "a"});
  EXPECT_THAT(Get({"plugin", "b"}).out, HasSubstr("token-b-"));
  world_.env["AWS_PROFILE"] = "prod";
  EXPECT_THAT(Get({"plugin", "a"}).out, HasSubstr("token-a-prod"));
  EXPECT_EQ(Runs(), 3);
}

TEST_F(GetExecTest, AnyVariableThatMayChooseAnAccountIsPartOfTheKey) {
  for (const char* const name : kOfAccounts) EXPECT_EQ(RunsOverTwo({name}), 2) << name;
}

TEST_F(GetExecTest, WhatTellsOfTheSessionIsNot) { EXPECT_EQ(RunsOverTwo(kOfSessions), 1); }

TEST_F(GetExecTest, WhatTellsOfTheSessionCountsWhenItIsNamed) {
  for (const char* const id : {"one", "two"}) {
    world_.env["TERM_SESSION_ID"] = id;
    Get({"plugin"}, {"--key-env", "OTHER,TERM_SESSION_ID"});
  }
  EXPECT_EQ(Runs(), 2);
}

TEST_F(GetExecTest, WhatElseIsSaidOfTheClusterIsPartOfTheKey) {
  for (const char* const audience : {"a", "b"}) {
    world_.env["KUBERNETES_EXEC_INFO"] =
        std::string(R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":)") +
        R"({"cluster":{"server":"https://192.0.2.1:6443","config":{"audience":")" + audience +
        R"("}},"interactive":false}})";
    Get({"plugin"});
    Get({"plugin"});
  }
  EXPECT_EQ(Runs(), 2);
}

TEST_F(GetExecTest, AnotherClusterIsAnotherCredentialAndTheCommandHearsOfIt) {
  const auto info = [](const std::string& server) {
    return R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":{"cluster":{"server":")" +
           server + R"("},"interactive":false}})";
  };
  world_.env["KUBERNETES_EXEC_INFO"] = info("https://192.0.2.1:6443");
  Get({"plugin"});
  EXPECT_EQ(Slurp(plugin_ + ".info"), world_.env["KUBERNETES_EXEC_INFO"] + "\n");
  world_.env["KUBERNETES_EXEC_INFO"] = info("https://192.0.2.2:6443");
  Get({"plugin"});
  EXPECT_EQ(Runs(), 2);
}

TEST_F(GetExecTest, TheFolderCountsWhenAWordNamesAFileInIt) {
  const auto get_in = [this](const std::string& folder, const std::vector<std::string>& command) {
    std::vector<std::string> args = {"sh", "-c", "cd \"$0\" && exec \"$@\"", folder};
    for (const std::string& arg : GetExec(command)) args.push_back(arg);
    args[4] = Runfile("credential_provider/credential_provider");
    return world_.Run(args).out;
  };
  const std::string one = world_.home.Path("one"), two = world_.home.Path("two");
  for (const std::string& folder : {one, two}) {
    std::filesystem::create_directory(folder);
    std::filesystem::copy_file(plugin_, folder + "/plug");
    Spill(folder + "/account", "");
  }
  get_in(one, {"plugin", "a"});
  get_in(two, {"plugin", "a"});
  EXPECT_EQ(Runs(), 1);
  get_in(one, {"plugin", "--config=account"});
  get_in(two, {"plugin", "--config=account"});
  EXPECT_EQ(Runs(), 3);
  get_in(one, {"./plug"});
  get_in(two, {"./plug"});
  EXPECT_TRUE(std::filesystem::exists(two + "/plug.runs"));
}

TEST_F(GetExecTest, WhateverKubectlSaysOfTheClusterEndsNothing) {
  const std::string deep(60000, '[');
  for (const std::string& cluster :
       {std::string(R"({"server":5})"), std::string("null"), R"({"config":)" + deep}) {
    world_.env["KUBERNETES_EXEC_INFO"] =
        R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":{"interactive":false,"cluster":)" +
        cluster + "}}";
    const ProcessResult result = Get({"plugin"});
    EXPECT_LT(result.status, 2) << result.err;
    EXPECT_NE(result.out.empty(), result.err.empty());
  }
}

TEST_F(GetExecTest, AnAnswerThatIsTooDeepIsRefused) {
  Spill(world_.home.Path("deep"), R"({"status":)" + std::string(200000, '['));
  const ProcessResult result = Get({"cat", world_.home.Path("deep")});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("its output: not JSON"));
}

TEST_F(GetExecTest, AnUpdatedProgramIsAskedAnew) {
  Get({"plugin"});
  Spill(plugin_, std::string(kPlugin) + "# newer\n");
  Get({"plugin"});
  EXPECT_EQ(Runs(), 2);
}

TEST_F(GetExecTest, OfManyRunsAtOnceOneStartsTheCommand) {
  Rule("sleep 0.5");
  const ProcessResult result = world_.RunScript(
      R"(for i in $(seq 30); do "$@" >"$HOME/$i.out" & done; wait; sort -u "$HOME"/*.out | wc -l)",
      GetExec({"plugin"}));
  EXPECT_EQ(result.out, "1\n");
  EXPECT_EQ(Runs(), 1);
}

TEST_F(GetExecTest, OneThatIsDueIsServedAndRenewedBehindWithNobodyToAsk) {
  const ProcessResult first = Get({"plugin"});
  world_.AgeEntry(3600);
  world_.env["KUBERNETES_EXEC_INFO"] =
      R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":{"interactive":true}})";
  Rule("LIFE=7200");
  EXPECT_EQ(Get({"plugin"}, {"--refresh-ahead", "90"}).out, first.out);
  EXPECT_TRUE(StoreWorld::Eventually([&] { return Runs() == 2; }));
  EXPECT_TRUE(StoreWorld::Eventually([&] { return Get({"plugin"}).out != first.out; }));
  EXPECT_THAT(Slurp(plugin_ + ".info"), HasSubstr(R"("interactive":false)"));
}

TEST_F(GetExecTest, AStoredOneOutlivesACommandThatFails) {
  Rule("LIFE=200");
  const std::string first = Get({"plugin"}).out;
  Spill(world_.home.Path("x"), "");
  world_.AgeEntry(3000);
  Rule(kBroken);
  EXPECT_EQ(Get({"plugin"}, {"--refresh-ahead", "90"}).out, first);
}

TEST_F(GetExecTest, AFailureIsToldInTheWordsOfTheCommandAndItsStatus) {
  Rule(kBroken);
  const ProcessResult result = Get({"plugin", "secret-argument"});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.err,
            "plugin: no way\ncredential_provider: error: command plugin: exit status 7\n"
            "credential_provider: hint: what it printed is above; run it by hand to see more\n");
}

TEST_F(GetExecTest, WhatNeverEndsIsPassedOnAndNotStored) {
  const std::vector<std::string> command = {
      "echo",
      R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"t"}})"};
  const ProcessResult result = Get(command);
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(result.err, "");
  EXPECT_THAT(result.out, HasSubstr(R"("status":{"token":"t"})"));
  EXPECT_EQ(world_.Run({"credential_provider", "status", "--cache-dir", world_.Folder()}).out,
            "nothing is stored\nnew ones are kept in: disk\n");
}

TEST_F(GetExecTest, WhatIsNoExecCredentialIsRefusedAndNotShown) {
  const ProcessResult result = Get({"echo", "marked-secret"});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.err,
            "credential_provider: error: command echo: its output: not JSON\n"
            "credential_provider: hint: run it by hand: it has to print one ExecCredential on stdout, and "
            "nothing else\n");
}

TEST_F(GetExecTest, ForgetRemovesAllThatTheCommandHasLeft) {
  Get({"plugin"});
  world_.env["AWS_PROFILE"] = "prod";
  Get({"plugin"});
  Get({"plugin", "other"});
  std::vector<std::string> args = GetExec({"plugin"});
  args[1] = "forget";
  EXPECT_EQ(world_.Run(args).out, "forgot 2 credentials\n");
  EXPECT_EQ(world_.Status().value("identity", ""), "plugin");
}

TEST_F(GetExecTest, RealKubectlWorksThroughIt) {
  const std::vector<std::string> kubectls = Kubectls();
  if (kubectls.empty()) GTEST_SKIP() << "no kubectl on this machine";
  nlohmann::json wrapped = world_.GetAck({"--store", "none"});
  wrapped.erase(wrapped.begin());
  world_.WriteKubeconfig();
  nlohmann::json config = nlohmann::json::parse(Slurp(world_.home.Path("config")));
  nlohmann::json args = GetExec({Runfile("credential_provider/credential_provider")});
  args.erase(args.begin());
  args.insert(args.end(), wrapped.begin(), wrapped.end());
  config["users"][0]["user"]["exec"]["args"] = args;
  config["users"][0]["user"]["exec"]["provideClusterInfo"] = true;
  Spill(world_.home.Path("config"), config.dump());
  for (int i = 0; i < 2; ++i) {
    const ProcessResult result = world_.Run({kubectls.back(), "get", "namespaces", "-o", "name"});
    EXPECT_EQ(result.status, 0) << result.err;
    EXPECT_THAT(result.out, HasSubstr("namespace/default"));
  }
  EXPECT_EQ(world_.sandbox.Count("cs"), 1);
}

}  // namespace
}  // namespace credential_provider
