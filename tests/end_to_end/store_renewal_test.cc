// Renewing before the end, in a process that nobody waits for, and while the issuer is down.
#include <signal.h>
#include <unistd.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/store_world.h"

namespace credential_provider {
namespace {

using testing::HasSubstr;

class StoreRenewalTest : public testing::Test {
 protected:
  // Stores a certificate of which nine tenths are left, and so one that is due with --refresh-ahead 90.
  void StoreOneThatIsDue() {
    ASSERT_EQ(world_.Run(world_.Get()).status, 0);
    world_.AgeEntry(3600);
    ASSERT_EQ(world_.sandbox.Count("cs"), 1);
  }

  std::vector<std::string> Due(const std::vector<std::string>& more = {}) {
    std::vector<std::string> args = world_.Get({"--refresh-ahead", "90"});
    args.insert(args.end(), more.begin(), more.end());
    return args;
  }

  StoreWorld world_{SharedSandbox()};
};

TEST_F(StoreRenewalTest, TheAnswerComesFromTheStoreAndTheNewOneIsThereForTheNextRun) {
  StoreOneThatIsDue();
  const std::string first = world_.Run(world_.Get()).out;
  EXPECT_EQ(world_.Run(Due()).out, first);
  EXPECT_TRUE(StoreWorld::Eventually([&] { return world_.Run(world_.Get()).out != first; }));
  EXPECT_EQ(world_.sandbox.Count("cs"), 2);
  EXPECT_EQ(world_.Status().value("issuances", 0), 2);
}

TEST_F(StoreRenewalTest, OfManyRunsOneRenews) {
  StoreOneThatIsDue();
  world_.sandbox.Post("/fault", {{"match", {{"listener", "cs"}}}, {"delay_ms", 1000}});
  world_.RunScript(R"(for i in $(seq 20); do ( "$@" >/dev/null; : ) & done; wait)", Due());
  EXPECT_TRUE(StoreWorld::Eventually([&] { return world_.Status().value("issuances", 0) == 2; }));
  EXPECT_TRUE(StoreWorld::Eventually([&] { return world_.Renewers().empty(); }));
  EXPECT_EQ(world_.sandbox.Count("cs"), 2);
}

// RunProcess reads both streams to their ends, as kubectl does: if the renewing
// Process held one of them, this would take as long as it hangs.
TEST_F(StoreRenewalTest, TheRunEndsAtOnceWhileTheRenewalHangs) {
  StoreOneThatIsDue();
  world_.sandbox.Post("/fault", {{"match", {{"listener", "cs"}}}, {"hang", true}, {"times", -1}});
  const auto begin = std::chrono::steady_clock::now();
  const ProcessResult result = world_.Run(Due({"--timeout", "4s"}));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(3));
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.err, "");
  ASSERT_TRUE(StoreWorld::Eventually([&] { return world_.sandbox.Count("cs") == 2; }));
  EXPECT_EQ(world_.Renewers().size(), 1u) << "it is still there";
  EXPECT_TRUE(StoreWorld::Eventually([&] { return world_.Renewers().empty(); })) << "and ends by itself";
}

TEST_F(StoreRenewalTest, TheRenewingProcessHoldsNoDescriptorOfItsParents) {
  StoreOneThatIsDue();
  world_.sandbox.Post("/fault", {{"match", {{"listener", "cs"}}}, {"hang", true}, {"times", -1}});
  Spill(world_.home.Path("held"), "");
  std::vector<std::string> args = Due({"--timeout", "4s"});
  world_.RunScript(R"(exec 7<"$HOME/held"; "$@")", args);
  ASSERT_TRUE(StoreWorld::Eventually([&] { return world_.sandbox.Count("cs") == 2; }));
  const std::vector<std::string> renewers = world_.Renewers();
  ASSERT_EQ(renewers.size(), 1u);
  std::error_code error;
  const std::filesystem::directory_iterator fds(renewers[0] + "/fd", error);
  if (error) GTEST_SKIP() << "only root may look into it";
  for (const auto& fd : fds) {
    const std::string target = std::filesystem::read_symlink(fd.path(), error).string();
    const std::string name = fd.path().filename().string();
    const bool is_stream = name == "0" || name == "1" || name == "2";
    EXPECT_EQ(is_stream, target == "/dev/null") << name << " " << target;
    EXPECT_EQ(target.find("held"), std::string::npos) << name;
  }
  EXPECT_EQ(getpgid(std::stoi(renewers[0].substr(6))), std::stoi(renewers[0].substr(6)));
  EXPECT_TRUE(StoreWorld::Eventually([&] { return world_.Renewers().empty(); }));
}

