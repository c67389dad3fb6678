// `kubeconfig_writer migrate` on a kubeconfig with a static ACK user among others, and the real kubectl with
// it, before and after.
#include <sys/stat.h>

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"
#include "tests/testing/case_file.h"

namespace credential_provider {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr char kUser[] = "200000000000000001";
const std::string kContext = std::string(kUser) + "-" + kCluster;  // as ACK names it

// What comes before the ACK user's own fields, and what comes after.
constexpr char kBefore[] = R"(# the team's clusters
apiVersion: v1
kind: Config
clusters:
- cluster:
    server: {server}   # public
    certificate-authority: "{ca_file}"
  name: kubernetes
- {name: far, cluster: {server: 'https://192.0.2.7'}}   # of another cloud
contexts:
# mine
- context:
    cluster: kubernetes
    namespace: kube-system   # where I work
    user: "200000000000000001"
  name: {context}
- context: {cluster: far, user: far}
  name: far
current-context: {context}
users:
- name: "200000000000000001"
  user:
)";
constexpr char kBehind[] = R"(# tokens of the other cloud
- name: far
  user:
    token: 'fake-marked-far'   # until it ends
)";

// The line, counted from 1, in which `word` is.
int64_t LineOf(const std::string& text, const std::string& word) {
  const auto found = std::search(text.begin(), text.end(), word.begin(), word.end());
  return 1 + std::count(text.begin(), found, '\n');
}

class MigrateTest : public testing::Test {
 protected:
  MigrateTest() { world_.secret_files = {"config", "backup"}; }

  void SetUp() override { Write(kCluster, "sandbox-alice"); }

