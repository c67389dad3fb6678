// Keys and tokens as they come out of files, secrets and services: a line break at the end does no harm, one
// inside would be a header of somebody else's. Every place that a value comes from is a row.
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "credential_provider/sources/source_chain.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/testing/fake_clock.h"
#include "tests/testing/fake_http_transport.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

using testing::HasSubstr;
using testing::Not;

// What a machine holds. "@" stands for the value, {home} for the home.
struct Place {
  const char* name;
  const char* error;  // what names the place
  std::vector<std::string> env;
  std::string profile = "";               // config.json's only one, without its name
  std::string ini = "";                   // the section "default"
  std::string file = "";                  // ~/file
  std::vector<std::string> replies = {};  // of the network, in order
  const char* identity = "";
};

void PrintTo(const Place& place, std::ostream* out) { *out << place.name; }

std::string Session(const std::string& id, const std::string& secret, const std::string& token) {
  return R"({"Code": "Success", "AccessKeyId": ")" + id + R"(", "AccessKeySecret": ")" + secret +
         R"(", "SecurityToken": ")" + token + R"(", "Expiration": "2026-01-02T04:04:05Z"})";
}

std::vector<std::string> Pair(const std::string& id, const std::string& secret) {
  return {"ALIBABA_CLOUD_ACCESS_KEY_ID=" + id, "ALIBABA_CLOUD_ACCESS_KEY_SECRET=" + secret};
}

const std::string kUri = "ALIBABA_CLOUD_CREDENTIALS_URI=http://127.0.0.1:1/";
const std::string kOidcVariables = "ALIBABA_CLOUD_OIDC_PROVIDER_ARN=acs:ram::1:oidc-provider/p";
const std::string kSso =
    R"("mode": "CloudSSO", "cloud_sso_sign_in_url": "https://sso.example.com/", "cloud_sso_account_id": "1",
       "cloud_sso_access_config": "a", "cloud_sso_access_token_expire": 1767326645)";
const std::string kOAuth =
    R"("mode": "OAuth", "oauth_site_type": "CN", "oauth_access_token_expire": 1767326645)";

