// Signing in again to a profile of the aliyun CLI: each way to do it, and each way to fail at it.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <regex>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"

namespace credential_provider {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::AnyOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr char kSignedInAsAlice[] = "signed in     acs:ram::1000000000000001:assumed-role/ack-reader/alice\n";

// The fields that a sign-in owns.
const std::vector<std::string> kOwned[] = {
    {"access_token", "cloud_sso_access_token_expire", "access_key_id", "access_key_secret", "sts_token",
     "sts_expiration"},
    {"oauth_access_token", "oauth_refresh_token", "oauth_access_token_expire", "access_key_id",
     "access_key_secret", "sts_token", "sts_expiration"}};

class LoginTest : public testing::Test {
 protected:
  LoginTest() {
    world_.env.erase("ALIBABA_CLOUD_ACCESS_KEY_ID");
    world_.env.erase("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
    world_.env["CREDENTIAL_PROVIDER_OAUTH_ENDPOINT"] = Cloud();
    std::filesystem::create_directory(world_.home.Path(".aliyun"));
    Spill(Config(), Expired());
    chmod(Config().c_str(), 0600);
    Browser("exec curl -sfL \"$1\"");
  }

  std::string Cloud() const { return world_.sandbox.Value("cloud"); }
  std::string Config() const { return world_.home.Path(".aliyun/config.json"); }

  // A file that the real aliyun-cli has written (tests/conformance/aliyun_cli), long ago, with the address of
  // this cloud.
  std::string Expired() const {
    const std::string recorded =
        absl::StrReplaceAll(Slurp(Runfile("testdata/aliyun_cli/config.json")), {{"{cloud}", Cloud()}});
    return std::regex_replace(recorded, std::regex("(_expire|_expiration)\": [0-9]+"), "$1\": 1700000000");
  }
  json Profile(const std::string& name) const {
    const json config = json::parse(Slurp(Config()));
    for (const json& profile : config.at("profiles")) {
      if (profile.at("name") == name) return profile;
    }
    return nullptr;
  }
  void ChangeProfile(const std::string& name, const json& fields) const {
    json config = json::parse(Slurp(Config()));
    for (json& profile : config.at("profiles")) {
      if (profile.at("name") == name) profile.update(fields);
    }
    Spill(Config(), config.dump(2));
  }

  // What the browser of this machine does with an address, $1.
  void Browser(const std::string& script) {
    Spill(world_.home.Path("browser"), "#!/bin/sh\n" + script + "\n");
    chmod(world_.home.Path("browser").c_str(), 0700);
    world_.env["BROWSER"] = world_.home.Path("browser");
  }

  ProcessResult Login(const std::vector<std::string>& more, const std::string& input = "") {
    std::vector<std::string> args = {"credential_provider", "login"};
    args.insert(args.end(), more.begin(), more.end());
    return world_.Run(args, input);
  }
  // A shell in which $login is the command, with a secret neither on stdout nor on stderr.
  ProcessResult Shell(const std::string& script) {
    world_.env["login"] = Runfile("credential_provider/credential_provider") + " login";
    const ProcessResult result = world_.Run({"sh", "-c", script});
    EXPECT_EQ(FindSecret(result.out), "");
    return result;
  }

  int Asked(const std::string& action) {
    return world_.sandbox.Get("/counts").at("by_action").value(action, 0);
  }
  std::vector<std::string> FilesBesideConfig() const {
    std::vector<std::string> names;
    for (const auto& file : std::filesystem::directory_iterator(world_.home.Path(".aliyun")))
      names.push_back(file.path().filename());
    return names;
  }
  std::string Whoami(const std::string& profile) {
    return world_.Run({"credential_provider", "whoami", "--profile", profile}).out;
  }

  // As they are installed: in one folder.
  static void InstallBoth(const TempDir& bin) {
    for (const std::string program : {"credential_provider", "kubeconfig_writer"})
      std::filesystem::copy_file(Runfile(program + "/" + program), bin.Path(program));
  }

  // The file is what it was, but for the `owned` fields of `profile`.
  void ExpectOnlyOwnedFieldsChanged(const std::string& before, const std::string& profile,
                                    const std::vector<std::string>& owned) const {
    const json old = json::parse(before);
    std::string after = Slurp(Config());
    const json changed = Profile(profile);
    for (const json& was : old.at("profiles")) {
      if (was.at("name") != profile) continue;
      for (const std::string& field : owned) {
        ASSERT_TRUE(changed.contains(field)) << field;
        EXPECT_NE(changed[field], was.at(field)) << field;
        const std::string key = "\"" + field + "\": ";
        // Values of this profile alone are the new ones, so each is there once.
        const size_t at = after.find(key + changed[field].dump());
        ASSERT_NE(at, std::string::npos) << field;
        after.replace(at + key.size(), changed[field].dump().size(), was.at(field).dump());
      }
    }
    EXPECT_EQ(after, before);
    struct stat info;
    ASSERT_EQ(stat(Config().c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 07777, 0600u);
    EXPECT_THAT(FilesBesideConfig(), ElementsAre("config.json"));
  }
  // Nothing came of it, in a message and a hint.
  void ExpectFailed(const ProcessResult& result, const std::string& before, const std::string& message,
                    const std::string& hint) const {
    EXPECT_EQ(result.status, 1);
    EXPECT_EQ(result.out, "");
    EXPECT_THAT(result.err, AllOf(HasSubstr("credential_provider: error: " + message + "\n"),
                                  HasSubstr("credential_provider: hint: " + hint + "\n")));
    EXPECT_EQ(Slurp(Config()), before);
    EXPECT_THAT(FilesBesideConfig(), ElementsAre("config.json"));
  }

  // The portal says in `field` where a person is to sign in.
  void ExpectPageRefused(const std::string& field, const std::string& page) {
    const json reply = {{"DeviceCode", "fake-device"}, {"UserCode", "U"}, {field, page}};
    world_.sandbox.Post("/fault", {{"match", {{"action", "CloudSsoDevice"}}},
                                   {"reply", {{"status", 200}, {"body", reply.dump()}}}});
    const ProcessResult result = Login({"--profile", "sso"});
    EXPECT_EQ(result.status, 1) << page;
    EXPECT_THAT(result.err, HasSubstr("CloudSSO: reply: field \"" + field + "\": "));
  }

  World world_{SharedSandbox()};
};

// What kubectl shows when it has run the plugin in a stanza that says `command`.
TEST_F(LoginTest, AnExpiredSignInEndsInTheOneLineThatHelps) {
  std::filesystem::create_directory(world_.home.Path("bin"));
  std::filesystem::create_symlink(Runfile("credential_provider/credential_provider"),
                                  world_.home.Path("bin/kubectl-ack"));
  for (const std::string profile : {"sso", "oauth"}) {
    std::vector<std::string> get = world_.GetAck({"--profile", profile, "--store", "none"});
    const ProcessResult direct = world_.Run(get);
    EXPECT_EQ(direct.status, 1);
    EXPECT_THAT(direct.err,
                HasSubstr("credential_provider: hint: run `credential_provider login --profile " + profile));
    get[0] = world_.home.Path("bin/kubectl-ack");
    EXPECT_THAT(world_.Run(get).err,
                HasSubstr("kubectl ack: hint: run `kubectl ack login --profile " + profile + "`"));
    std::vector<std::string> doctor = world_.GetAck({"--profile", profile, "--store", "none"});
    doctor[1] = "doctor";
    EXPECT_THAT(world_.Run(doctor).err, HasSubstr("login --profile " + profile + "`"));
  }
  ChangeProfile("oauth", {{"oauth_refresh_token", ""}});
  for (const std::string profile : {"sso", "oauth"}) {
    std::vector<std::string> explain = world_.GetAck({"--profile", profile});
    explain[1] = "explain";
    EXPECT_THAT(
        world_.Run(explain).out,
        AllOf(HasSubstr("no answer: the sign-in expired "),
              HasSubstr("hint          run `credential_provider login --profile " + profile + "`\n")));
  }
}

TEST_F(LoginTest, KubectlAckHandsItOver) {
  const TempDir bin;
  InstallBoth(bin);
  for (const std::string program : {"credential_provider", "kubeconfig_writer"}) {
    const std::string link = bin.Path("kubectl-ack");
    std::filesystem::remove(link);
    std::filesystem::create_symlink(program, link);
    const ProcessResult result = world_.Run({link, "login", "--profile", "sso"});
    EXPECT_EQ(result.status, 0) << result.err;
    EXPECT_THAT(result.out, HasSubstr(kSignedInAsAlice));
    EXPECT_THAT(world_.Run({link, "login", "--profile", "main"}).err,
                HasSubstr("kubectl ack: hint: `kubectl ack whoami --profile main` "));
  }
}

TEST_F(LoginTest, AContextSaysWhichProfile) {
  const TempDir bin;
  InstallBoth(bin);
  std::filesystem::create_directory(world_.home.Path(".kube"));
  Spill(world_.home.Path("elsewhere.json"), Slurp(Config()));
  world_.secret_files = {"elsewhere.json"};
  Spill(world_.home.Path(".kube/config"),
        absl::StrReplaceAll(
            R"({apiVersion: v1, kind: Config, clusters: [{name: c, cluster: {server: "https://192.0.2.1"}}],
users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never,
command: credential_provider, args: [get, ack, --cluster-id, CLUSTER, --profile, sso],
env: [{name: ALIBABA_CLOUD_CONFIG_FILE, value: PLACE}]}}}],
contexts: [{name: dev, context: {cluster: c, user: u}}], current-context: dev})",
            {{"CLUSTER", kCluster}, {"PLACE", world_.home.Path("elsewhere.json")}}));
  const std::string before = Slurp(Config());
  const std::string writer = bin.Path("kubeconfig_writer"), provider = bin.Path("credential_provider");
  const std::vector<std::vector<std::string>> lines = {
      {writer, "login"}, {writer, "login", "dev"}, {provider, "login", "dev"}};
  for (const std::vector<std::string>& words : lines) {
    const ProcessResult result = world_.Run(words);
    EXPECT_EQ(result.status, 0) << result.err;
    EXPECT_THAT(result.out, AllOf(HasSubstr("profile       sso\n"), HasSubstr("elsewhere.json\n")));
  }
  EXPECT_EQ(Slurp(Config()), before);
  // A line that is pasted has to lead to the same file.
  Browser("exec curl -sf \"$1&answer=deny\"");
  const std::string place = "`ALIBABA_CLOUD_CONFIG_FILE=" + world_.home.Path("elsewhere.json ");
  EXPECT_THAT(world_.Run({writer, "login", "dev"}).err,
              HasSubstr(place + "credential_provider login --profile sso` tries again\n"));
  std::filesystem::create_symlink("credential_provider", bin.Path("kubectl-ack"));
  EXPECT_THAT(world_.Run({bin.Path("kubectl-ack"), "login", "dev"}).err,
              HasSubstr(place + "kubectl ack login --profile sso` tries again\n"));
  Spill(world_.home.Path("elsewhere.json"), Expired());
  world_.env["ALIBABA_CLOUD_CONFIG_FILE"] = world_.home.Path("elsewhere.json");
  const std::string sign_in = "hint: run " + place + "credential_provider login --profile ";
  EXPECT_THAT(world_.Run(world_.GetAck({"--profile", "sso", "--store", "none"})).err,
              HasSubstr(sign_in + "sso`"));
  EXPECT_THAT(world_.Run(world_.GetAck({"--profile", "oauth", "--store", "none"})).err,
              HasSubstr(sign_in + "oauth` to sign in again"));
  EXPECT_THAT(Login({"--profile", "main"}).err,
              HasSubstr("hint: " + place + "credential_provider whoami --profile main` shows"));
  std::vector<std::string> explain = world_.GetAck({"--profile", "sso"});
  explain[1] = "explain";
  EXPECT_THAT(world_.Run(explain).out, HasSubstr(place + "credential_provider login --profile sso`"));
  world_.env.erase("ALIBABA_CLOUD_CONFIG_FILE");
  const ProcessResult both = world_.Run({writer, "login", "dev", "--profile", "sso"});
  EXPECT_EQ(both.status, 2);
  EXPECT_THAT(both.err, HasSubstr("give the one or the other"));
}

