// What `audit` looks at beside the fields of entries: that a file is there at all, every place in it, who
// else can read or replace it; and that it ends. How much of what is in a kubeconfig it finds is measured
// by audit_corpus_test.
#include <sys/stat.h>
#include <sys/xattr.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"

namespace credential_provider {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr char kEmpty[] = "apiVersion: v1\nkind: Config\nusers: []\n";

class AuditTest : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directory(world_.home.Path(".kube"));
    fs::permissions(world_.home.Path(".kube"), fs::perms::owner_all);
    world_.secret_files = {".kube/config"};
  }

  void Write(const std::string& text) {
    Spill(config_, text);
    chmod(config_.c_str(), S_IRUSR | S_IWUSR);
  }
  ProcessResult Audit(std::vector<std::string> flags = {}) {
    flags.insert(flags.begin(), {"kubeconfig_writer", "audit"});
    return world_.Run(flags);
  }
  // "user a: token" for each finding.
  std::vector<std::string> Found(const std::string& field = "place") {
    const ProcessResult result = Audit({"--output", "json"});
    std::vector<std::string> found;
    const json findings = json::parse(result.out, nullptr, false);
    EXPECT_EQ(result.status, findings.empty() ? 0 : 3) << result.err;
    for (const json& finding : findings)
      found.push_back(finding.at("entry").get<std::string>() + ": " + finding.at(field).get<std::string>());
    return found;
  }

  World world_{SharedSandbox()};
  const std::string config_ = world_.home.Path(".kube/config");
};

// The gate of a CI job must not be passed because of a misspelt path.
TEST_F(AuditTest, AFileThatWasNamedAndIsNotThereIsAnError) {
  Write(kEmpty);
  const std::vector<std::pair<std::string, int>> cases = {
      {"--kubeconfig=/no/such/file", 1}, {"no-such-file", 1}, {"--kubeconfig=~/.kube/config", 2}};
  for (const auto& [argument, status] : cases) {
    const ProcessResult result = Audit({argument});
    EXPECT_EQ(result.status, status) << argument;
    EXPECT_EQ(result.out, "") << argument;
    EXPECT_THAT(result.err, HasSubstr("hint: ")) << argument;
  }
}

TEST_F(AuditTest, AVariableThatLeadsToNoFileIsAnError) {
  Write(kEmpty);
  world_.env["KUBECONFIG"] = "/no/such/file:/nor/this";
  const ProcessResult result = Audit();
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("KUBECONFIG: none of its files is there"));
  world_.env["KUBECONFIG"] = "/no/such/file:" + config_;
  EXPECT_EQ(Audit().status, 0) << "as kubectl, which skips the first";
}

TEST_F(AuditTest, ExtensionsAreLookedAtWhereverTheyAre) {
  const std::string extensions = "extensions: [{name: e, extension: {password: fake-marked}}]";
  const auto file = [](const std::string& cluster, const std::string& context, const std::string& user,
                       const std::string& more) {
    return "clusters: [{name: c, cluster: {server: 'https://192.0.2.1'" + cluster +
           "}}]\ncontexts: [{name: x, context: {cluster: c, user: u" + context +
           "}}]\nusers: [{name: u, user: {" + user + "}}]\n" + more + "\n";
  };
  for (const std::string& text :
       {file(", " + extensions, "", "", ""), file("", ", " + extensions, "", ""),
        file("", "", extensions, ""), file("", "", "", "preferences: {" + extensions + "}"),
        file("", "", "", extensions)}) {
    Write(text);
    EXPECT_EQ(Found("finding").size(), 1) << text;
    EXPECT_THAT(Audit().out, HasSubstr("extensions e password")) << text;
  }
}

TEST_F(AuditTest, ACommentIsFoundByItsLine) {
  Write(
      "users:\n- name: u\n  user: {}  # was: token: eyJmYWtlIjo.eyJmYWtlIjo.ZmFrZQ\n#- name: old\n#  "
      "user:\n#    "
      "password: fake-marked-1\n- name: 'a # b: token=fake-marked-1'\n");
  EXPECT_THAT(Found(), ElementsAre("user <masked>: name", ": line 3", ": line 6"));
}

TEST_F(AuditTest, FieldsInTheWrongColumnAreFound) {
  Write(
      "token: fake-marked-1\nusers:\n- name: u\n  password: fake-marked-1\n  user: {exec: {command: x, "
      "token: "
      "fake-marked-1}}\nclusters:\n- name: c\n  cluster: {server: https://192.0.2.1}\n  secret: "
      "fake-marked-1\n");
  EXPECT_THAT(Found(), ElementsAre(": token", "user u: password", "user u: exec.token", "cluster c: secret"));
}