const Place kPlaces[] = {
    {"EnvironmentId", "ALIBABA_CLOUD_ACCESS_KEY_ID", Pair("@", "s")},
    {"EnvironmentSecret", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", Pair("i", "@")},
    {"EnvironmentToken",
     "ALIBABA_CLOUD_SECURITY_TOKEN",
     {"ALIBABA_CLOUD_ACCESS_KEY_ID=i", "ALIBABA_CLOUD_ACCESS_KEY_SECRET=s",
      "ALIBABA_CLOUD_SECURITY_TOKEN=@"}},
    {"EnvironmentOfTerraform",
     "ALICLOUD_SECURITY_TOKEN",
     {"ALICLOUD_ACCESS_KEY=i", "ALICLOUD_SECRET_KEY=s", "ALICLOUD_SECURITY_TOKEN=@"}},
    {"ModeAk",
     "field \"access_key_secret\"",
     {},
     R"("mode": "AK", "access_key_id": "i", "access_key_secret": "@")"},
    {"ModeStsToken",
     "field \"sts_token\"",
     {},
     R"("mode": "StsToken", "access_key_id": "i", "access_key_secret": "s", "sts_token": "@")"},
    {"ModeRamRoleArn",
     "field \"access_key_id\"",
     {},
     R"("mode": "RamRoleArn", "access_key_id": "@", "access_key_secret": "s", "ram_role_arn": "acs:ram::1:role/r")",
     "",
     "",
     {R"({"Credentials": )" + Session("STS.i", "s", "t") + "}"}},
    {"ModeEcsRamRole",
     "field \"ram_role_name\"",
     {},
     R"("mode": "EcsRamRole", "ram_role_name": "@")",
     "",
     "",
     {"token", Session("STS.i", "s", "t")}},
    {"ModeExternal",
     "field \"sts_token\"",
     {},
     R"("mode": "External", "process_command": "cat {home}/file")",
     "",
     R"({"mode": "StsToken", "access_key_id": "i", "access_key_secret": "s", "sts_token": "@"})"},
    {"ModeCloudSsoAccessToken",
     "field \"access_token\"",
     {},
     kSso + R"(, "access_token": "@")",
     "",
     "",
     {R"({"CloudCredential": )" + Session("STS.i", "s", "t") + "}"}},
    {"ModeCloudSsoReply",
     "field \"SecurityToken\"",
     {},
     kSso + R"(, "access_token": "a")",
     "",
     "",
     {R"({"CloudCredential": )" + Session("STS.i", "s", "@") + "}"}},
    {"ModeOAuthAccessToken",
     "field \"oauth_access_token\"",
     {},
     kOAuth + R"(, "oauth_access_token": "@")",
     "",
     "",
     {R"({"accessKeyId": "STS.i", "accessKeySecret": "s", "securityToken": "t", "expiration": "2026-01-02T04:04:05Z"})"}},
    {"ModeOAuthReply",
     "field \"accessKeyId\"",
     {},
     kOAuth + R"(, "oauth_access_token": "a")",
     "",
     "",
     {R"({"accessKeyId": "@", "accessKeySecret": "s", "securityToken": "t", "expiration": "2026-01-02T04:04:05Z"})"}},
    {"IniAccessKey",
     "key \"access_key_id\"",
     {},
     "",
     "type = access_key\naccess_key_id = @\naccess_key_secret = s\n"},
    {"IniSts",
     "key \"security_token\"",
     {},
     "",
     "type = sts\naccess_key_id = i\naccess_key_secret = s\nsecurity_token = @\n"},
    {"IniEcsRamRole",
     "key \"role_name\"",
     {},
     "",
     "type = ecs_ram_role\nrole_name = @\n",
     "",
     {"token", Session("STS.i", "s", "t")}},
    {"InstanceRoleVariable",
     "ALIBABA_CLOUD_ECS_METADATA",
     {"ALIBABA_CLOUD_ECS_METADATA=@"},
     "",
     "",
     "",
     {"token", Session("STS.i", "s", "t")}},
    {"InstanceRoleReply",
     "field \"AccessKeyId\"",
     {"ALIBABA_CLOUD_ECS_METADATA=r"},
     "",
     "",
     "",
     {"token", Session("@", "s", "t")}},
    {"CredentialsUri",
     "ALIBABA_CLOUD_CREDENTIALS_URI",
     {"ALIBABA_CLOUD_CREDENTIALS_URI=http://127.0.0.1:1/@"},
     "",
     "",
     "",
     {Session("STS.i", "s", "t")}},
    {"CredentialsUriReply", "field \"AccessKeySecret\"", {kUri}, "", "", "", {Session("STS.i", "@", "t")}},
    {"AssumeRoleReply",
     "field \"SecurityToken\"",
     {},
     R"("mode": "RamRoleArn", "access_key_id": "i", "access_key_secret": "s", "ram_role_arn": "acs:ram::1:role/r")",
     "",
     "",
     {R"({"Credentials": )" + Session("STS.i", "s", "@") + "}"}},
    {"OidcTokenFile",
     "OIDC token file: ",
     {kOidcVariables, "ALIBABA_CLOUD_ROLE_ARN=acs:ram::1:role/r",
      "ALIBABA_CLOUD_OIDC_TOKEN_FILE={home}/file"},
     "",
     "",
     "@",
     {R"({"Credentials": )" + Session("STS.i", "s", "t") + "}"}},
    {"OidcRoleVariable",
     "ALIBABA_CLOUD_ROLE_ARN",
     {kOidcVariables, "ALIBABA_CLOUD_ROLE_ARN=acs:ram::1:role/@",
      "ALIBABA_CLOUD_OIDC_TOKEN_FILE={home}/file"},
     "",
     "",
     "token",
     {R"({"Credentials": )" + Session("STS.i", "s", "t") + "}"}},
    {"ActionsRequestToken",
     "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
     {kOidcVariables, "ALIBABA_CLOUD_ROLE_ARN=acs:ram::1:role/r",
      "ACTIONS_ID_TOKEN_REQUEST_URL=https://actions.example.com/", "ACTIONS_ID_TOKEN_REQUEST_TOKEN=@"},
     "",
     "",
     "",
     {R"({"value": "t"})", R"({"Credentials": )" + Session("STS.i", "s", "t") + "}"},
     "oidc"},
    {"ActionsReply",
     "field \"value\"",
     {kOidcVariables, "ALIBABA_CLOUD_ROLE_ARN=acs:ram::1:role/r",
      "ACTIONS_ID_TOKEN_REQUEST_URL=https://actions.example.com/", "ACTIONS_ID_TOKEN_REQUEST_TOKEN=a"},
     "",
     "",
     "",
     {R"({"value": "@"})", R"({"Credentials": )" + Session("STS.i", "s", "t") + "}"},
     "oidc"},
};

class KeyHygieneTest : public testing::TestWithParam<Place> {
 protected:
  // Returns the key that comes of it with `value` in its place; `requests_` is what was sent.
  absl::StatusOr<AccessKey> KeyWith(const std::string& value) {
    const Place& place = GetParam();
    const std::string quoted = nlohmann::json(value).dump();
    const std::string in_json = quoted.substr(1, quoted.size() - 2);
    const auto fill = [this](const std::string& text, const std::string& with) {
      return absl::StrReplaceAll(text, {{"@", with}, {"{home}", home_.path()}});
    };
    std::filesystem::create_directories(home_.Path(".aliyun"));
    std::filesystem::create_directories(home_.Path(".alibabacloud"));
    if (!place.profile.empty()) {
      Spill(home_.Path(".aliyun/config.json"),
            R"({"current": "p", "profiles": [{"name": "p", )" + fill(place.profile, in_json) + "}]}");
    }
    if (!place.ini.empty())
      Spill(home_.Path(".alibabacloud/credentials"), "[default]\n" + fill(place.ini, value));
    Spill(home_.Path("file"), fill(place.file, place.file[0] == '{' ? in_json : value));
    std::vector<std::string> env = {"HOME=" + home_.path(), "PATH=/usr/bin:/bin"};
    for (const std::string& entry : place.env) env.push_back(fill(entry, value));
    std::vector<const char*> entries;
    for (const std::string& entry : env) entries.push_back(entry.c_str());
    entries.push_back(nullptr);
    std::deque<absl::StatusOr<HttpResponse>> replies;
    for (const std::string& reply : place.replies)
      replies.push_back(HttpResponse{200, {}, fill(reply, in_json)});
    FakeHttpTransport transport(std::move(replies));
    const Environment environment(entries.data());
    FakeClock clock;
    IdentityOptions options;
    options.identity = place.identity;
    absl::StatusOr<FoundIdentity> found = FindIdentity(options, environment);
    if (!found.ok()) return found.status();
    absl::StatusOr<AccessKey> key =
        found->identity.access_key({transport, clock, environment, absl::Seconds(15)});
    requests_ = transport.requests;
    return key;
  }

  TempDir home_;
  std::vector<HttpRequest> requests_;
};

TEST_P(KeyHygieneTest, BlanksAndLineBreaksAroundAValueAreTakenOff) {
  const absl::StatusOr<AccessKey> key = KeyWith("good \r\n");
  ASSERT_TRUE(key.ok()) << key.status();
  for (const std::string& part : {key->id, key->secret.Reveal(), key->security_token.Reveal()})
    EXPECT_THAT(part, Not(HasSubstr("\n")));
  for (const HttpRequest& request : requests_) {
    for (const auto& [name, value] : request.headers) EXPECT_THAT(value, Not(HasSubstr("\n"))) << name;
    EXPECT_FALSE(absl::StrContains(request.url + request.body, "%0A")) << request.url << " " << request.body;
  }
}

TEST_P(KeyHygieneTest, ALineBreakInsideIsRefusedWithItsPlaceAndWithoutTheValue) {
  const absl::StatusOr<AccessKey> key = KeyWith("planted\rx-evil:1");
  ASSERT_FALSE(key.ok());
  EXPECT_THAT(std::string(key.status().message()), HasSubstr(GetParam().error));
  EXPECT_THAT(std::string(key.status().message()), Not(HasSubstr("evil")));
  for (const HttpRequest& request : requests_) {
    for (const auto& [name, value] : request.headers) EXPECT_THAT(value, Not(HasSubstr("evil"))) << name;
  }
}

TEST_P(KeyHygieneTest, SoIsWhatIsNotAscii) {
  const absl::StatusOr<AccessKey> key = KeyWith("planted\xc3\xa9");
  ASSERT_FALSE(key.ok());
  EXPECT_THAT(std::string(key.status().message()), HasSubstr(GetParam().error));
}

INSTANTIATE_TEST_SUITE_P(Places, KeyHygieneTest, testing::ValuesIn(kPlaces),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace credential_provider
