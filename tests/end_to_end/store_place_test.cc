// Where credentials are kept on machines where something is missing: a home, a keyring, memory; and that it
// is said.
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/store_world.h"
#include "tests/testing/own_keyring.h"

namespace credential_provider {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr char kForbidden[] = "keyring: Operation not permitted; ";
constexpr char kNoRuntime[] = "runtime: XDG_RUNTIME_DIR does not name a folder";
constexpr uid_t kOther = 61236;

class StorePlaceTest : public testing::Test {
 protected:
  StorePlaceTest() {
    world_.env["ARGS"] =
        "--cluster-id " + std::string(kCluster) + " --cs-endpoint " + world_.sandbox.Value("cloud");
    world_.env["KUBERNETES_EXEC_INFO"] = kExecInfo;
  }
  ~StorePlaceTest() override { Sh("credential_provider forget --all"); }

  // Runs a script of sh; get and doctor in it take $ARGS.
  ProcessResult Sh(const std::string& script) {
    return world_.Start({"sh", "-c", before_ + script + after_}, "");
  }

  // Has what Sh runs begin with `setup`, in a mount namespace of its own. Returns false where that cannot be.
  bool InOwnMounts(const std::string& setup) {
    if (Sh("unshare -m true").status != 0) return false;
    before_ = "unshare -m sh -e -c '" + setup + "\n";
    after_ = "'";
    return true;
  }

  // Runs so many at once, each started by a process of its own, of which each must print a credential.
  // Returns the number of requests.
  int RequestsOf(int count) {
    const int before = world_.sandbox.Count("cs");
    const ProcessResult result =
        Sh("i=0; while [ $i -lt " + std::to_string(count) +
           " ]; do i=$((i + 1)); (credential_provider get ack $ARGS; true) & done; wait");
    size_t answers = 0;
    for (size_t at = 0; (at = result.out.find("\"kind\":\"ExecCredential\"", at)) != std::string::npos; ++at)
      ++answers;
    EXPECT_EQ(answers, static_cast<size_t>(count)) << result.err;
    EXPECT_EQ(result.err, "");
    return world_.sandbox.Count("cs") - before;
  }

  std::string Status() { return Sh("credential_provider status").out; }

  StoreWorld world_{SharedSandbox()};
  std::string before_, after_;
};

// These come first: what follows takes a user namespace, in which there is no other user.
class AnothersHomeTest : public StorePlaceTest {
 protected:
  void SetUp() override {
    fs::create_directory(Home());
    if (geteuid() != 0 || chown(Home().c_str(), kOther, kOther) != 0)
      GTEST_SKIP() << "only root can give a folder away";
    world_.env["HOME"] = Home();
  }
  std::string Home() const { return world_.home.Path("home"); }
};

TEST_F(AnothersHomeTest, RootMakesNothingThereAndTwentyAtOnceMakeOneRequest) {
  EXPECT_EQ(RequestsOf(20), 1);
  EXPECT_TRUE(fs::is_empty(Home()));
  EXPECT_THAT(Status(), HasSubstr("new ones are kept in: memory (keyring: "));
}

TEST_F(AnothersHomeTest, NorInACacheFolderOfThatUsers) {
  world_.env["XDG_CACHE_HOME"] = Home() + "/cache";
  EXPECT_EQ(RequestsOf(2), 1);
  EXPECT_TRUE(fs::is_empty(Home()));
}

TEST_F(AnothersHomeTest, OnDiskItIsSaidWhatHelpsAndNotToTakeTheHomeAway) {
  const ProcessResult result = Sh("credential_provider get ack $ARGS --store disk");
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(result.err,
              AllOf(HasSubstr("disk: " + Home() + "/.cache/credential_provider: not made, because " + Home() +
                              " belongs to user 61236"),
                    HasSubstr("hint: run this as that user"), Not(HasSubstr("chown"))));
}

TEST_F(AnothersHomeTest, AFolderOfThatUsersIsNotUsedEvenIfItIsThere) {
  fs::create_directories(Home() + "/.cache/credential_provider");
  for (const char* folder : {"/.cache", "/.cache/credential_provider"}) {
    ASSERT_EQ(chown((Home() + folder).c_str(), kOther, kOther), 0);
    chmod((Home() + folder).c_str(), 0700);
  }
  EXPECT_EQ(RequestsOf(2), 1);
  EXPECT_TRUE(fs::is_empty(Home() + "/.cache/credential_provider"));
  EXPECT_THAT(Sh("credential_provider status --store disk").err,
              HasSubstr("not private: it must belong to this user with mode 0700"));
}

// A user who is not root has 20,000 bytes of keys.
class PlainUserTest : public testing::Test {
 protected:
  void SetUp() override {
    if (geteuid() != 0) GTEST_SKIP() << "only root can become another user";
    setenv("TEST_TMPDIR", "/tmp", 1);  // in reach of any user
    tools_ = std::make_unique<TempDir>();
    world_ = std::make_unique<StoreWorld>(SharedSandbox());
    world_->use_keyring = true;
    for (const std::string& folder : {tools_->path(), world_->home.path()}) {
      ASSERT_EQ(chown(folder.c_str(), kOther, kOther), 0);
    }
    program_ = tools_->Path("credential_provider");
    fs::copy(Runfile("credential_provider/credential_provider"), program_);
    if (Run({program_, "forget", "--all"}).status != 0) GTEST_SKIP() << "no other users here";
  }
  void TearDown() override {
    if (world_ != nullptr) Run({program_, "forget", "--all"});
  }
  ProcessResult Run(std::vector<std::string> args) {
    const std::string user = std::to_string(kOther);
    args.insert(args.begin(), {"setpriv", "--reuid", user, "--regid", user, "--clear-groups", "--"});
    return world_->Start(args, "");
  }