// CloudSSO

TEST_F(LoginTest, CloudSsoByACodeThatIsConfirmedInABrowser) {
  const std::string before = Slurp(Config());
  const ProcessResult expired = world_.Run(world_.GetAck({"--profile", "sso"}));
  EXPECT_EQ(expired.status, 1);
  EXPECT_THAT(expired.err, HasSubstr("hint: run `credential_provider login --profile sso`\n"));
  const ProcessResult result = Login({"--profile", "sso"});
  ASSERT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr(kSignedInAsAlice), HasSubstr("profile       sso\n"),
                                HasSubstr("until         20")));
  EXPECT_THAT(result.err,
              AllOf(HasSubstr("a browser was started"), HasSubstr(Cloud() + "/device?user_code=SAND-0001\n"),
                    HasSubstr("and confirm the code SAND-0001 ")));
  ExpectOnlyOwnedFieldsChanged(before, "sso", kOwned[0]);
  EXPECT_THAT(Whoami("sso"), HasSubstr("assumed-role/ack-reader/alice\n"));
  EXPECT_EQ(world_.Run(world_.GetAck({"--profile", "sso"})).status, 0);
}

TEST_F(LoginTest, CloudSsoWaitsForThePersonAndAsksNoMoreOftenThanItMay) {
  Browser("sleep 2.5; exec curl -sf \"$1\"");
  const ProcessResult result = Login({"--profile", "sso"});
  ASSERT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(Asked("CloudSsoToken"), AllOf(testing::Ge(3), testing::Le(5)));
}

