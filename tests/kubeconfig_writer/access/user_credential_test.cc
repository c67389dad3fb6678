// What a user of a kubeconfig proves itself with: of several fields the one that kubectl sends.
#include "kubeconfig_writer/access/user_credential.h"

#include <filesystem>
#include <map>
#include <ostream>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "credential_provider/base/status_context.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/sandbox/certificates/certificate_authority.h"
#include "tests/sandbox/certificates/certificate_builder.h"
#include "tests/sandbox/certificates/private_keys.h"
#include "tests/testing/temp_dir.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::Environment;
using credential_provider::HintOf;
using credential_provider::Spill;
using credential_provider::TempDir;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;
using testing::Values;

const absl::Time kNow = absl::FromUnixSeconds(1767323045);  // 2026-01-02T03:04:05Z

// A client certificate that lives from an hour before `kNow` until `end`, and its key.
struct Pair {
  std::string certificate;
  std::string key;
};

Pair MakePair(absl::Time end) {
  const sandbox::KeyPtr key = sandbox::MakeEcKey();
  sandbox::CertificateFields fields;
  fields.subject = {{"CN", "jane"}};
  fields.not_before = kNow - absl::Hours(1);
  fields.not_after = end;
  return {sandbox::PemOf(sandbox::BuildCertificate(fields, key, nullptr, key).get()),
          sandbox::PemOf(key, "ec-pkcs8")};
}

// A token that says of itself when it ends.
std::string Jwt(absl::Time end) {
  return absl::StrCat(
      "e30.", absl::WebSafeBase64Escape(absl::StrCat("{\"exp\":", absl::ToUnixSeconds(end), "}")), ".s");
}

constexpr char kPlugin[] = R"(#!/bin/sh
echo '{"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential", "status": {"token": "of-the-plugin"}}'
)";

class UserCredentialTest : public testing::Test {
 protected:
  UserCredentialTest() {
    std::filesystem::create_directory(dir_.Path("kube"));
    Spill(dir_.Path("kube/plugin"), kPlugin);
    std::filesystem::permissions(dir_.Path("kube/plugin"), std::filesystem::perms::owner_all);
    Put("token", " of-the-file\n");
    Put("blank", " \n");
  }

  // Puts a file beside the kubeconfig.
  void Put(const std::string& name, const std::string& text) { Spill(dir_.Path("kube/" + name), text); }

  absl::StatusOr<UserCredential> Get(const json& user) {
    const std::string home = "HOME=" + dir_.path();
    const char* const variables[] = {home.c_str(), "PATH=/usr/bin:/bin", nullptr};
    const std::string file = dir_.Path("kube/config");
    return GetUserCredential({"jane", user, file}, {"c", {{"server", "https://192.0.2.1"}}, file},
                             Environment(variables), absl::Seconds(30), kNow,
                             [this](absl::string_view step, absl::string_view found) {
                               said_.push_back(absl::StrCat(step, ": ", found));
                             });
  }

  // What was said on the way, in lines.
  std::string Said() const { return absl::StrJoin(said_, "\n"); }

  TempDir dir_;
  const json exec_ = {{"apiVersion", "client.authentication.k8s.io/v1"},
                      {"command", "./plugin"},
                      {"interactiveMode", "Never"}};
  const Pair pair_ = MakePair(kNow + absl::Hours(1));

 private:
  std::vector<std::string> said_;
};

// Which of several fields goes into the header.
struct Row {
  const char* name;
  const char* user;           // as JSON, with EXEC for a stanza
  const char* authorization;  // that is sent
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.user; }

class UserCredentialHeaderTest : public UserCredentialTest, public testing::WithParamInterface<Row> {};

TEST_P(UserCredentialHeaderTest, IsTheOneThatKubectlSends) {
  const auto credential = Get(json::parse(absl::StrReplaceAll(GetParam().user, {{"EXEC", exec_.dump()}})));
  ASSERT_TRUE(credential.ok()) << credential.status();
  EXPECT_EQ(credential->authorization.Reveal(), GetParam().authorization);
}

INSTANTIATE_TEST_SUITE_P(
    Precedence, UserCredentialHeaderTest,
    Values(Row{"Token", R"({"token": "t"})", "Bearer t"},
           Row{"TokenFile", R"({"tokenFile": "token"})", "Bearer of-the-file"},
           Row{"TokenFileBeforeToken", R"({"token": "t", "tokenFile": "token"})", "Bearer of-the-file"},
           Row{"TokenInsteadOfABlankFile", R"({"token": "t", "tokenFile": "blank"})", "Bearer t"},
           Row{"TokenInsteadOfAMissingFile", R"({"token": "t", "tokenFile": "missing"})", "Bearer t"},
           Row{"TokenFileBeforePassword", R"({"tokenFile": "token", "password": "p"})", "Bearer of-the-file"},
           Row{"UsernameAndPassword", R"({"username": "u", "password": "p"})", "Basic dTpw"},
           Row{"UsernameAlone", R"({"username": "u"})", "Basic dTo="},
           Row{"PasswordAlone", R"({"password": "p"})", ""},
           Row{"Exec", R"({"exec": EXEC})", "Bearer of-the-plugin"},
           Row{"TokenBeforeExec", R"({"token": "t", "exec": EXEC})", "Bearer t"},
           Row{"TokenFileBeforeExec", R"({"tokenFile": "token", "exec": EXEC})", "Bearer of-the-file"},
           Row{"UsernameBeforeExec", R"({"username": "u", "exec": EXEC})", "Basic dTo="},
           Row{"PasswordBeforeExec", R"({"password": "p", "exec": EXEC})", ""}),
    [](const auto& test) { return test.param.name; });