  // Makes the kubeconfig of `key`'s user for `cluster`, with a certificate as ACK's console gives it.
  void Write(const std::string& cluster, const std::string& key) {
    world_.env["ALIBABA_CLOUD_ACCESS_KEY_ID"] = key;
    world_.env["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = key + "-secret";
    const ProcessResult made = world_.Run(world_.GetAck({"--store", "none", "--duration", "72h"}, cluster));
    ASSERT_EQ(made.status, 0) << made.err;
    const nlohmann::json status = nlohmann::json::parse(made.out).at("status");
    key_ = absl::Base64Escape(status.at("clientKeyData").get<std::string>());
    Spill(file_, Before() + "    client-certificate-data: " +
                     absl::Base64Escape(status.at("clientCertificateData").get<std::string>()) +
                     "\n    client-key-data: " + key_ + "\n" + kBehind);
    chmod(file_.c_str(), S_IRUSR | S_IWUSR);
    old_ = Slurp(file_);
  }

  std::string Before() const {
    return Fill(kBefore, {{"{server}", world_.sandbox.Value("api_server")},
                          {"{ca_file}", world_.sandbox.Value("ca_file")},
                          {"{context}", kContext}});
  }

  // Gives cluster, user and context one name, as install does.
  void CallAll(const std::string& name) const {
    Spill(file_, absl::StrReplaceAll(old_, {{kContext, name}, {kUser, name}, {"kubernetes", name}}));
  }

  void CallAs(const std::string& user) {
    world_.env["ALIBABA_CLOUD_ACCESS_KEY_ID"] = user;
    world_.env["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = user + "-secret";
  }

  ProcessResult Migrate(const std::vector<std::string>& more = {kContext}) {
    std::vector<std::string> args = {
        "kubeconfig_writer", "migrate", "--kubeconfig",  file_,
        "--store",           "disk",    "--cs-endpoint", world_.sandbox.Value("cloud")};
    args.insert(args.end(), more.begin(), more.end());
    return world_.Run(args);
  }

  ProcessResult Kubectl() {
    return world_.Run({"kubectl", "--kubeconfig", file_, "get", "namespace", "-o", "name"});
  }

  World world_{SharedSandbox()};
  const std::string file_ = world_.home.Path("config");
  std::string key_;  // as it is in the file
  std::string old_;  // the file
};

TEST_F(MigrateTest, TheKeyIsGoneTheRestIsUntouchedAndKubectlWorksBeforeAndAfter) {
  const bool kubectl = world_.Run({"sh", "-c", "command -v kubectl"}).status == 0;
  if (kubectl) {
    EXPECT_THAT(Kubectl().out, HasSubstr("namespace/default"));
  }
  const ProcessResult migrated = Migrate();
  ASSERT_EQ(migrated.status, 0) << migrated.err;
  EXPECT_EQ(migrated.err, "");
  EXPECT_THAT(migrated.out, HasSubstr("ok  old user: 200000000000000001-"));
  EXPECT_THAT(migrated.out, HasSubstr("ok  caller: the cluster knows it as 200000000000000001-"));
  EXPECT_THAT(migrated.out, HasSubstr("no backup was kept\n"));
  EXPECT_THAT(migrated.out, HasSubstr(std::string("`kubeconfig_writer revoke --cluster-id ") + kCluster));
  const std::string now = Slurp(file_);
  EXPECT_EQ(now.find(key_), std::string::npos);
  EXPECT_EQ(now.find("client-certificate-data"), std::string::npos);
  EXPECT_EQ(now.substr(0, Before().size()), Before());
  EXPECT_EQ(now.substr(now.size() - sizeof(kBehind) + 1), kBehind);
  EXPECT_EQ(now.find("client-key-data"), std::string::npos);
  if (!kubectl) GTEST_SKIP() << "no kubectl on the PATH: the file was checked, and not tried";
  EXPECT_THAT(Kubectl().out, HasSubstr("namespace/default"));
}

TEST_F(MigrateTest, WhereElseTheKeyStandsIsSaid) {
  Spill(file_, old_ + "# client-key-data: " + key_ + "\nx-old: " + key_ + "\n");
  const ProcessResult migrated = Migrate();
  ASSERT_EQ(migrated.status, 0) << migrated.err;
  const std::string now = Slurp(file_);
  const int64_t first = LineOf(now, key_);
  EXPECT_THAT(migrated.err, HasSubstr("the key is also in line " + std::to_string(first) + ", " +
                                      std::to_string(first + 1) + ", outside the user"));
  EXPECT_EQ(migrated.err.find(key_), std::string::npos);
}

TEST_F(MigrateTest, WhatComesFromAMergeKeyIsRefusedAndStays) {
  const size_t fields = old_.find("    client-certificate-data");
  const size_t behind = old_.find(kBehind);
  std::string block = "x-creds: &c\n" + old_.substr(fields, behind - fields);
  old_ = block + old_.substr(0, fields) + "    <<: *c\n" + old_.substr(behind);
  Spill(file_, old_);
  const ProcessResult migrated = Migrate();
  EXPECT_EQ(migrated.status, 1);
  EXPECT_THAT(migrated.err, HasSubstr("a merge key is in what would change"));
  EXPECT_EQ(Slurp(file_), old_);
}

TEST_F(MigrateTest, WhichOtherUserHoldsTheKeyIsSaidAndBothAtOnceHoldItNoLonger) {
  const std::string copy =
      "- name: copy\n  user:\n    client-key-data: " + key_ + "\n    client-certificate-data: " +
      old_.substr(old_.find("LS0t"), old_.find("\n    client-key-data") - old_.find("LS0t"));
  Spill(file_, old_ + copy + "\n");
  const ProcessResult one = Migrate();
  ASSERT_EQ(one.status, 0) << one.err;
  EXPECT_THAT(one.err, testing::ContainsRegex("the key is also in line [0-9]+, of user copy\n"));
  const std::string second = "- {name: second, context: {cluster: kubernetes, user: copy}}\ncurrent-context:";
  Spill(file_, absl::StrReplaceAll(old_ + copy + "\n", {{"current-context:", second}}));
  const ProcessResult both = Migrate({"--all"});
  EXPECT_EQ(both.status, 0);
  EXPECT_EQ(both.err, "");
  EXPECT_EQ(Slurp(file_).find(key_), std::string::npos);
}

TEST_F(MigrateTest, AUserThatNoContextLeadsToIsNamedAndItsHintRemovesIt) {
  const std::string context =
      old_.substr(old_.find("- context:\n    cluster: kubernetes"),
                  old_.find("- context: {cluster: far") - old_.find("- context:\n    cluster: kubernetes"));
  Spill(file_, absl::StrReplaceAll(old_, {{context, ""}}));
  const ProcessResult all = Migrate({"--all"});
  EXPECT_EQ(all.status, 1);
  EXPECT_EQ(all.out, "");
  EXPECT_THAT(all.err, HasSubstr("user 200000000000000001: not migrated: no context leads to it\n"));
  const size_t begin = all.err.find('`') + 1;
  EXPECT_EQ(world_.Run({"sh", "-c", all.err.substr(begin, all.err.find('`', begin) - begin)}).status, 0);
  EXPECT_THAT(Migrate({"--all"}).out, HasSubstr("nothing to migrate"));
}

TEST_F(MigrateTest, WhatOthersHavePutIntoTheUserStays) {
  const std::string extensions =
      "    extensions:  # the team's\n    - name: team.example.com\n      extension: {owner: payments}\n";
  Spill(file_, absl::StrReplaceAll(
                   old_, {{"    client-certificate-data:", extensions + "    client-certificate-data:"}}));
  const ProcessResult migrated = Migrate();
  ASSERT_EQ(migrated.status, 0) << migrated.err;
  EXPECT_THAT(Slurp(file_), HasSubstr(extensions));
  EXPECT_EQ(Slurp(file_).find(key_), std::string::npos);
  EXPECT_THAT(Kubectl().out, HasSubstr("namespace/default"));
}

// What a person would paste: the command in the last line of what was said.
std::string LastCommand(const std::string& said) {
  const size_t begin = said.find('`', said.rfind("the old key is good")) + 1;
  return said.substr(begin, said.find('`', begin) - begin);
}

class RevokeTest : public MigrateTest {
 protected:
  // The file has alice's key; who calls is bob, unless the profile prod is named.
  void SetUp() override {
    Write(kCluster, "sandbox-bob");
    Spill(of_bob_, old_);
    Write(kCluster, "sandbox-alice");
    Spill(of_alice_, old_);
    world_.secret_files.insert({"of_alice", "of_bob"});
    world_.env.erase("ALIBABA_CLOUD_ACCESS_KEY_ID");
    world_.env.erase("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
    world_.env["PATH"] = Runfile("kubeconfig_writer") + ":" + world_.env["PATH"];
    std::filesystem::create_directories(world_.home.Path(".aliyun"));
    Spill(world_.home.Path(".aliyun/config.json"),
          R"({"current": "dev", "profiles": [
{"name": "it's prod", "mode": "AK", "access_key_id": "sandbox-alice", "access_key_secret": "sandbox-alice-secret"},
{"name": "dev", "mode": "AK", "access_key_id": "sandbox-bob", "access_key_secret": "sandbox-bob-secret"}]})");
  }

  bool Works(const std::string& kubeconfig) {
    return world_.Run({"kubectl", "--kubeconfig", kubeconfig, "get", "namespace"}).status == 0;
  }
  ProcessResult Paste(const std::string& line) { return world_.Run({"sh", "-c", line + " --yes"}); }

  const std::string of_alice_ = world_.home.Path("of_alice"), of_bob_ = world_.home.Path("of_bob");
};

TEST_F(RevokeTest, TheLastLineOfMigrateRevokesTheOldKeyAndNoOther) {
  const ProcessResult migrated = Migrate({"--all", "--profile", "it's prod"});
  ASSERT_EQ(migrated.status, 0) << migrated.err;
  const std::string line = LastCommand(migrated.out);
  EXPECT_THAT(line, HasSubstr(R"(--profile 'it'\''s prod')"));
  ASSERT_TRUE(Works(of_alice_) && Works(of_bob_));
  const ProcessResult revoked = Paste(line);
  EXPECT_EQ(revoked.status, 0) << revoked.err;
  EXPECT_THAT(revoked.out, HasSubstr("revoked the kubeconfig of access key sandbox-alice"));
  EXPECT_FALSE(Works(of_alice_)) << "a copy of the old key";
  EXPECT_TRUE(Works(of_bob_)) << "somebody else's";
  EXPECT_TRUE(Works(file_)) << "what was migrated gets a new certificate";
}

TEST_F(RevokeTest, SomebodyElsesKeyIsNotRevokedByMistake) {
  const ProcessResult migrated = Migrate({"--all", "--profile", "it's prod"});
  const std::string line =
      absl::StrReplaceAll(LastCommand(migrated.out), {{R"( --profile 'it'\''s prod')", ""}});
  const ProcessResult refused = Paste(line);
  EXPECT_EQ(refused.status, 1);
  EXPECT_EQ(refused.out, "");
  EXPECT_THAT(refused.err,
              HasSubstr("--owner: the caller is acs:ram::1000000000000001:user/bob (200000000000000002), and "
                        "not 200000000000000001: nothing was revoked\n"));
  EXPECT_TRUE(Works(of_alice_) && Works(of_bob_));
}

TEST_F(RevokeTest, WhoMigratedForSomebodyElseIsToldWhoCanRevokeTheKey) {
  const ProcessResult migrated = Migrate({"--all", "--allow-other-user"});
  ASSERT_EQ(migrated.status, 0) << migrated.err;
  EXPECT_THAT(migrated.out, testing::ContainsRegex("unless 200000000000000001-[0-9]+, whose it is, runs `"));
  const std::string line = LastCommand(migrated.out);
  EXPECT_EQ(Paste(line).status, 1) << "bob is not";
  EXPECT_TRUE(Works(of_alice_) && Works(of_bob_));
  CallAs("sandbox-alice");
  EXPECT_EQ(Paste(line).status, 0);
  EXPECT_FALSE(Works(of_alice_));
  EXPECT_TRUE(Works(of_bob_));
}

TEST_F(RevokeTest, ARoleAndTheAccountItselfAreOwnersToo) {
  const std::vector<std::string> revoke = {
      "kubeconfig_writer",           "revoke", "--cluster-id", kCluster, "--cs-endpoint",
      world_.sandbox.Value("cloud"), "--yes",  "--owner"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), revoke.begin(), revoke.end());
    return world_.Run(more).status;
  };
  const std::string reader = "acs:ram::1000000000000001:role/ack-reader";
  EXPECT_EQ(with({"300000000000000001-1700000000", "--role-arn", reader}), 0);
  EXPECT_EQ(with({"300000000000000002-1700000000", "--role-arn", reader}), 1);
  CallAs("sandbox-root");
  EXPECT_EQ(with({"kubernetes-admin"}), 0);
  EXPECT_EQ(with({"200000000000000001"}), 1);
}