TEST_F(LoginTest, CloudSsoSlowsDownWhenItIsToldTo) {
  world_.sandbox.Post("/fault", {{"match", {{"action", "CloudSsoToken"}}},
                                 {"reply", {{"status", 400}, {"body", R"({"ErrorCode": "SlowDown"})"}}}});
  const absl::Time start = absl::Now();
  const ProcessResult result = Login({"--profile", "sso"});
  ASSERT_EQ(result.status, 0) << result.err;
  EXPECT_GE(absl::Now() - start, absl::Seconds(6));
  EXPECT_EQ(Asked("CloudSsoToken"), 2);
}

TEST_F(LoginTest, CloudSsoOutlivesATrafficJam) {
  world_.sandbox.Post("/fault", {{"match", {{"action", "CloudSsoToken"}}}, {"reset", true}});
  world_.sandbox.Post("/fault", {{"match", {{"action", "CloudSsoCredentials"}}}, {"reset", true}});
  const ProcessResult result = Login({"--profile", "sso"});
  EXPECT_EQ(result.status, 0) << result.err;
}

TEST_F(LoginTest, CloudSsoRefused) {
  const std::string before = Slurp(Config());
  Browser("exec curl -sf \"$1&answer=deny\"");
  ExpectFailed(Login({"--profile", "sso"}), before,
               "profile sso: CloudSSO: the sign-in was refused in the browser",
               "nothing was changed; `credential_provider login --profile sso` tries again");
}