// A path may be a key that somebody has put there, and a name a token.
TEST_F(AuditTest, NothingThatMayBeASecretIsShownAsAPlaceOrName) {
  Write(
      "users:\n- name: fake\n  user: {client-key: \"-----BEGIN PRIVATE KEY-----\\nfake-marked\\n\", "
      "tokenFile: "
      "eyJmYWtlIjo.eyJmYWtlIjo.ZmFrZQ}\n- name: eyJmYWtlIjo.eyJmYWtlIjo.ZmFrZQ\n  user: {password: "
      "fake-marked}\n"
      "- name: c\n  user: {exec: {command: /x/eyJmYWtlIjo.eyJmYWtlIjo.ZmFrZQ}}\n");
  const ProcessResult result = Audit();
  EXPECT_EQ(result.status, 3);
  EXPECT_THAT(result.out, Not(HasSubstr("eyJmYWtl")));
  EXPECT_THAT(result.out, HasSubstr("user <masked>"));
}

TEST_F(AuditTest, AFolderThatAnybodyCanWriteIsFound) {
  Write(kEmpty);
  EXPECT_EQ(Audit().out, "nothing found\n");
  chmod(world_.home.Path(".kube").c_str(), 0777);
  EXPECT_THAT(Found("details"), ElementsAre(": anybody can write the folder " + world_.home.Path(".kube")));
  fs::create_symlink(config_, world_.home.Path("link"));
  EXPECT_THAT(Audit({world_.home.Path("link")}).out, HasSubstr("anybody can write the folder"));
}

TEST_F(AuditTest, AFileThatOthersCanWriteIsFound) {
  Write(kEmpty);
  chmod(config_.c_str(), 0622);
  EXPECT_THAT(Found("details"), ElementsAre(": mode 0622: others than its owner can write it"));
}

TEST_F(AuditTest, AnAccessListThatLetsOthersInIsNamed) {
  // As the kernel keeps "u::rw-,u:12345:rw-,g::---,m::rw-,o::---".
  const std::string list(
      "\x02\0\0\0\x01\0\x06\0\xff\xff\xff\xff\x02\0\x06\0\x39\x30\0\0\x04\0\0\0\xff\xff\xff\xff"
      "\x10\0\x06\0\xff\xff\xff\xff\x20\0\0\0\xff\xff\xff\xff",
      44);
  Write(kEmpty);
  if (setxattr(config_.c_str(), "system.posix_acl_access", list.data(), list.size(), 0) != 0)
    GTEST_SKIP() << "no access lists here";
  EXPECT_THAT(
      Found("details"),
      ElementsAre(HasSubstr("an access list lets others write it; mode 0660: others than its owner")));
  chmod(config_.c_str(), 0600);
  EXPECT_EQ(Audit().status, 0) << "its mask grants nothing now";
  // And "u::rwx,u:12345:rwx,..." of the folder, which its mode does not tell from a group's.
  std::string folder = list;
  for (const size_t entry : {size_t{4}, size_t{12}, size_t{28}}) folder[entry + 2] = '\x07';
  ASSERT_EQ(
      setxattr(world_.home.Path(".kube").c_str(), "system.posix_acl_access", folder.data(), folder.size(), 0),
      0);
  EXPECT_THAT(Found("details"),
              ElementsAre(": an access list lets others write the folder " + world_.home.Path(".kube")));
}

TEST_F(AuditTest, APipeThatAKubeconfigNamesIsNotWaitedFor) {
  for (const char* const name : {"pipe", "cert"})
    ASSERT_EQ(mkfifo(world_.home.Path(name).c_str(), S_IRUSR), 0);
  Write(
      "users:\n- name: t\n  user: {tokenFile: ../pipe}\n- name: k\n  user: {client-certificate: ../cert, "
      "client-key: "
      "../pipe}\n- name: d\n  user: {client-certificate: ../cert, client-key-data: ZmFrZSBrZXk=}\n");
  EXPECT_THAT(Found("details"), ElementsAre("user d: its certificate: no such file"));
}

TEST_F(AuditTest, EachFindingHasARemedy) {
  Write(
      "users:\n- name: u\n  user: {token: fake-marked, exec: {command: x, args: [--password, fake-marked]}}\n"
      "# password: fake-marked-1\n");
  chmod(config_.c_str(), 0644);
  const json findings = json::parse(Audit({"--output", "json"}).out);
  ASSERT_EQ(findings.size(), 4);
  const std::string table = Audit().out;
  for (const json& finding : findings) {
    EXPECT_NE(finding.at("remedy"), "") << finding;
    EXPECT_THAT(table, HasSubstr("\n" + finding.at("finding").get<std::string>() + ": " +
                                 finding.at("remedy").get<std::string>() + "\n"));
  }
}

}  // namespace
}  // namespace credential_provider