TEST_F(MigrateTest, TwiceIsOnce) {
  ASSERT_EQ(Migrate().status, 0);
  const std::string once = Slurp(file_);
  const ProcessResult again = Migrate();
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_THAT(again.out, HasSubstr("nothing to do"));
  EXPECT_EQ(Slurp(file_), once);
}

TEST_F(MigrateTest, AuditFindsTheKeyBeforeAndNotAfter) {
  const std::vector<std::string> audit = {"kubeconfig_writer", "audit", file_};
  EXPECT_THAT(world_.Run(audit).out, HasSubstr("client key"));
  ASSERT_EQ(Migrate({"--all"}).status, 0);
  const ProcessResult after = world_.Run(audit);
  EXPECT_EQ(after.out.find("client key"), std::string::npos) << after.out;
  EXPECT_EQ(after.status, 3) << "the token of the other cloud";
}

TEST_F(MigrateTest, ABackupIsTheOldFileForItsOwnerAlone) {
  const std::string backup = world_.home.Path("backup");
  const ProcessResult migrated = Migrate({kContext, "--backup", backup});
  ASSERT_EQ(migrated.status, 0) << migrated.err;
  EXPECT_EQ(Slurp(backup), old_);
  struct stat info;
  ASSERT_EQ(stat(backup.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
  EXPECT_THAT(migrated.out, HasSubstr("the old file is in " + backup + ", the key included"));
}

TEST_F(MigrateTest, ABackupReplacesNothingAndWithoutItNothingIsDone) {
  const std::string backup = world_.home.Path("backup");
  Spill(backup, "mine");
  const ProcessResult migrated = Migrate({kContext, "--backup", backup});
  EXPECT_EQ(migrated.status, 1);
  EXPECT_THAT(migrated.err, HasSubstr("File exists"));
  EXPECT_EQ(Slurp(backup), "mine");
  EXPECT_EQ(Slurp(file_), old_);
}

TEST_F(MigrateTest, NoBackupStaysWhenTheFileCouldNotBeWritten) {
  const std::string backup = world_.home.Path("backup"), lock = file_ + ".lock";
  Spill(lock, "");
  const ProcessResult locked = Migrate({kContext, "--backup", backup});
  EXPECT_EQ(locked.status, 1);
  EXPECT_THAT(locked.err, HasSubstr(lock));
  EXPECT_FALSE(std::filesystem::exists(backup));
  std::filesystem::remove(lock);
  EXPECT_EQ(Migrate({kContext, "--backup", backup}).status, 0);
  EXPECT_EQ(Slurp(backup), old_);
}

TEST_F(MigrateTest, ADryRunPrintsTheDiffWithoutTheKeyAndWritesNothing) {
  const ProcessResult dry = Migrate({kContext, "--dry-run"});
  ASSERT_EQ(dry.status, 0) << dry.err;
  EXPECT_THAT(dry.out, StartsWith("change: user "));
  EXPECT_THAT(dry.out, HasSubstr("\n--- "));
  EXPECT_THAT(dry.out, HasSubstr("\n-    client-key-data: "));
  EXPECT_THAT(dry.out, HasSubstr("\n+    exec:"));
  EXPECT_EQ(dry.out.find(key_.substr(0, 40)), std::string::npos);
  EXPECT_EQ(Slurp(file_), old_);
}

TEST_F(MigrateTest, WhatUndoHasKeptOfTheKeyGoesTooAlsoInACiJob) {
  const auto backups = [this] {
    const ProcessResult found = world_.Run({"grep", "-rlF", key_.substr(0, 60), world_.home.Path(".local")});
    return found.out;
  };
  ASSERT_EQ(world_
                .Run({"kubeconfig_writer", "install", "ack", "--cluster-id", kOtherCluster, "--cs-endpoint",
                      world_.sandbox.Value("cloud"), "--kubeconfig", file_})
                .status,
            0);
  ASSERT_NE(backups(), "") << "install keeps the file as it was, for undo";
  world_.env["CI"] = "true";
  const ProcessResult migrated = Migrate();
  ASSERT_EQ(migrated.status, 0) << migrated.err;
  EXPECT_THAT(migrated.out, HasSubstr("removed what was kept of " + file_ + " for undo: it held the key\n"));
  EXPECT_EQ(backups(), "");
}

TEST_F(MigrateTest, AnotherIdentityIsRefusedUnlessItIsWanted) {
  CallAs("sandbox-bob");
  const ProcessResult refused = Migrate();
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("not migrated: the exec stanza signs in as 200000000000000002-"));
  EXPECT_EQ(Slurp(file_), old_);
  EXPECT_EQ(Migrate({kContext, "--allow-other-user"}).status, 0);
  EXPECT_NE(Slurp(file_), old_);
}

TEST_F(MigrateTest, WhereTheClusterNamesNobodyTheCertificatesAreCompared) {
  world_.sandbox.Post(
      "/fault",
      {{"match", {{"listener", "api_server"}, {"path", "/apis/authentication.k8s.io/v1/selfsubjectreviews"}}},
       {"times", -1},
       {"reply", {{"status", 404}, {"headers", nlohmann::json::object()}, {"body", "{}"}}}});
  CallAs("sandbox-bob");
  const ProcessResult refused = Migrate();
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("not migrated: the exec stanza signs in as 200000000000000002-"));
  EXPECT_EQ(Slurp(file_), old_);
  CallAs("sandbox-alice");
  const ProcessResult migrated = Migrate();
  EXPECT_EQ(migrated.status, 0) << migrated.err;
  EXPECT_THAT(migrated.out, HasSubstr("ok  caller: not named: "));
}