TEST_F(LoginTest, CloudSsoTimedOut) {
  const std::string before = Slurp(Config());
  world_.sandbox.Post("/config", {{"device_lifetime_s", 2}});
  Browser("exit 0");
  ExpectFailed(Login({"--profile", "sso"}), before,
               "profile sso: CloudSSO: the code was not confirmed in time: nobody signed in within 2s",
               "nothing was changed; `credential_provider login --profile sso` tries again");
  world_.sandbox.Post("/config");
  ExpectFailed(Login({"--profile", "sso", "--wait", "1s"}), before,
               "profile sso: CloudSSO: the code was not confirmed in time: nobody signed in within 1s",
               "nothing was changed; `credential_provider login --profile sso` tries again");
}

TEST_F(LoginTest, CloudSsoWhoseCodeIsTakenNoLongerSaysSo) {
  world_.sandbox.Post("/fault",
                      {{"match", {{"action", "CloudSsoToken"}}},
                       {"reply", {{"status", 400}, {"body", R"({"ErrorCode": "InvalidDeviceCodeError"})"}}}});
  ExpectFailed(
      Login({"--profile", "sso"}), Slurp(Config()),
      "profile sso: CloudSSO: the portal takes this code no longer: it has expired, or was used by somebody",
      "nothing was changed; `credential_provider login --profile sso` tries again");
}

TEST_F(LoginTest, CloudSsoNeedsNoBrowserHere) {
  Browser("touch " + world_.home.Path("started"));
  const ProcessResult result = Shell(
      "$login --profile sso --no-browser 2> err & while ! grep -q user_code err; do sleep 0.1; done; "
      "curl -sf \"$(grep user_code err)\" > page; wait $!");
  ASSERT_EQ(result.status, 0) << Slurp(world_.home.Path("err"));
  EXPECT_THAT(result.out, HasSubstr(kSignedInAsAlice));
  EXPECT_THAT(Slurp(world_.home.Path("err")), HasSubstr("sign in with any browser, also on another machine"));
  EXPECT_FALSE(std::filesystem::exists(world_.home.Path("started")));
}

TEST_F(LoginTest, CloudSsoKnowsTheClientOfTheCliAndThatOfTheVariable) {
  world_.sandbox.Post("/config", {{"sso_client", "app-vaz16tltdxs96audqf35"}});
  EXPECT_EQ(Login({"--profile", "sso"}).status, 0);
  world_.env["ALIBABA_CLOUD_SSO_CLIENT_ID"] = "app-of-ours";
  EXPECT_THAT(Login({"--profile", "sso"}).err, HasSubstr("InvalidClient: refused"));
  world_.sandbox.Post("/config", {{"sso_client", "app-of-ours"}});
  EXPECT_EQ(Login({"--profile", "sso"}).status, 0);
}

TEST_F(LoginTest, CloudSsoGivesABrowserNothingButAPageOfTheWeb) {
  const std::string before = Slurp(Config());
  Browser("touch " + world_.home.Path("started"));
  for (const std::string page :
       {"file:///etc/passwd", "javascript:alert(1)", "http://portal.example.com/device",
        "https://portal.example.com/a b", "--help"}) {
    ExpectPageRefused("VerificationUriComplete", page);
  }
  ExpectPageRefused("VerificationUri", "file:///etc/passwd");
  ExpectPageRefused("VerificationUri", "https://portal.example.com/?" + std::string(1000, 'a'));
  EXPECT_FALSE(std::filesystem::exists(world_.home.Path("started")));
  EXPECT_EQ(Slurp(Config()), before);
}

TEST_F(LoginTest, CloudSsoHasToSayWhenItEnds) {
  const std::string before = Slurp(Config());
  world_.sandbox.Post("/config", {{"sign_in_lifetime_s", 0}});
  ExpectFailed(Login({"--profile", "sso"}), before,
               "profile sso: CloudSSO: reply: field \"ExpiresIn\" is missing",
               "nothing was changed; `credential_provider login --profile sso` tries again");
}

TEST_F(LoginTest, AnEndBeyondAllTimesIsOneThatCanBeWritten) {
  world_.sandbox.Post("/config", {{"sign_in_lifetime_s", 9223372036854775807}});
  for (const std::string profile : {"sso", "oauth"}) {
    const ProcessResult result = Login({"--profile", profile});
    ASSERT_EQ(result.status, 0) << result.err;
    EXPECT_THAT(result.out, AllOf(HasSubstr("until         20"), Not(HasSubstr("inf")))) << profile;
  }
}

