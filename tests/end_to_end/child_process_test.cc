// Programs that ours start and wait for, the three ways: what is sent to ours, how it was started, and what
// they leave behind.
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <sstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/store_world.h"

namespace credential_provider {
namespace {

using testing::HasSubstr;

constexpr char kExecAnswer[] =
    R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"t"}})";
constexpr char kKeyAnswer[] =
    R"({"access_key_id":"sandbox-alice","access_key_secret":"sandbox-alice-secret"})";

struct Way {
  const char* name;
  const char* answer;  // what the program prints when all is well
  std::vector<std::string> (*prepare)(StoreWorld& world, const std::string& program);  // gives our arguments
};

std::vector<std::string> WrappedPlugin(StoreWorld& world, const std::string& program) {
  return {"credential_provider", "get", "exec", "--cache-dir", world.Folder(), "--", program};
}

std::vector<std::string> ExternalCommand(StoreWorld& world, const std::string& program) {
  world.env.erase("ALIBABA_CLOUD_ACCESS_KEY_ID");
  world.env.erase("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
  std::filesystem::create_directories(world.home.Path(".aliyun"));
  const nlohmann::json profile = {{"name", "main"}, {"mode", "External"}, {"process_command", program}};
  Spill(world.home.Path(".aliyun/config.json"),
        nlohmann::json({{"current", "main"}, {"profiles", nlohmann::json::array({profile})}}).dump());
  return world.Get();
}

std::vector<std::string> VerifiedPlugin(StoreWorld& world, const std::string& program) {
  world.WriteKubeconfig();
  nlohmann::json config = nlohmann::json::parse(Slurp(world.home.Path("config")));
  config["users"][0]["user"]["exec"]["command"] = program;
  config["users"][0]["user"]["exec"]["args"] = nlohmann::json::array();
  Spill(world.home.Path("config"), config.dump());
  return {"kubeconfig_writer", "verify", "c"};
}

const Way kWays[] = {
    {"WrappedPlugin", kExecAnswer, &WrappedPlugin},
    {"ExternalCommand", kKeyAnswer, &ExternalCommand},
    {"VerifiedPlugin", kExecAnswer, &VerifiedPlugin},
};

void PrintTo(const Way& way, std::ostream* out) { *out << way.name; }

class ChildProcessTest : public testing::TestWithParam<Way> {
 protected:
  ChildProcessTest() { world_.secret_files = {"program"}; }

  // Makes the program of `script`, in which $0.pids takes the processes that must not outlive ours, and runs
  // `start`, a script of sh in which "$@" is ours with it.
  ProcessResult Run(const std::string& script, const std::string& start) {
    const std::string program = world_.home.Path("program");
    Spill(program, (script.rfind("#!", 0) == 0 ? "" : "#!/bin/sh\n") + script);
    chmod(program.c_str(), S_IRWXU);
    std::vector<std::string> args = GetParam().prepare(world_, program);
    args[0] = Runfile(args[0] + "/" + args[0]);
    args.insert(args.begin(), {"sh", "-c", start, program});
    return world_.Run(args);
  }

  // The signals that the program of the last run found ignored or blocked, one bit each. The C library's own
  // two are above those that have a name.
  std::vector<uint64_t> SignalsThere() const {
    std::vector<uint64_t> sets;
    std::istringstream lines(Slurp(world_.home.Path("program.signals")));
    for (std::string name, set; lines >> name >> set;)
      sets.push_back(std::stoull(set, nullptr, 16) & 0x7fffffff);
    return sets;
  }

  std::string Answer() const { return std::string("echo '") + GetParam().answer + "'\n"; }

  StoreWorld world_{SharedSandbox()};
};

// Starts ours in the background, waits for its program, sends $SIGNAL, and says how ours ended and who is
// left of the program.
constexpr char kSend[] = R"(
"$@" >"$0.out" 2>"$0.stderr" & ours=$!
until [ -s "$0.pids" ]; do sleep 0.02; done
kill -s $SIGNAL $ours
wait $ours
echo "status $?"
[ $SIGNAL != KILL ] || sleep 1
for pid in $(cat "$0.pids"); do
  ! grep -q '^State:.[^ZX]' /proc/$pid/status 2>/dev/null || { echo "$pid is left"; kill -s KILL $pid; }
done
! grep 'clientCertificateData\|"t"' "$0.out"
)";
constexpr char kHang[] = R"(
sleep 50 & child=$!
echo $$ $child >"$0.new"
mv "$0.new" "$0.pids"
wait
)";