TEST_F(MigrateTest, WhatTheClusterRefusesIsNotWritten) {
  world_.sandbox.Post("/fault",
                      {{"match", {{"listener", "api_server"}}}, {"times", -1}, {"reply", {{"status", 401}}}});
  const ProcessResult refused = Migrate();
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("not migrated: api server: HTTP 401"));
  EXPECT_EQ(Slurp(file_), old_);
}

// The program that the new stanza runs is a script, so that something happens while it is proven.
TEST_F(MigrateTest, AUserThatChangesMeanwhileIsNotOverwritten) {
  const std::string command = world_.home.Path("bin/credential_provider");
  std::filesystem::create_directory(world_.home.Path("bin"));
  Spill(command, "#!/bin/sh\ngrep -q 'as: x' '" + file_ +
                     "' || sed -i 's/^    client-key-data/    as: x\\n&/' '" + file_ + "'\nexec '" +
                     Runfile("credential_provider/credential_provider") + "' \"$@\"\n");
  chmod(command.c_str(), 0755);
  const ProcessResult refused = Migrate({kContext, "--command", command});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("changed meanwhile"));
  EXPECT_EQ(Slurp(file_),
            absl::StrReplaceAll(old_, {{"    client-key-data", "    as: x\n    client-key-data"}}));
}

