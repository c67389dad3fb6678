// Completion in the shells themselves: the script is loaded into an interactive shell on a terminal, a line
// is typed, and Tab pressed.
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>

#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"

namespace credential_provider {
namespace {

// An interactive shell on a terminal of its own.
class Shell {
 public:
  Shell(std::vector<std::string> args, const World& world) {
    std::vector<std::string> variables = {"TERM=xterm", "PS1=> "};
    for (const auto& [name, value] : world.env) variables.push_back(name + "=" + value);
    std::vector<char*> argv, envp;
    for (std::string& arg : args) argv.push_back(arg.data());
    for (std::string& variable : variables) envp.push_back(variable.data());
    argv.push_back(nullptr);
    envp.push_back(nullptr);
    const winsize size = {50, 500, 0, 0};
    process_ = forkpty(&terminal_, nullptr, nullptr, &size);
    if (process_ != 0) return;
    environ = envp.data();
    execvp(argv[0], argv.data());
    _exit(127);
  }

  ~Shell() {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
    close(terminal_);
  }

  void Type(const std::string& keys) const {
    ASSERT_EQ(write(terminal_, keys.data(), keys.size()), static_cast<ssize_t>(keys.size()));
  }

  // Waits until the shell has written the file at `path`, and returns the first line of it; "" after some
  // seconds.
  std::string Await(const std::string& path) const {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (std::chrono::steady_clock::now() < deadline) {
      pollfd shown = {terminal_, POLLIN, 0};
      char piece[4096];
      if (poll(&shown, 1, 50) == 1 && read(terminal_, piece, sizeof piece) <= 0) break;
      const std::string written = Slurp(path);
      if (!written.empty() && written.back() == '\n') return written.substr(0, written.find('\n'));
    }
    return "";
  }

 private:
  int terminal_ = -1;
  pid_t process_ = -1;
};

struct ShellCase {
  std::string name;
  std::vector<std::string> args;
  std::string setup;  // loads the script of the program $p
};

class CompletionTest : public testing::TestWithParam<ShellCase> {
 protected:
  void SetUp() override {
    world_.env["PATH"] =
        Runfile("credential_provider") + ":" + Runfile("kubeconfig_writer") + ":" + std::getenv("PATH");
    if (world_.Run({"sh", "-c", "command -v " + GetParam().name}).status != 0)
      GTEST_SKIP() << GetParam().name << " is not installed";
  }

  // Returns the line that `typed` and Tab make.
  std::string Complete(const std::string& typed) {
    const std::string ready = world_.home.Path("ready"), line = world_.home.Path("line");
    std::remove(ready.c_str());
    std::remove(line.c_str());
    const Shell shell(GetParam().args, world_);
    shell.Type("for p in credential_provider kubeconfig_writer; do " + GetParam().setup + "; done; echo >" +
               ready + "\n");
    shell.Await(ready);
    shell.Type(typed + "\t");
    usleep(500'000);  // what is typed while a shell completes may be lost
    shell.Type(
        "\x01"
        "echo \x05 >" +
        line + "\n");  // at the begin and the end of what is there
    return shell.Await(line);
  }

  World world_{SharedSandbox()};
};

TEST_P(CompletionTest, CompletesCommandsFlagsAndValues) {
  EXPECT_EQ(Complete("credential_provider who"), "credential_provider whoami");
  EXPECT_EQ(Complete("credential_provider get ack --endp"), "credential_provider get ack --endpoint-type");
  EXPECT_EQ(Complete("credential_provider get ack --store=ru"),
            "credential_provider get ack --store=runtime");
}

TEST_P(CompletionTest, CompletesFiles) {
  Spill(world_.home.Path("authorities.pem"), "");
  EXPECT_EQ(Complete("credential_provider get ack --ca-file " + world_.home.Path("auth")),
            "credential_provider get ack --ca-file " + world_.home.Path("authorities.pem"));
}

TEST_P(CompletionTest, CompletesTheContextsThatAreOurs) {
  ASSERT_EQ(world_
                .Run({"kubeconfig_writer", "install", "ack", "--cluster-id", kCluster, "--cs-endpoint",
                      world_.sandbox.Value("cloud"), "--context-name", "work:one"})
                .status,
            0);
  EXPECT_EQ(Complete("kubeconfig_writer uninstall wor"), "kubeconfig_writer uninstall work:one");
  EXPECT_EQ(Complete("kubeconfig_writer uninstall work:o"), "kubeconfig_writer uninstall work:one");
}

INSTANTIATE_TEST_SUITE_P(
    Shells, CompletionTest,
    testing::Values(
        ShellCase{"bash", {"bash", "--norc", "--noprofile", "-i"}, "source <($p completion bash)"},
        ShellCase{"zsh",
                  {"zsh", "-f", "-i"},
                  "autoload -Uz compinit; compinit -u -D; source <($p completion zsh)"}),
    [](const auto& test) { return test.param.name; });

// fish tells by itself what it would offer.
TEST(FishCompletionTest, OffersCommandsFlagsValuesAndContexts) {
  World world(SharedSandbox());
  world.env["PATH"] =
      Runfile("credential_provider") + ":" + Runfile("kubeconfig_writer") + ":" + std::getenv("PATH");
  if (world.Run({"sh", "-c", "command -v fish"}).status != 0) GTEST_SKIP() << "fish is not installed";
  ASSERT_EQ(world
                .Run({"kubeconfig_writer", "install", "ack", "--cluster-id", kCluster, "--cs-endpoint",
                      world.sandbox.Value("cloud"), "--context-name", "work:one"})
                .status,
            0);
  const auto offered = [&world](const std::string& line) {
    return world
        .Run({"fish", "-c",
              "for p in credential_provider kubeconfig_writer; $p completion fish | source; end; "
              "complete -C '" +
                  line + "'"})
        .out;
  };
  EXPECT_EQ(offered("credential_provider who"), "whoami\twhose AccessKey is used, and where it comes from\n");
  EXPECT_EQ(offered("credential_provider get ack --endp"),
            "--endpoint-type\tpublic or private: which address of the API server (default: public)\n");
  EXPECT_EQ(offered("credential_provider get ack --store=ru"), "--store=runtime\n");
  EXPECT_EQ(offered("kubeconfig_writer uninstall "), "work:one\n");
  EXPECT_EQ(offered("credential_provider get ack --ca-file /etc/host").substr(0, 9), "/etc/host");
}

}  // namespace
}  // namespace credential_provider
