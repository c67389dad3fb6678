// kubectl's precedence of a user's fields: what it sends of several, and what it refuses to start with.
#include "kubeconfig_writer/schema/user_fields.h"

#include <ostream>
#include <string>

#include "credential_provider/base/status_context.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::HintOf;
using nlohmann::json;
using testing::Values;

struct Row {
  const char* name;
  const char* user;   // as JSON
  const char* field;  // the one that kubectl takes before an exec stanza; "" for none
  absl::StatusCode code = absl::StatusCode::kOk;  // of the refusal
  const char* named = "";                         // the fields that it begins with
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.user; }

class UserFieldsTest : public testing::TestWithParam<Row> {};

TEST_P(UserFieldsTest, AsKubectlTakesThem) {
  const json user = json::parse(GetParam().user);
  EXPECT_EQ(StaticFieldOf(user), GetParam().field);
  EXPECT_EQ(HasStaticCredential(user), *GetParam().field != '\0');
}

TEST_P(UserFieldsTest, AsKubectlRefusesThem) {
  const absl::Status status = CheckUserFields(json::parse(GetParam().user));
  EXPECT_EQ(status.code(), GetParam().code);
  EXPECT_THAT(std::string(status.message()), testing::StartsWith(GetParam().named));
  EXPECT_EQ(HintOf(status).empty(), status.ok()) << "each refusal says what to do, and nothing else does";
}

constexpr auto kRefused = absl::StatusCode::kFailedPrecondition;
constexpr auto kUnknown = absl::StatusCode::kUnimplemented;

// Nothing but a static field is in the way of the plugin: kubectl never starts it beside one.
INSTANTIATE_TEST_SUITE_P(
    Precedence, UserFieldsTest,
    Values(Row{"Exec", R"({"exec": {"command": "p"}})", ""},
           Row{"TokenBeforeExec", R"({"token": "t", "exec": {}})", "token"},
           Row{"TokenFileBeforeExec", R"({"tokenFile": "f", "exec": {}})", "tokenFile"},
           Row{"UsernameBeforeExec", R"({"username": "u", "exec": {}})", "username"},
           Row{"PasswordBeforeExec", R"({"password": "p", "exec": {}})", "password"},
           Row{"CertificateBeforeExec", R"({"client-certificate": "c", "exec": {}})", "client-certificate"},
           Row{"CertificateDataBeforeExec", R"({"client-certificate-data": "Yw==", "exec": {}})",
               "client-certificate-data"},
           Row{"KeyBeforeExec", R"({"client-key": "k", "exec": {}})", "client-key"},
           Row{"KeyDataBeforeExec", R"({"client-key-data": "aw==", "exec": {}})", "client-key-data"},
           Row{"TokenBesideItsFile", R"({"token": "t", "tokenFile": "f"})", "token"},
           Row{"TokenBesideACertificate", R"({"token": "t", "client-certificate": "c", "client-key": "k"})",
               "token"},
           Row{"UsernameBesidePassword", R"({"username": "u", "password": "p"})", "username"},
           Row{"UsernameBesideACertificate", R"({"username": "u", "client-certificate": "c"})", "username"},
           Row{"PasswordBesideATokenFile", R"({"tokenFile": "f", "password": "p"})", "tokenFile"}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(NoCredential, UserFieldsTest,
                         Values(Row{"Null", "null", ""}, Row{"Empty", "{}", ""},
                                Row{"EmptyTexts", R"({"token": "", "username": "", "client-key-data": ""})",
                                    ""},
                                Row{"NullFields", R"({"token": null, "as-groups": null})", ""},
                                Row{"AnotherCase", R"({"Token": "t"})", ""},
                                Row{"AnAuthProvider", R"({"auth-provider": {"name": "gcp"}})", ""},
                                Row{"SomebodyElse", R"({"as": "jane"})", ""}),
                         [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Refused, UserFieldsTest,
    Values(Row{"TokenAndUsername", R"({"token": "t", "username": "u"})", "token", kRefused,
               "token and username"},
           Row{"TokenAndPassword", R"({"token": "t", "password": "p"})", "token", kRefused,
               "token and password"},
           Row{"TokenFileAndUsername", R"({"tokenFile": "f", "username": "u"})", "tokenFile", kRefused,
               "tokenFile and username"},
           Row{"TwoCertificates", R"({"client-certificate": "c", "client-certificate-data": "Yw=="})",
               "client-certificate", kRefused, "client-certificate and client-certificate-data"},
           Row{"TwoKeys", R"({"client-key": "k", "client-key-data": "aw=="})", "client-key", kRefused,
               "client-key and client-key-data"},
           Row{"TwoPlugins", R"({"auth-provider": {"name": "gcp"}, "exec": {"command": "p"}})", "", kRefused,
               "auth-provider and exec"},
           Row{"ALineBreakInAs", R"({"token": "t", "as": "jane\r\nx: y"})", "token", kRefused, "as: "}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    NotUnderstood, UserFieldsTest,
    Values(Row{"Uid", R"({"token": "t", "as": "jane", "as-uid": "7"})", "token", kUnknown, "as-uid: "},
           Row{"Groups", R"({"token": "t", "as": "jane", "as-groups": ["dev"]})", "token", kUnknown,
               "as-groups: "},
           Row{"Extra", R"({"token": "t", "as": "jane", "as-user-extra": {"a": ["b"]}})", "token", kUnknown,
               "as-user-extra: "},
           Row{"EmptyListsAreNone", R"({"token": "t", "as-groups": [], "as-user-extra": {}})", "token"}),
    [](const auto& test) { return test.param.name; });

TEST(CheckDataOrFileTest, IsForClustersToo) {
  const json cluster = {{"certificate-authority", "ca.pem"}, {"certificate-authority-data", "Yw=="}};
  EXPECT_EQ(CheckDataOrFile(cluster, "certificate-authority").code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(CheckDataOrFile({{"certificate-authority", "ca.pem"}}, "certificate-authority"),
            absl::OkStatus());
}

TEST(CheckHeaderTextTest, RefusesWhatWouldEndAHeaderAndNeverShowsIt) {
  EXPECT_EQ(CheckHeaderText("token", "visible text, a\ttab and \xc3\xa4"), absl::OkStatus());
  for (const char* const broken : {"marked\n", "mar\rked", "marked\x01", "\x7fmarked"}) {
    const absl::Status status = CheckHeaderText("token", broken);
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(status.ToString(), testing::Not(testing::HasSubstr("mar")));
  }
}

}  // namespace
}  // namespace kubeconfig_writer