TEST_F(MigrateTest, AUserWithoutTheRoleOfTheOldOneIsRefusedEvenWhereAnotherIsWanted) {
  CallAs("sandbox-bob");
  world_.sandbox.Post("/forbid", {{"user", "200000000000000002"}});
  const ProcessResult refused = Migrate({kContext, "--allow-other-user"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("not migrated: with the exec stanza: list of namespaces: "));
  EXPECT_EQ(Slurp(file_), old_);
}

TEST_F(MigrateTest, ASignInThatNobodyNamesIsNoProof) {
  world_.sandbox.Post(
      "/fault",
      {{"match", {{"listener", "api_server"}, {"path", "/apis/authentication.k8s.io/v1/selfsubjectreviews"}}},
       {"times", -1},
       {"reply", {{"status", 404}, {"headers", nlohmann::json::object()}, {"body", "{}"}}}});
  world_.sandbox.Post("/token", {{"token", "fake-marked-token"}, {"user", "robot"}});
  const std::string command = world_.home.Path("bin/credential_provider");
  std::filesystem::create_directory(world_.home.Path("bin"));
  Spill(command, R"(#!/bin/sh
echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"fake-marked-token"}}'
)");
  chmod(command.c_str(), 0755);
  world_.secret_files.insert("bin/credential_provider");
  const ProcessResult refused = Migrate({kContext, "--command", command});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("neither the cluster nor a certificate says"));
  EXPECT_EQ(Slurp(file_), old_);
}