TEST_F(UserCredentialTest, APluginBesideAStaticCredentialIsNeverStartedAndThatIsSaid) {
  Put("plugin", "#!/bin/sh\ntouch \"$HOME/started\"\n");
  ASSERT_TRUE(Get({{"token", "t"}, {"exec", exec_}}).ok());
  EXPECT_FALSE(std::filesystem::exists(dir_.Path("started")));
  EXPECT_THAT(Said(), HasSubstr("plugin: never started"));
}

TEST_F(UserCredentialTest, ACertificateGoesBesideAToken) {
  const auto credential = Get({{"token", "t"},
                               {"client-certificate-data", absl::Base64Escape(pair_.certificate)},
                               {"client-key-data", absl::Base64Escape(pair_.key)}});
  ASSERT_TRUE(credential.ok()) << credential.status();
  EXPECT_EQ(credential->authorization.Reveal(), "Bearer t");
  EXPECT_EQ(credential->certificate_pem, pair_.certificate);
  EXPECT_EQ(credential->key_pem.Reveal(), pair_.key);
}

TEST_F(UserCredentialTest, FilesAreBesideTheKubeconfig) {
  Put("jane.pem", pair_.certificate);
  Put("jane.key", pair_.key);
  const auto credential = Get({{"client-certificate", "jane.pem"}, {"client-key", "jane.key"}});
  ASSERT_TRUE(credential.ok()) << credential.status();
  EXPECT_EQ(credential->certificate_pem, pair_.certificate);
  EXPECT_EQ(credential->key_pem.Reveal(), pair_.key);
  EXPECT_THAT(Said(), HasSubstr("until 2026-01-02T04:04:05Z"));
}

TEST_F(UserCredentialTest, WhomToActAsIsKeptWhateverTheCredential) {
  EXPECT_EQ(Get({{"token", "t"}, {"as", "joe"}})->impersonate, "joe");
  EXPECT_EQ(Get({{"exec", exec_}, {"as", "joe"}})->impersonate, "joe");
  EXPECT_EQ(Get({{"token", "t"}})->impersonate, "");
}

TEST_F(UserCredentialTest, EachRefusalHasItsCodeAndSaysWhatToDo) {
  const Pair other = MakePair(kNow + absl::Hours(1)), expired = MakePair(kNow - absl::Minutes(1));
  const auto with = [](const Pair& pair, const std::string& key) {
    return json{{"client-certificate-data", absl::Base64Escape(pair.certificate)},
                {"client-key-data", absl::Base64Escape(key)}};
  };
  using Code = absl::StatusCode;
  const struct {
    const char* what;
    json user;
    Code code;
  } rows[] = {
      {"nothing", json::object(), Code::kFailedPrecondition},
      {"null", nullptr, Code::kFailedPrecondition},
      {"an auth-provider alone", {{"auth-provider", {{"name", "gcp"}}}}, Code::kFailedPrecondition},
      {"fields that kubectl refuses", {{"token", "t"}, {"username", "u"}}, Code::kFailedPrecondition},
      {"groups", {{"token", "t"}, {"as-groups", {"dev"}}}, Code::kUnimplemented},
      {"a token of two lines", {{"token", "marked\nmarked"}}, Code::kFailedPrecondition},
      {"a missing tokenFile", {{"tokenFile", "missing"}}, Code::kNotFound},
      {"an expired token", {{"token", Jwt(kNow)}}, Code::kUnauthenticated},
      {"an expired certificate", with(expired, expired.key), Code::kUnauthenticated},
      {"the key of another certificate", with(pair_, other.key), Code::kInvalidArgument},
      {"a certificate without a key", with(pair_, ""), Code::kInvalidArgument},
      {"a stanza without a command", {{"exec", json::object()}}, Code::kFailedPrecondition},
  };
  for (const auto& row : rows) {
    const absl::Status status = Get(row.user).status();
    EXPECT_EQ(status.code(), row.code) << row.what << ": " << status;
    EXPECT_NE(HintOf(status), "") << row.what;
    EXPECT_THAT(status.ToString(), Not(HasSubstr("marked"))) << row.what;
  }
}

TEST_F(UserCredentialTest, ATokenIsGoodUntilItSaysThatItEnds) {
  ASSERT_TRUE(Get({{"token", Jwt(kNow + absl::Seconds(1))}}).ok());
  EXPECT_THAT(Said(), HasSubstr("2026-01-02T03:04:06Z"));
}

TEST_F(UserCredentialTest, WhatAPluginHasLetExpireIsRefused) {
  Put("plugin", absl::StrReplaceAll(kPlugin, {{"\"status\": {",
                                               "\"status\": {\"expirationTimestamp\": "
                                               "\"2026-01-02T03:04:05Z\", "}}));
  const absl::Status status = Get({{"exec", exec_}}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnauthenticated);
  EXPECT_NE(HintOf(status), "");
}

TEST_F(UserCredentialTest, APluginThatKubercForbidsIsNotStarted) {
  std::filesystem::create_directory(dir_.Path(".kube"));
  Spill(dir_.Path(".kube/kuberc"),
        "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\ncredentialPluginPolicy: DenyAll\n");
  Put("plugin", "#!/bin/sh\ntouch \"$HOME/started\"\n");
  EXPECT_FALSE(Get({{"exec", exec_}}).ok());
  EXPECT_FALSE(std::filesystem::exists(dir_.Path("started")));
}

}  // namespace
}  // namespace kubeconfig_writer