TEST_P(ChildProcessTest, ASignalThatEndsOursEndsItToo) {
  for (const auto& [signal, status] : std::map<std::string, int>{{"TERM", 143}, {"HUP", 129}}) {
    world_.env["SIGNAL"] = signal;
    EXPECT_EQ(Run(kHang, kSend).out, "status " + std::to_string(status) + "\n");
    std::filesystem::remove(world_.home.Path("program.pids"));
  }
}

TEST_P(ChildProcessTest, WhoDoesNotListenIsKilled) {
  world_.env["SIGNAL"] = "TERM";
  EXPECT_EQ(Run(R"(
trap '' TERM
sleep 50 &
echo $$ $! >"$0.new"
mv "$0.new" "$0.pids"
wait
)",
                kSend)
                .out,
            "status 143\n");
}

TEST_P(ChildProcessTest, WhatOursIsKilledByEndsIt) {
  world_.env["SIGNAL"] = "KILL";
  EXPECT_EQ(Run("echo $$ >\"$0.new\"\nmv \"$0.new\" \"$0.pids\"\nexec sleep 50\n", kSend).out,
            "status 137\n");
}

TEST_P(ChildProcessTest, AFailureIsSeenWhereverSIGCHLDIsIgnored) {
  const ProcessResult result =
      Run(Answer() + "exit 3\n", R"(exec perl -e '$SIG{CHLD} = "IGNORE"; exec @ARGV' "$@")");
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.out, testing::Not(HasSubstr("\"t\"")));
  EXPECT_THAT(result.err + result.out, HasSubstr("exit status 3"));
}

// A shell would unblock them by itself.
TEST_P(ChildProcessTest, ItsSignalsAreAsByDefaultWhateverTheStarterHas) {
  Run("#!/usr/bin/env -S sed -n '/Sig[BI]/w program.signals' /proc/self/status\n",
      R"(exec perl -MPOSIX -e '
$SIG{PIPE} = $SIG{ALRM} = $SIG{USR1} = "IGNORE";
sigprocmask(SIG_BLOCK, POSIX::SigSet->new(SIGTERM, SIGUSR2, SIGALRM));
exec @ARGV' "$@")");
  EXPECT_THAT(SignalsThere(), testing::ElementsAre(0, 0));
}

TEST_P(ChildProcessTest, WhatTheUserHasItIgnoreStaysIgnored) {
  Run("grep SigIgn /proc/self/status >\"$0.signals\"\n" + Answer(), "trap '' HUP INT; exec \"$@\"");
  EXPECT_THAT(SignalsThere(), testing::ElementsAre(3)) << "the first two";
}

TEST_P(ChildProcessTest, ItsEndCountsAndNotWhoStillHoldsItsStdout) {
  Run("sleep 50 &\necho $! >\"$0.pids\"\n" + Answer(), R"(
"$@" >"$0.out" 2>"$0.stderr"
echo $? >"$0.status"
pid=$(cat "$0.pids")
grep -c '^State:.S' /proc/$pid/status >"$0.alive"
kill $pid
)");
  EXPECT_EQ(Slurp(world_.home.Path("program.alive")), "1\n") << "ours has waited for it";
  // The token is none of the cluster's, so what comes after the plugin may fail.
  if (GetParam().prepare != &VerifiedPlugin) {
    EXPECT_EQ(Slurp(world_.home.Path("program.status")), "0\n") << Slurp(world_.home.Path("program.stderr"));
  }
  EXPECT_THAT(Slurp(world_.home.Path("program.stderr")), testing::Not(HasSubstr("no end after")));
}

TEST_P(ChildProcessTest, WhatItSendsThroughAnotherIsAwaited) {
  const ProcessResult result =
      Run("{ sleep 0.1; cat; } <<END &\n" + std::string(GetParam().answer) + "\nEND\n", "exec \"$@\"");
  EXPECT_THAT(result.err + result.out, testing::Not(HasSubstr("not JSON")));
}

// Nor does core_pattern's program get its memory. Root may look, but for one without that right.
TEST_P(ChildProcessTest, NobodyOfTheSameUserLooksIntoOurs) {
  std::string without;
  if (geteuid() == 0) without = "setpriv --bounding-set=-sys_ptrace --inh-caps=-sys_ptrace ";
  if (world_.Run({"sh", "-c", without + "true"}).status != 0) GTEST_SKIP() << "no setpriv here";
  Run("cat /proc/self/maps >\"$0.self\"\ncat /proc/$PPID/maps >\"$0.seen\"\n" + Answer(),
      "exec " + without + "\"$@\"");
  EXPECT_NE(Slurp(world_.home.Path("program.self")), "");
  EXPECT_EQ(Slurp(world_.home.Path("program.seen")), "");
}

INSTANTIATE_TEST_SUITE_P(All, ChildProcessTest, testing::ValuesIn(kWays),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace credential_provider