TEST_F(MigrateTest, AllSharesOneStanzaBetweenContextsOfOneServer) {
  Spill(file_, absl::StrReplaceAll(old_, {{"current-context:",
                                           "- context: {cluster: kubernetes, user: \"200000000000000001\"}\n"
                                           "  name: second\ncurrent-context:"}}));
  const ProcessResult migrated = Migrate({"--all"});
  ASSERT_EQ(migrated.status, 0) << migrated.err;
  EXPECT_THAT(migrated.out, HasSubstr("contexts: " + kContext + ", second\n"));
  EXPECT_EQ(Slurp(file_).find("client-key-data"), std::string::npos);
}

TEST_F(MigrateTest, UninstallKeepsWhatWasThereBefore) {
  CallAll("prod");
  ASSERT_EQ(Migrate({"prod"}).status, 0);
  const std::string migrated = Slurp(file_);
  const auto uninstall = [this](const std::string& what) {
    return world_.Run({"kubeconfig_writer", "uninstall", "--kubeconfig", file_, what});
  };
  const ProcessResult all = uninstall("--all");
  EXPECT_EQ(all.status, 0) << all.err;
  EXPECT_EQ(all.out, "kept user prod in " + file_ + ": it was there before `migrate` changed it\n");
  const ProcessResult one = uninstall("prod");
  EXPECT_EQ(one.status, 1);
  EXPECT_THAT(one.err, HasSubstr("user prod: was there before `migrate` changed it, so it stays\n"));
  EXPECT_EQ(Slurp(file_), migrated);
}

