// What each Kubernetes client sends and reads, by its source, and what it gets from us.
// testdata/clients/clients.json has a record for each, with the place in its source;
// tests/conformance/clients runs the real ones.
#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/store_world.h"

namespace credential_provider {
namespace {

using nlohmann::json;

constexpr int kOlderThanAMinute = 120;
constexpr char kGroup[] = "client.authentication.k8s.io/";
// Little enough that each run renews the certificate, enough to be served when that fails.
constexpr int kDueLifetime = 170;

struct Client {
  std::string name;
  json record;

  bool Requires(const std::string& what) const {
    const json& all = record.at("requires");
    return std::find(all.begin(), all.end(), what) != all.end();
  }
};

std::vector<Client> AllClients() {
  std::vector<Client> clients;
  for (const json& record : json::parse(Slurp(Runfile("testdata/clients/clients.json")))) {
    clients.push_back({record.at("name"), record});
  }
  return clients;
}

class ClientsTest : public testing::TestWithParam<Client> {
 protected:
  // Runs a script of bash that stands for a process of the client: `start` starts the program as the client
  // does.
  ProcessResult RunProcessOfClient(const std::string& script, const std::vector<std::string>& args) {
    std::vector<std::string> command = args;
    command[0] = Runfile("credential_provider/credential_provider");
    command.insert(command.begin(), {"bash", "-c", Start() + script + "\nexit $status", "client"});
    return world_.Run(command);
  }
  ProcessResult Run(const std::vector<std::string>& args) { return RunProcessOfClient("start", args); }

  // The definition of `start`, with the streams that the client gives.
  std::string Start() const {
    const json& record = GetParam().record;
    std::string start = record.at("shell") ? R"(sh -c "$*")" : R"("$@")";
    if (record.at("stdin") == "null") start += " </dev/null";
    if (record.at("stderr") == "merged") start += " 2>&1";
    return "set -- \"$@\"; args=(\"$@\"); start() { set -- \"${args[@]}\"; " + start + "; status=$?; }; ";
  }

  // What the client sends for a stanza of that version; nothing, for many.
  void Send(const std::string& version) {
    world_.env.erase("KUBERNETES_EXEC_INFO");
    const json& info = GetParam().record.at("exec_info");
    if (info.is_null()) return;
    const std::string v1 = absl::StrCat(kGroup, "v1");
    world_.env["KUBERNETES_EXEC_INFO"] =
        absl::StrReplaceAll(info.get<std::string>(), {{v1, absl::StrCat(kGroup, version)}});
  }

  std::vector<std::string> Get(const std::string& version = "v1") {
    Send(version);
    return world_.Get({"--api-version", version});
  }

  // Checks an answer to a stanza of that version against what the client requires.
  void Accepts(const std::string& answer, const std::string& version) {
    const Client& client = GetParam();
    const json credential = json::parse(answer, nullptr, false);
    ASSERT_TRUE(credential.is_object()) << answer;
    EXPECT_EQ(answer.find('\n'), answer.size() - 1) << "one line";
    EXPECT_EQ(credential.value("apiVersion", ""), kGroup + version);
    if (client.Requires("kind")) {
      EXPECT_EQ(credential.value("kind", ""), "ExecCredential");
    }
    AcceptsStatus(credential.value("status", json()));
  }

  // Every client reads whole seconds in UTC; not all read a fraction or another zone.
  void AcceptsStatus(const json& status) {
    ASSERT_TRUE(status.is_object());
    const bool is_token = status.contains("token");
    const bool is_certificate = status.contains("clientCertificateData") || status.contains("clientKeyData");
    EXPECT_NE(is_token, is_certificate) << "some refuse both, some take the token and leave the certificate";
    for (const char* field : {"token", "clientCertificateData", "clientKeyData"}) {
      if (status.contains(field)) {
        EXPECT_NE(status.at(field).get<std::string>(), "") << field;
      }
    }
    EXPECT_EQ(status.contains("clientCertificateData"), status.contains("clientKeyData"));
    const std::string expiration = status.value("expirationTimestamp", "");
    absl::Time end;
    EXPECT_TRUE(absl::ParseTime("%Y-%m-%dT%H:%M:%SZ", expiration, &end, nullptr)) << expiration;
    EXPECT_EQ(expiration.size(), std::string("2006-01-02T15:04:05Z").size());
  }