  std::unique_ptr<TempDir> tools_;
  std::unique_ptr<StoreWorld> world_;
  std::string program_;
};

TEST_F(PlainUserTest, HalfOfTheQuotaOfKeysIsLeftToOthersAndThatIsSaid) {
  int in_keyring = 0;
  for (int minutes = 15; minutes < 23; ++minutes) {
    std::vector<std::string> args = world_->GetAck({"--duration", std::to_string(minutes) + "m"});
    args[0] = program_;
    const ProcessResult result = Run(args);
    EXPECT_EQ(result.status, 0);
    EXPECT_EQ(result.err, "");
  }
  const auto list = nlohmann::json::parse(Run({program_, "status", "--output", "json"}).out);
  ASSERT_EQ(list.size(), 8u);
  for (const auto& stored : list) {
    if (stored.at("store") == "keyring") {
      ++in_keyring;
    } else {
      EXPECT_EQ(stored.at("store"), "memory");
      EXPECT_THAT(stored.at("passedOver"),
                  HasSubstr("keyring: with this one, credentials would fill more than half of "
                            "this user's quota of 20000 bytes and 200 keys"));
    }
  }
  EXPECT_GE(in_keyring, 3);
  EXPECT_LE(in_keyring, 6);
}

TEST_F(StorePlaceTest, AHomeThatCannotBeWrittenToMakesTenAtOnceMakeOneRequest) {
  if (!HasOwnKeyring() || !InOwnMounts("mount -t tmpfs -o ro none $HOME"))
    GTEST_SKIP() << "no namespaces here";
  EXPECT_EQ(RequestsOf(10), 1);
  EXPECT_THAT(Status(), HasSubstr("new ones are kept in: memory (" + std::string(kForbidden)));
  Sh("credential_provider forget --all");
  world_.use_keyring = true;
  EXPECT_EQ(RequestsOf(10), 1);
  EXPECT_THAT(Status(), AllOf(HasSubstr("  keyring  1h, "), HasSubstr("new ones are kept in: keyring\n")));
}

TEST_F(StorePlaceTest, WithoutAHomeTenAtOnceMakeOneRequest) {
  for (const char* home : {"", "/nonexistent/home", "relative"}) {
    world_.env["HOME"] = home;
    Sh("credential_provider forget --all");
    EXPECT_EQ(RequestsOf(10), 1) << home;
  }
}

TEST_F(StorePlaceTest, NoWholeSecretIsOnDiskWhereMemoryIsToBeHad) {
  EXPECT_EQ(RequestsOf(1), 1);
  for (const auto& file : fs::recursive_directory_iterator(world_.home.path())) {
    if (file.is_regular_file()) {
      EXPECT_EQ(FindSecret(Slurp(file.path())), "") << file.path();
    }
  }
  EXPECT_THAT(Status(), HasSubstr("  memory (" + std::string(kForbidden) + kNoRuntime + ")  1h, "));
  EXPECT_EQ(RequestsOf(1), 0);
}

TEST_F(StorePlaceTest, WhereMemoryIsADiskItIsPassedOverAndThatIsSaid) {
  if (!HasOwnKeyring() || !InOwnMounts("mkdir -p $HOME/shm; mount --bind $HOME/shm /dev/shm"))
    GTEST_SKIP() << "no namespaces here";
  EXPECT_EQ(RequestsOf(10), 1);
  EXPECT_THAT(Status(), HasSubstr("  disk (" + std::string(kForbidden) + kNoRuntime +
                                  "; memory: /dev/shm: on a disk, not in memory)  1h, "));
}

TEST_F(StorePlaceTest, WhereNothingCanBeStoredTheReasonOfEachPlaceIsSaid) {
  if (!HasOwnKeyring() || !InOwnMounts("mount -t tmpfs -o ro none $HOME; mount -t tmpfs -o ro none /dev/shm"))
    GTEST_SKIP() << "no namespaces here";
  const std::string reasons = std::string(kForbidden) + kNoRuntime +
                              "; memory: /dev/shm/credential_provider-" + std::to_string(geteuid()) +
                              ": Read-only file system; disk: ";
  const ProcessResult table = Sh("credential_provider status");
  EXPECT_EQ(table.out, "nothing is stored\n");
  EXPECT_THAT(table.err,
              StartsWith("credential_provider: warning: nothing can be stored, so every run asks for a new "
                         "credential: " +
                         reasons));
  const ProcessResult json = Sh("credential_provider status --output json");
  EXPECT_EQ(json.out, "[]\n");
  EXPECT_EQ(json.err, table.err);
  const ProcessResult doctor = Sh("credential_provider doctor ack $ARGS");
  EXPECT_EQ(doctor.status, 0);
  EXPECT_THAT(doctor.out, AllOf(HasSubstr("ok  all else is well\n"), Not(HasSubstr("ok  all is well"))));
  EXPECT_THAT(doctor.err, HasSubstr(reasons));
}

TEST_F(StorePlaceTest, DoctorSaysWhereCredentialsAreKept) {
  EXPECT_THAT(Sh("credential_provider doctor ack $ARGS").out,
              HasSubstr("ok  store: new ones are kept in: memory (" + std::string(kForbidden) + kNoRuntime +
                        ")\nok  all is well\n"));
  EXPECT_THAT(Sh("credential_provider doctor ack $ARGS --store none").out,
              HasSubstr("ok  store: new ones are not kept\n"));
}

TEST_F(StorePlaceTest, AFileSizeLimitOfNothingIsSurvivedAndSaid) {
  const ProcessResult first = Sh("ulimit -f 0; credential_provider get ack $ARGS");
  EXPECT_EQ(first.status, 0);
  EXPECT_THAT(first.out, HasSubstr("PRIVATE KEY"));
  EXPECT_THAT(first.err, AllOf(HasSubstr("the credential cannot be stored"), HasSubstr("File too large")));
  EXPECT_EQ(RequestsOf(1), 1);
  const int requests = world_.sandbox.Count("cs");
  const ProcessResult hit = Sh("ulimit -f 0; credential_provider get ack $ARGS");
  EXPECT_EQ(hit.status, 0);
  EXPECT_EQ(hit.err, "");
  EXPECT_EQ(world_.sandbox.Count("cs"), requests);
}

TEST_F(StorePlaceTest, ASandboxThatKillsForAKeyringIsSurvivedAndSaid) {
  world_.keyring_kills = true;
  EXPECT_EQ(RequestsOf(1), 1);
  EXPECT_EQ(RequestsOf(1), 0);
  EXPECT_THAT(Status(), HasSubstr("  memory (keyring: a seccomp filter kills whoever uses it here; "));
  EXPECT_EQ(Sh("credential_provider forget --all").out,
            "forgot 1 credential, and the ledger of 1 issuance\n");
}

// A GitLab runner whose jobs run as one user, in one checkout.
class GitLabJobTest : public StorePlaceTest {
 protected:
  GitLabJobTest() {
    world_.env["CI"] = "true";
    world_.env["CI_PROJECT_DIR"] = world_.home.Path("builds/group/project");
    world_.env["ARGS"] += " --role-arn acs:ram::1000000000000001:role/ack-reader --duration 15m";
    fs::create_directories(world_.env["CI_PROJECT_DIR"]);
  }
  int SessionsOfJob(const std::string& id) {
    world_.env["CI_JOB_ID"] = id;
    world_.env["CI_JOB_TOKEN"] = "glcbt-" + id;
    world_.sandbox.Post("/reset");
    EXPECT_EQ(Sh("credential_provider get ack $ARGS && credential_provider get ack $ARGS").status, 0);
    return world_.sandbox.Count("sts");
  }
  std::string Jobs() const { return world_.home.Path("builds/group/project.tmp/credential_provider"); }
  size_t FilesOfJobs() const {
    size_t files = 0;
    for (const auto& file : fs::recursive_directory_iterator(Jobs())) files += file.is_regular_file() ? 1 : 0;
    return files;
  }
};

TEST_F(GitLabJobTest, TheNextJobHasNoSessionOfTheOneBefore) {
  EXPECT_EQ(SessionsOfJob("1"), 1);
  EXPECT_EQ(SessionsOfJob("1"), 0);
  EXPECT_EQ(SessionsOfJob("2"), 1);
}

TEST_F(GitLabJobTest, WhatAJobHasLeftIsRemovedByTheNext) {
  SessionsOfJob("1");
  const size_t files = FilesOfJobs();
  Spill(Jobs() + "/0123456789abcdef.credential", "of version 0.1.0");
  SessionsOfJob("2");
  EXPECT_EQ(FilesOfJobs(), files);
  EXPECT_EQ(std::distance(fs::directory_iterator(Jobs()), fs::directory_iterator()), 1);
}

TEST_F(GitLabJobTest, NothingIsInTheHomeOrInTheCheckout) {
  SessionsOfJob("1");
  EXPECT_FALSE(fs::exists(world_.home.Path(".cache")));
  EXPECT_TRUE(fs::is_empty(world_.env["CI_PROJECT_DIR"]));
}

}  // namespace
}  // namespace credential_provider