TEST_F(StoreRenewalTest, AnOutageIsRiddenOutWithOneWarningAWindow) {
  world_.sandbox.Post("/config", {{"lifetime_s", 170}});  // less than two minutes to what is printed
  ASSERT_EQ(world_.Run(world_.Get()).status, 0);
  world_.sandbox.Post("/fault",
                      {{"match", {{"listener", "cs"}}}, {"error", "StatusForbidden"}, {"times", -1}});
  const ProcessResult first = world_.RunForClient(world_.Get());
  EXPECT_EQ(first.status, 0);
  EXPECT_THAT(first.out, HasSubstr("clientCertificateData"));
  EXPECT_THAT(first.err,
              HasSubstr("credential_provider: warning: the stored credential is used, which expires in 2m"));
  EXPECT_THAT(first.err, HasSubstr("because renewing it failed: cluster c0"));
  for (int i = 0; i < 5; ++i) {
    const ProcessResult next = world_.RunForClient(world_.Get());
    EXPECT_EQ(next.status, 0);
    EXPECT_EQ(next.err, "");
  }
  EXPECT_EQ(world_.sandbox.Count("cs"), 2);
}

TEST_F(StoreRenewalTest, ABackgroundRenewalThatFailedIsWarnedOfByTheNextRunOnly) {
  StoreOneThatIsDue();
  world_.sandbox.Post("/fault",
                      {{"match", {{"listener", "cs"}}}, {"error", "StatusForbidden"}, {"times", -1}});
  EXPECT_EQ(world_.RunForClient(Due()).err, "");
  ASSERT_TRUE(StoreWorld::Eventually([&] { return world_.Status().value("failure", "") != ""; }));
  EXPECT_THAT(world_.RunForClient(Due()).err, HasSubstr("because renewing it failed: "));
  EXPECT_EQ(world_.RunForClient(Due()).err, "");
  EXPECT_EQ(world_.sandbox.Count("cs"), 2);
}

// Process 1 is a program that waits for what it has started and for nothing else, as in many containers. The
// clock of what it starts goes ahead, so that the stored one is due each time. A zombie counts when it is
// some seconds old: a slow init is one nevertheless.
TEST_F(StoreRenewalTest, WhereNobodyReapsAtMostOneZombieIsLeft) {
  if (world_.Run({"unshare", "-r", "-p", "-f", "--mount-proc", "perl", "-e", "1"}).status != 0)
    GTEST_SKIP() << "no perl or no user namespaces here";
  ASSERT_EQ(world_.Run(world_.Get()).status, 0);
  constexpr char kProcess1[] = R"(
my $later = shift;
for my $shift (400, 800, 850) {
  system($later, $shift, @ARGV) == 0 or die;
  for (1 .. 200) {
    select(undef, undef, undef, 0.05);
    $running = 0;
    $zombies = 0;
    for my $file (glob("/proc/[0-9]*/stat")) {
      open(my $stat, "<", $file) or next;
      my $line = <$stat>;
      next unless $line =~ /\(credential_prov\) (.)/;
      $1 eq "Z" ? ++$zombies : ++$running;
    }
    last unless $running;
  }
  print "$zombies\n";
  sleep 16 if $shift == 400;
}
)";
  std::vector<std::string> args = {
      "unshare", "-r", "-p", "-f", "--mount-proc", "perl", "-e", kProcess1, Runfile("tests/testing/later")};
  std::vector<std::string> due = Due();
  due[0] = Runfile("credential_provider/credential_provider");
  args.insert(args.end(), due.begin(), due.end());
  std::string out = world_.Run(args).out;
  std::string counts;
  for (size_t end; (end = out.find('\n')) != std::string::npos; out.erase(0, end + 1)) {
    if (end == 1) counts += out[0];
  }
  EXPECT_EQ(counts, "111");
  EXPECT_EQ(world_.sandbox.Count("cs"), 2);
}

TEST_F(StoreRenewalTest, NothingIsRenewedAheadWhenTheUserSaysSo) {
  StoreOneThatIsDue();
  EXPECT_EQ(world_.Run(world_.Get({"--refresh-ahead", "0"})).status, 0);
  usleep(500 * 1000);
  EXPECT_EQ(world_.sandbox.Count("cs"), 1);
}

}  // namespace
}  // namespace credential_provider