  int Requests() const { return world_.sandbox.Count("cs"); }

  StoreWorld world_{SharedSandbox()};
};

TEST_P(ClientsTest, ReadsTheAnswerInBothVersionsAndNothingElse) {
  for (const char* version : {"v1", "v1beta1"}) {
    const ProcessResult result = Run(Get(version));
    EXPECT_EQ(result.status, 0) << result.err;
    EXPECT_EQ(result.err, "");
    Accepts(result.out, version);
  }
  EXPECT_EQ(Requests(), 1);
}

TEST_P(ClientsTest, ReadsATokenInBothVersions) {
  for (const char* version : {"v1", "v1beta1"}) {
    std::vector<std::string> args = Get(version);
    args[2] = "ack-token";
    const ProcessResult result = Run(args);
    EXPECT_EQ(result.status, 0) << result.err;
    EXPECT_EQ(result.err, "");
    Accepts(result.out, version);
  }
}

TEST_P(ClientsTest, ReadsTheAnswerWhenThereIsAWarningToo) {
  world_.sandbox.Post("/config", {{"lifetime_s", kDueLifetime}});
  ASSERT_EQ(Run(Get()).status, 0);
  world_.sandbox.Post("/fault",
                      {{"match", {{"listener", "cs"}}}, {"error", "StatusForbidden"}, {"times", -1}});
  const ProcessResult result = Run(Get());
  EXPECT_EQ(result.status, 0) << result.err;
  Accepts(result.out, "v1");
}

TEST_P(ClientsTest, IsToldWhatFailedAndTheFailureIsRemembered) {
  world_.sandbox.Post("/fault",
                      {{"match", {{"listener", "cs"}}}, {"error", "StatusForbidden"}, {"times", -1}});
  for (int i = 0; i < 3; ++i) {
    const ProcessResult result = Run(Get());
    EXPECT_EQ(result.status, 1);
    EXPECT_THAT(result.out + result.err, testing::HasSubstr("StatusForbidden"));
    if (GetParam().record.at("stderr") != "merged") {
      EXPECT_EQ(result.out, "");
    }
  }
  EXPECT_EQ(Requests(), 1);
}

TEST_P(ClientsTest, MayStartUsAsOftenAsItDoesBeforeItConnects) {
  ASSERT_EQ(Run(Get()).status, 0);
  world_.AgeEntry(kOlderThanAMinute);
  std::string starts;
  for (int i = 0; i < GetParam().record.at("starts"); ++i) starts += "start >/dev/null; ";
  EXPECT_EQ(RunProcessOfClient(starts, Get()).status, 0);
  EXPECT_EQ(Requests(), 1) << "nothing was refused";
}

// Two seconds later where a client may start us several times to make one; at once where that is known not to
// be so.
TEST_P(ClientsTest, GetsAnotherCertificateOnceWhenItAsksAgainAfterTheServerRefusedIt) {
  ASSERT_EQ(Run(Get()).status, 0);
  world_.AgeEntry(kOlderThanAMinute);
  const std::string pause = GetParam().record.at("stderr") == "merged" ? "" : "sleep 2.1; ";
  const ProcessResult result =
      RunProcessOfClient("start >1.out; " + pause + "start >2.out; start >3.out", Get());
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(Requests(), 2);
  EXPECT_NE(Slurp(world_.home.Path("1.out")), Slurp(world_.home.Path("2.out")));
  EXPECT_EQ(Slurp(world_.home.Path("2.out")), Slurp(world_.home.Path("3.out")));
}

std::string NameOf(const testing::TestParamInfo<Client>& client) { return client.param.name; }

INSTANTIATE_TEST_SUITE_P(Sources, ClientsTest, testing::ValuesIn(AllClients()), NameOf);

}  // namespace
}  // namespace credential_provider