TEST_F(LoginTest, CloudSsoWhoseAccountIsGoneChangesNothing) {
  const std::string before = Slurp(Config());
  world_.sandbox.Post(
      "/fault",
      {{"match", {{"action", "CloudSsoCredentials"}}},
       {"reply",
        {{"status", 403}, {"body", R"({"ErrorCode": "NoAccess", "ErrorMessage": "not assigned"})"}}}});
  const ProcessResult result = Login({"--profile", "sso"});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("NoAccess: not assigned"));
  EXPECT_EQ(Slurp(Config()), before);
}

// OAuth

TEST_F(LoginTest, OAuthByABrowserThatComesBack) {
  const std::string before = Slurp(Config());
  const ProcessResult result = Login({"--profile", "oauth"});
  ASSERT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr(kSignedInAsAlice), HasSubstr("profile       oauth\n"),
                                HasSubstr(", and renews itself\n")));
  EXPECT_THAT(result.err,
              AllOf(HasSubstr(Cloud() + "/oauth2/v1/auth?"),
                    HasSubstr("redirect_uri=http%3A%2F%2F127.0.0.1%3A12345%2Fcli%2Fcallback"),
                    HasSubstr("client_id=4038181954557748008"), HasSubstr("code_challenge_method=S256")));
  ExpectOnlyOwnedFieldsChanged(before, "oauth", kOwned[1]);
  EXPECT_THAT(Whoami("oauth"), HasSubstr("assumed-role/ack-reader/alice\n"));
  EXPECT_EQ(world_.Run(world_.GetAck({"--profile", "oauth"})).status, 0);
}

TEST_F(LoginTest, OAuthRefused) {
  const std::string before = Slurp(Config());
  Browser("exec curl -sfL \"$1&answer=deny\"");
  ExpectFailed(Login({"--profile", "oauth"}), before,
               "profile oauth: OAuth: the sign-in was refused in the browser",
               "nothing was changed; `credential_provider login --profile oauth` tries again");
}

TEST_F(LoginTest, OAuthTimedOut) {
  const std::string before = Slurp(Config());
  Browser("exit 0");
  ExpectFailed(Login({"--profile", "oauth", "--wait", "1s"}), before,
               "profile oauth: OAuth: nobody signed in within 1s",
               "nothing was changed; `credential_provider login --profile oauth` tries again");
}

TEST_F(LoginTest, OAuthTakesNoCodeButThatOfItsOwnSignIn) {
  Browser(R"(at=http://127.0.0.1:12345
curl -s "$at/cli/callback?code=sandbox-stolen&state=wrong" > wrong.out
curl -s "$at/cli/callback?code=sandbox-stolen" > none.out
curl -s "$at/favicon.ico" > icon.out
curl -s -X POST "$at/cli/callback?code=x" > post.out
exec curl -sfL "$1" > right.out)");
  const ProcessResult result = Login({"--profile", "oauth"});
  ASSERT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(Slurp(world_.home.Path("wrong.out")), HasSubstr("belongs to another sign-in"));
  EXPECT_THAT(Slurp(world_.home.Path("none.out")), HasSubstr("belongs to another sign-in"));
  EXPECT_THAT(Slurp(world_.home.Path("icon.out")), HasSubstr("nothing here"));
  EXPECT_THAT(Slurp(world_.home.Path("post.out")), HasSubstr("nothing here"));
  EXPECT_THAT(Slurp(world_.home.Path("right.out")),
              HasSubstr("terminal, which says whether you are signed in"));
}

TEST_F(LoginTest, OAuthIsNotHeldUpByWhoConnectsAndSaysNothing) {
  Browser(R"(exec bash -c 'exec 9<>/dev/tcp/127.0.0.1/12345; sleep 0.3; curl -sfL "$1"' - "$1")");
  const absl::Time start = absl::Now();
  EXPECT_EQ(Login({"--profile", "oauth"}).status, 0);
  EXPECT_LT(absl::Now() - start, absl::Seconds(20));
}

TEST_F(LoginTest, OAuthWithoutARefreshTokenKeepsNone) {
  world_.sandbox.Post("/config", {{"oauth_without_refresh_token", true}});
  const ProcessResult result = Login({"--profile", "oauth"});
  ASSERT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(result.out, Not(HasSubstr("renews itself")));
  EXPECT_FALSE(Profile("oauth").contains("oauth_refresh_token"));
  EXPECT_THAT(Whoami("oauth"), HasSubstr("assumed-role/ack-reader/alice\n"));
}

TEST_F(LoginTest, OAuthThatSaysNoEndIsUsedForAsLongAsItIsTaken) {
  world_.sandbox.Post("/config", {{"sign_in_lifetime_s", 0}, {"oauth_without_refresh_token", true}});
  const ProcessResult result = Login({"--profile", "oauth"});
  ASSERT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("until         not said\n"));
  EXPECT_EQ(Profile("oauth").at("oauth_access_token_expire"), 0);
  ChangeProfile("oauth", {{"sts_expiration", 5}});
  EXPECT_THAT(Whoami("oauth"), HasSubstr("assumed-role/ack-reader/alice\n"));
}

