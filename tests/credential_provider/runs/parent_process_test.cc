#include "credential_provider/runs/parent_process.h"

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

// A process with a command line of our choice, ended with the object; what it starts is in its process group.
class Sleeper {
 public:
  explicit Sleeper(std::vector<std::string> args) {
    std::vector<std::string> command = {"/bin/sh", "-c", "sleep 30; :", "kubectl"};
    command.insert(command.end(), args.begin(), args.end());
    Start(command, "kubectl");
  }
  Sleeper(const std::vector<std::string>& command, const std::string& sign) { Start(command, sign); }
  ~Sleeper() {
    kill(-pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  pid_t pid() const { return pid_; }

 private:
  // Returns when `sign` is in the command line of the process.
  void Start(std::vector<std::string> command, const std::string& sign) {
    std::vector<char*> argv;
    for (std::string& arg : command) argv.push_back(&arg[0]);
    argv.push_back(nullptr);
    posix_spawnattr_t attributes;  // a process group of its own, which ends with what it has started
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    posix_spawn(&pid_, argv[0], nullptr, &attributes, argv.data(), environ);
    posix_spawnattr_destroy(&attributes);
    // Its command line is there a moment after posix_spawn returns.
    const std::string command_line = "/proc/" + std::to_string(pid_) + "/cmdline";
    for (int i = 0; i < 1000 && Slurp(command_line).find(sign) == std::string::npos; ++i) usleep(1000);
  }

  pid_t pid_ = -1;
};

TEST(StarterTest, AProcessStartedWhenItDid) {
  const absl::Time before = absl::Now();
  const Sleeper sleeper({});
  EXPECT_GT(StartTimeOf(sleeper.pid()), before - absl::Milliseconds(50));
  EXPECT_LT(StartTimeOf(sleeper.pid()), absl::Now() + absl::Milliseconds(50));
}

TEST(StarterTest, AProcessThatIsNotThereHasNoStartTime) {
  EXPECT_EQ(StartTimeOf(999999999), absl::InfiniteFuture());
}

TEST(StarterTest, TheCommandLineOfAProcessTellsWhetherItReadsAManifest) {
  EXPECT_TRUE(ReadsManifestFromStdin(Sleeper({"apply", "-f", "-"}).pid()));
  EXPECT_FALSE(ReadsManifestFromStdin(Sleeper({"apply", "-f", "a.yaml"}).pid()));
  EXPECT_FALSE(ReadsManifestFromStdin(999999999));
}

TEST(StarterTest, AStoppedProcessIsKnown) {
  const Sleeper sleeper({});
  EXPECT_FALSE(IsStopped(sleeper.pid()));
  kill(sleeper.pid(), SIGSTOP);
  waitpid(sleeper.pid(), nullptr, WUNTRACED);
  EXPECT_TRUE(IsStopped(sleeper.pid()));
  EXPECT_FALSE(IsStopped(999999999));
}

TEST(StarterTest, AnotherProgramIsNotThisOne) {
  EXPECT_TRUE(IsOfThisProgram(getpid()));
  EXPECT_FALSE(IsOfThisProgram(Sleeper({}).pid()));
  EXPECT_FALSE(IsOfThisProgram(999999999));
}

TEST(StarterTest, WhoSendsNothingIsAClientUnlessAtATerminal) {
  const auto is_client = [](ParentKind kind, bool (*at_terminal)()) {
    return IsClient({1, kind, at_terminal});
  };
  EXPECT_TRUE(is_client(ParentKind::kClientGo, [] { return true; }));
  EXPECT_TRUE(is_client(ParentKind::kOtherClient, [] { return true; }));
  EXPECT_TRUE(is_client(ParentKind::kSilent, [] { return false; }));
  EXPECT_FALSE(is_client(ParentKind::kSilent, [] { return true; }));
}

TEST(StarterTest, AShellOfOneCommandStandsForWhoStartedIt) {
  const Sleeper shell({"/bin/sh", "-c", "sleep 30; :"}, "-c");
  EXPECT_EQ(BehindShell(shell.pid()), getpid());
}

TEST(StarterTest, AShellWithAScriptOfItsOwnAndAnyOtherProcessStandForThemselves) {
  const Sleeper script({});
  EXPECT_EQ(BehindShell(script.pid()), script.pid());
  EXPECT_EQ(BehindShell(getpid()), getpid());
  EXPECT_EQ(BehindShell(999999999), 999999999);
}

struct Case {
  std::vector<std::string> args;
  bool expected;
};

TEST(StarterTest, EverySpellingOfAManifestOnStdinIsKnown) {
  const Case cases[] = {
      {{"kubectl", "apply", "-f", "-"}, true},
      {{"kubectl", "apply", "-f=-"}, true},
      {{"kubectl", "apply", "-f-"}, true},
      {{"kubectl", "apply", "--filename=-"}, true},
      {{"kubectl", "apply", "--filename", "-"}, true},
      {{"kubectl", "delete", "-Rf", "-"}, true},
      {{"kubectl", "apply", "-f", "a.yaml", "-f", "-", "-n", "x"}, true},
      {{"kubectl", "apply", "-f", "a.yaml"}, false},
      {{"kubectl", "get", "ns"}, false},
      {{"kubectl", "exec", "pod", "--", "cat", "-"}, false},
      {{"kubectl", "apply", "--filename"}, false},
      {{"kubectl", "get", "-", "--"}, false},
      {{"kubectl", "config", "view", "--conf", "-"}, false},
      {{""}, false},
  };
  for (const Case& test : cases) {
    std::string line;
    for (const std::string& arg : test.args) line += arg + '\0';
    EXPECT_EQ(HasManifestFromStdin(line), test.expected) << line;
  }
}

}  // namespace
}  // namespace credential_provider