TEST_F(MigrateTest, InstallOverAMigratedUserMakesItNotItsOwn) {
  CallAll("prod");
  ASSERT_EQ(Migrate({"prod"}).status, 0);
  ASSERT_EQ(world_
                .Run({"kubeconfig_writer", "install", "ack", "--cluster-id", kCluster, "--cs-endpoint",
                      world_.sandbox.Value("cloud"), "--kubeconfig", file_, "--context-name", "prod",
                      "--no-backup"})
                .status,
            0);
  EXPECT_EQ(world_.Run({"kubeconfig_writer", "uninstall", "--kubeconfig", file_, "prod"}).status, 1);
}

TEST_F(MigrateTest, AllFailsWhereAUserOfAckCannotBeMigrated) {
  const std::string alone = world_.home.Path("kubeconfig_writer");  // no credential_provider beside it
  world_.secret_files.insert("kubeconfig_writer");                  // it knows how a key begins
  std::filesystem::copy_file(Runfile("kubeconfig_writer/kubeconfig_writer"), alone);
  const ProcessResult no_provider = world_.Run({alone, "migrate", "--all", "--kubeconfig", file_});
  EXPECT_EQ(no_provider.status, 1);
  EXPECT_THAT(no_provider.err, HasSubstr("credential_provider: not found beside this program"));
  EXPECT_THAT(no_provider.err, HasSubstr("users not migrated: 1 of 1\n"));
  Spill(file_, absl::StrReplaceAll(old_, {{"  name: kubernetes\n", "  name: another\n"}}));
  const ProcessResult no_cluster = Migrate({"--all"});
  EXPECT_EQ(no_cluster.status, 1);
  EXPECT_THAT(no_cluster.err, HasSubstr("cluster kubernetes: not in the kubeconfig\n"));
}

TEST_F(MigrateTest, AllMigratesTheOthersWhenTheFileOfOneIsMissing) {
  const std::string gone = "contexts:\n- {name: gone, context: {cluster: far, user: gone}}\n";
  Spill(file_, absl::StrReplaceAll(old_, {{"contexts:\n", gone}}) +
                   "- {name: gone, user: {client-certificate: gone.pem, client-key: gone.key}}\n");
  const ProcessResult migrated = Migrate({"--all"});
  EXPECT_EQ(migrated.status, 1);
  EXPECT_THAT(migrated.err, HasSubstr("context gone: user gone: client-certificate: "));
  EXPECT_THAT(migrated.err, HasSubstr("users not migrated: 1 of 2\n"));
  EXPECT_EQ(Slurp(file_).find("client-key-data"), std::string::npos);
}

TEST_F(MigrateTest, ARevokedOldKeyIsNoReasonToKeepIt) {
  world_.sandbox.Post("/revoke", {{"identity", "sandbox-alice"}});
  const ProcessResult migrated = Migrate();
  ASSERT_EQ(migrated.status, 0) << migrated.err;
  EXPECT_THAT(migrated.out, HasSubstr(", no longer accepted\n"));
}

}  // namespace
}  // namespace credential_provider