TEST_F(LoginTest, AProfileToWhichNobodyHasSignedInHasNotExpired) {
  ChangeProfile("oauth", {{"oauth_access_token", ""},
                          {"oauth_refresh_token", ""},
                          {"oauth_access_token_expire", 0},
                          {"access_key_id", ""},
                          {"access_key_secret", ""},
                          {"sts_token", ""},
                          {"sts_expiration", 0}});
  std::vector<std::string> words = world_.GetAck({"--profile", "oauth", "--store", "none"});
  EXPECT_THAT(world_.Run(words).err, HasSubstr("OAuth: nobody has signed in yet\n"));
  words[1] = "explain";
  EXPECT_THAT(world_.Run(words).out, HasSubstr("now           no answer: nobody has signed in yet\n"));
}

// Starts the command, has `paste` make of the page's address ($page) what is pasted, and shows its stderr.
std::string Pasting(const std::string& paste) {
  return "mkfifo typed; $login --profile oauth --no-browser < typed 2> err & exec 3> typed; "
         "while ! grep -q oauth2 err; do sleep 0.1; done; page=$(grep oauth2 err); "
         "bring() { curl -s -o page -w '%{redirect_url}\\n' \"$1\"; }; { " +
         paste + "; } >&3; exec 3>&-; wait $!; status=$?; cat err >&2; exit $status";
}

TEST_F(LoginTest, OAuthByPastingTheAddress) {
  const std::string before = Slurp(Config());
  const ProcessResult result = Shell(Pasting("bring \"$page\""));
  ASSERT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr(kSignedInAsAlice));
  EXPECT_THAT(result.err, HasSubstr("paste its address, http://127.0.0.1:"));
  ExpectOnlyOwnedFieldsChanged(before, "oauth", kOwned[1]);
}

TEST_F(LoginTest, OAuthSaysWhatIsWrongWithWhatWasPasted) {
  const ProcessResult result = Shell(
      Pasting("echo nonsense; echo \"$page\"; echo 'http://127.0.0.1:12345/cli/callback?code=c&state=s'; "
              "bring \"$page\""));
  ASSERT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(result.err, AllOf(HasSubstr("is not taken: not the address at which the browser ends"),
                                HasSubstr("is not taken: not an address of /cli/callback"),
                                HasSubstr("is not taken: it belongs to another sign-in")));
}

TEST_F(LoginTest, OAuthPastedRefusalAndNothingPasted) {
  const std::string before = Slurp(Config());
  EXPECT_THAT(Shell(Pasting("bring \"$page&answer=deny\"")).err,
              HasSubstr("OAuth: the sign-in was refused in the browser"));
  ExpectFailed(Login({"--profile", "oauth", "--no-browser"}), before,
               "profile oauth: OAuth: no address was pasted",
               "nothing was changed; `credential_provider login --profile oauth` tries again");
}

TEST_F(LoginTest, OAuthWhenEveryPortIsInUse) {
  std::vector<int> held;
  for (int port = 12345; port <= 12349; ++port) {
    held.push_back(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<uint16_t>(port));
    const int reuse = 1;
    setsockopt(held.back(), SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof(reuse));
    ASSERT_EQ(bind(held.back(), reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
    ASSERT_EQ(listen(held.back(), 1), 0);
  }
  ExpectFailed(Login({"--profile", "oauth"}), Slurp(Config()),
               "profile oauth: the ports 12345 to 12349 of 127.0.0.1 are all in use",
               "end another sign-in that still waits, or use --no-browser");
  for (const int fd : held) close(fd);
}

// Both

TEST_F(LoginTest, CancelledChangesNothing) {
  const std::string before = Slurp(Config());
  Browser("exit 0");
  for (const char* profile : {"sso", "oauth"}) {
    const ProcessResult result =
        Shell(absl::StrCat("timeout --foreground --preserve-status -s INT 1 $login --profile ", profile));
    EXPECT_EQ(result.status, 130) << result.err;
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(Slurp(Config()), before);
    EXPECT_THAT(FilesBesideConfig(), ElementsAre("config.json"));
  }
  Browser("exec curl -sfL \"$1\"");
  EXPECT_EQ(Login({"--profile", "oauth"}).status, 0);  // the port is free again
}

// The other end of that: what is written is said before STS is asked.
TEST_F(LoginTest, CancelledOnceItIsWrittenHasSaidSo) {
  world_.sandbox.Post("/fault", {{"match", {{"action", "GetCallerIdentity"}}}, {"delay_ms", 3000}});
  const ProcessResult result = Shell(
      "$login --profile sso 2> err & login=$!; for i in $(seq 100); do grep -q 'is written' err && break; "
      "sleep 0.1; done; "
      "kill -TERM $login; wait $login; status=$?; cat err >&2; exit $status");
  EXPECT_EQ(result.status, 128 + SIGTERM);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr("\nthe sign-in is written; asking STS whose it is\n"));
  EXPECT_NE(Profile("sso").at("cloud_sso_access_token_expire"), 1700000000);
}

TEST_F(LoginTest, WhileAnotherProgramHoldsTheLockNobodySignsInForNothing) {
  const std::string before = Slurp(Config());
  Browser("touch " + world_.home.Path("started"));
  const int held = open(Config().c_str(), O_RDONLY | O_CLOEXEC);
  ASSERT_EQ(flock(held, LOCK_EX), 0);
  for (const std::string profile : {"sso", "oauth"}) {
    ExpectFailed(Login({"--profile", profile, "--timeout", "1s"}), before,
                 "profile " + profile + ": " + Config() + ": locked by another program",
                 "nothing was changed; `credential_provider login --profile " + profile + "` tries again");
  }
  close(held);
  EXPECT_FALSE(std::filesystem::exists(world_.home.Path("started")));
}

TEST_F(LoginTest, TwiceAtOnceIsTwoWholeSignIns) {
  for (const char* profile : {"sso", "oauth"}) {
    // Both have started before either is confirmed.
    Browser(
        "sleep 1; case $1 in *SAND-0001*|*12345*) person=alice;; *) person=bob;; esac; "
        "exec curl -sfL \"$1&as=$person\"");
    const ProcessResult result = Shell(absl::StrCat(
        "$login --profile ", profile, " > one.out 2> one.err & first=$!; sleep 0.3; $login --profile ",
        profile, " > two.out 2> two.err; second=$?; wait $first && exit $second"));
    EXPECT_EQ(result.status, 0) << Slurp(world_.home.Path("one.err")) << Slurp(world_.home.Path("two.err"));
    EXPECT_THAT(Slurp(world_.home.Path("one.out")), HasSubstr("signed in "));
    EXPECT_THAT(Slurp(world_.home.Path("two.out")), HasSubstr("signed in "));
    EXPECT_THAT(FilesBesideConfig(), ElementsAre("config.json"));
    // Token and kept session are of one person.
    const std::string kept = Whoami(profile);
    EXPECT_THAT(kept, AnyOf(HasSubstr("ack-reader/alice\n"), HasSubstr("ack-reader/bob\n")));
    ChangeProfile(profile, {{"sts_expiration", 5}});
    const std::string anew = Whoami(profile);
    EXPECT_EQ(kept.substr(0, kept.find('\n')), anew.substr(0, anew.find('\n')));
    world_.sandbox.Post("/reset");
    Spill(Config(), Expired());
  }
}

TEST_F(LoginTest, AProfileThatIsChangedMeanwhileStaysAsItIs) {
  ChangeProfile("sso", {{"cloud_sso_account_id", "1000000000000002"}});
  const std::string changed = Slurp(Config());
  Spill(world_.home.Path("changed"), changed);
  world_.secret_files = {"changed"};
  Spill(Config(), Expired());
  Browser("cp " + world_.home.Path("changed") + " " + Config() + "; exec curl -sf \"$1\"");
  ExpectFailed(Login({"--profile", "sso"}), changed,
               "profile sso: " + Config() + ": profile \"sso\": was changed meanwhile; nothing was written",
               "nothing was changed; `credential_provider login --profile sso` tries again");
}

TEST_F(LoginTest, WhatIsWrittenMeanwhileInOtherProfilesStays) {
  ChangeProfile("main", {{"region_id", "cn-beijing"}});
  Spill(world_.home.Path("changed"), Slurp(Config()));
  world_.secret_files = {"changed"};
  Spill(Config(), Expired());
  Browser("cp " + world_.home.Path("changed") + " " + Config() + "; exec curl -sf \"$1\"");
  EXPECT_EQ(Login({"--profile", "sso"}).status, 0);
  EXPECT_EQ(Profile("main").at("region_id"), "cn-beijing");
}

TEST_F(LoginTest, WithoutProfileItIsTheOneThatARunWouldTake) {
  EXPECT_THAT(Login({}).err, HasSubstr("profile \"main\": mode AK needs no sign-in by a person\n"));
  world_.env["ALIBABA_CLOUD_PROFILE"] = "sso";
  EXPECT_THAT(Login({}).out, HasSubstr("profile       sso\n"));
}

TEST_F(LoginTest, AProfileThatBuildsOnASignIn) {
  world_.sandbox.Post("/fault",
                      {{"match", {{"action", "AssumeRole"}}}, {"times", -1}, {"error", "NoPermission"}});
  Browser("exec curl -sfL \"$1&as=bob\"");
  const ProcessResult result = Login({"--profile", "chained"});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("signed in     acs:ram::1000000000000001:assumed-role/ack-reader/bob\n"),
                    HasSubstr("profile       sso\n")));
  EXPECT_THAT(result.err, Not(HasSubstr("warning")));
}

TEST_F(LoginTest, WhatCannotBeSignedInToSaysWhatHelps) {
  EXPECT_THAT(Login({"--profile", "main"}).err,
              HasSubstr("hint: `credential_provider whoami --profile main` shows whose key it has\n"));
  EXPECT_THAT(Login({"--profile", "ss0"}).err, HasSubstr("hint: did you mean sso?"));
  ChangeProfile("sso", {{"cloud_sso_account_id", ""}});
  EXPECT_THAT(Login({"--profile", "sso"}).err,
              HasSubstr("hint: run `aliyun configure --profile sso --mode CloudSSO`, which also makes that "
                        "profile the current one\n"));
  ChangeProfile("oauth", {{"oauth_site_type", "JP"}});
  EXPECT_THAT(Login({"--profile", "oauth"}).err,
              HasSubstr("hint: run `aliyun configure --profile oauth --mode OAuth`, which also makes that "
                        "profile the current one\n"));
  Spill(Config(), Expired());
  ChangeProfile("sso", {{"cloud_sso_sign_in_url", "http://portal.example.com/"}});
  const std::string again =
      "hint: run `aliyun configure --profile sso --mode CloudSSO`, which also makes that profile ";
  EXPECT_THAT(Login({"--profile", "sso"}).err, HasSubstr(again));
  EXPECT_THAT(world_.Run({"credential_provider", "whoami", "--profile", "sso"}).err, HasSubstr(again));
}

TEST_F(LoginTest, WithoutAConfigThatCanBeReadItSaysWhatHelps) {
  std::filesystem::remove(Config());
  EXPECT_THAT(
      Login({"--profile", "my sso"}).err,
      HasSubstr("hint: `aliyun configure --profile 'my sso' --mode CloudSSO` (or OAuth) makes a profile"));
  EXPECT_THAT(Login({}).err,
              HasSubstr("hint: `aliyun configure --profile NAME --mode CloudSSO` (or OAuth) makes"));
  world_.env["ALIBABA_CLOUD_CONFIG_FILE"] = world_.home.Path("missing.json");
  EXPECT_THAT(Login({}).err, HasSubstr("hint: ALIBABA_CLOUD_CONFIG_FILE says so: is that the file"));
  world_.env.erase("ALIBABA_CLOUD_CONFIG_FILE");
  std::filesystem::create_directory(Config());
  EXPECT_THAT(Login({}).err,
              AllOf(HasSubstr("config.json: Is a directory\n"), HasSubstr("hint: the profiles of `aliyun`")));
  world_.env["ALIBABA_CLOUD_CLI_PROFILE_DISABLED"] = "true";
  EXPECT_THAT(Login({}).err, HasSubstr("hint: unset that variable\n"));
  world_.env.erase("ALIBABA_CLOUD_CLI_PROFILE_DISABLED");
  world_.env.erase("HOME");
  EXPECT_THAT(Login({}).err, HasSubstr("hint: set it, or ALIBABA_CLOUD_CONFIG_FILE to the file\n"));
}

TEST_F(LoginTest, AFolderThatCannotBeWrittenIsWhatIsToBeMended) {
  if (geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  const std::string before = Slurp(Config());
  chmod(world_.home.Path(".aliyun").c_str(), 0500);
  const ProcessResult result = Login({"--profile", "sso"});
  chmod(world_.home.Path(".aliyun").c_str(), 0700);
  ExpectFailed(result, before, "profile sso: " + world_.home.Path(".aliyun") + ": Permission denied",
               "a new config.json is made in this folder and renamed: make it writable");
}

TEST_F(LoginTest, WhatASiteHasSentIsNotToBeTypedAgain) {
  const auto answer = [this](const std::string& action, const json& body) {
    world_.sandbox.Post(
        "/fault", {{"match", {{"action", action}}}, {"reply", {{"status", 200}, {"body", body.dump()}}}});
  };
  answer("CloudSsoToken", {{"AccessToken", "a b"}, {"ExpiresIn", 3600}});
  EXPECT_THAT(Login({"--profile", "sso"}).err, AllOf(HasSubstr("\"AccessToken\": a blank inside the value\n"),
                                                     HasSubstr("hint: nothing was changed; ")));
  answer("OAuthToken", {{"access_token", "a b"}, {"expires_in", 3600}});
  EXPECT_THAT(Login({"--profile", "oauth"}).err,
              AllOf(HasSubstr("\"access_token\": a blank inside the value\n"),
                    HasSubstr("hint: nothing was changed; ")));
}

TEST_F(LoginTest, SignedInThoughStsCannotBeAsked) {
  world_.sandbox.Post("/fault",
                      {{"match", {{"action", "GetCallerIdentity"}}}, {"times", -1}, {"error", "X"}});
  const ProcessResult result = Login({"--profile", "sso"});
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(result.out, HasSubstr("signed in     yes\n"));
  EXPECT_THAT(result.err, HasSubstr("warning: signed in, but not who it is: "));
}

}  // namespace
}  // namespace credential_provider
