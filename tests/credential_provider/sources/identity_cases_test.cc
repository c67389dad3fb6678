// Runs every case in testdata/identity: what a machine holds, and the identity and key that come of it.
//
// A case is a folder with: `home/`, the user's files (optional); `env`, NAME=VALUE a line (optional); `args`,
// a flag or value a line (optional); `replies.json`, what the network answers, a list of {status, headers,
// body} where a number for a status stands for the whole and a string for no answer (optional);
// `expected.json`, all that can be seen: the identity found, its key, each request, how many requests a
// second use makes, files that were changed, and errors. {home} stands for the folder of the run. Secrets
// hold the word "planted": it may show in the key and the requests, nowhere else.
#include <regex>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/sources/source_chain.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/testing/fake_clock.h"
#include "tests/testing/fake_http_transport.h"
#include "tests/testing/runfiles.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

using nlohmann::json;

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// Puts "*" in the place of what differs from run to run.
std::string MaskNonce(std::string url) {
  const size_t nonce = url.find("SignatureNonce=");
  if (nonce == std::string::npos) return url;
  const size_t begin = nonce + std::string("SignatureNonce=").size();
  return url.replace(begin, url.find('&', begin) - begin, "*");
}

std::string Shown(const HttpRequest& request) {
  std::string text = absl::StrCat(request.method, " ", MaskNonce(request.url));
  for (const auto& [name, value] : request.headers) {
    if (name == "authorization" && absl::StartsWith(value, "ACS3")) {
      const size_t id = value.find('=') + 1;
      absl::StrAppend(&text, " | signed by ", value.substr(id, value.find(',') - id));
    } else if (name == "authorization" || name == "x-acs-action" || name == "x-acs-security-token" ||
               name == "content-type" || absl::StartsWith(name, "x-aliyun")) {
      absl::StrAppend(&text, " | ", name, ": ", value);
    }
  }
  if (!request.use_proxy) absl::StrAppend(&text, " | no proxy, ", absl::FormatDuration(request.timeout));
  return request.body.empty() ? text : absl::StrCat(text, " | ", request.body);
}

std::deque<absl::StatusOr<HttpResponse>> Replies(const json& list) {
  std::deque<absl::StatusOr<HttpResponse>> replies;
  for (const json& reply : list) {
    if (reply.is_string()) {
      replies.push_back(absl::UnavailableError(reply.get<std::string>()));
    } else if (reply.is_number()) {
      replies.push_back(HttpResponse{reply, {}, ""});
    } else {
      const json& body = reply.at("body");
      replies.push_back(HttpResponse{reply.value("status", 200),
                                     reply.value("headers", std::map<std::string, std::string>()),
                                     body.is_string() ? body.get<std::string>() : body.dump()});
    }
  }
  return replies;
}

class IdentityCaseTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (std::filesystem::exists(GetParam() + "/home")) {
      for (const auto& file : std::filesystem::recursive_directory_iterator(GetParam() + "/home")) {
        if (file.is_directory()) continue;
        const std::string name = file.path().lexically_relative(GetParam() + "/home").string();
        std::filesystem::create_directories(std::filesystem::path(home_.Path(name)).parent_path());
        Spill(home_.Path(name), Fill(Slurp(file.path().string())));
        before_[name] = Fill(Slurp(file.path().string()));
      }
    }
    env_ = Lines(File("env"));
    env_.push_back("HOME=" + home_.path());
    env_.push_back("PATH=/usr/bin:/bin");
    for (const std::string& entry : env_) entries_.push_back(entry.c_str());
    entries_.push_back(nullptr);
  }

  std::string File(const std::string& name) const { return Fill(Slurp(GetParam() + "/" + name)); }
  std::string Fill(const std::string& text) const {
    return absl::StrReplaceAll(text, {{"{home}", home_.path()}});
  }
  std::string Abstract(absl::string_view text) const {
    // Hashes of what is another on each machine.
    static const std::regex machine("(file|environment) #[0-9a-f]{16}");
    const std::string here = absl::StrReplaceAll(text, {{home_.path(), "{home}"}});
    return std::regex_replace(here, machine, "$1 #{machine}");
  }
  json Error(const absl::Status& status) const {
    json error = {{"error", Abstract(status.message())}};
    if (!HintOf(status).empty()) error["hint"] = Abstract(HintOf(status));
    return error;
  }

  // All that can be seen of the case's run.
  json Run() {
    const Environment environment(entries_.data());
    const std::vector<std::string> args = Lines(File("args"));
    const absl::StatusOr<ParsedFlags> flags = ParseFlags(IdentityFlags(), args);
    if (!flags.ok()) return Error(flags.status());
    const absl::StatusOr<IdentityOptions> options = ParseIdentityOptions(*flags);
    if (!options.ok()) return Error(options.status());
    EXPECT_EQ(FormatIdentityOptions(*options), args) << "the writer's arguments are the user's";
    const absl::StatusOr<Found> found = FindIdentity(*options, environment);
    if (!found.ok()) return Error(found.status());
    json seen = {{"source", found->identity.source}, {"who", Abstract(found->identity.who)}};
    if (!found->identity.region.empty()) seen["region"] = found->identity.region;
    UseTwice(found->identity, environment, &seen);
    return seen;
  }

  void UseTwice(const Identity& identity, const Environment& environment, json* seen) {
    FakeClock clock;
    const std::string replies = File("replies.json");
    FakeHttpTransport transport(Replies(replies.empty() ? json::array() : json::parse(replies)));
    std::map<std::string, Entry> store;
    const SessionStore sessions = {[&](const CredentialKey& key) {
                                     const auto entry = store.find(key.text());
                                     return entry == store.end() ? absl::nullopt
                                                                 : absl::make_optional(entry->second);
                                   },
                                   [&](const CredentialKey& key, const Entry& entry) {
                                     store[key.text()] = entry;
                                     return absl::OkStatus();
                                   }};
    const KeyFetch fetch{
        transport,   clock,
        environment, absl::Seconds(15),
        sessions,    [&](const absl::Status& status) { (*seen)["warnings"].push_back(Error(status)); }};
    const absl::StatusOr<AccessKey> key = identity.access_key(fetch);
    (*seen)["key"] = key.ok() ? ShownKey(*key) : Error(key.status());
    for (const HttpRequest& request : transport.requests) (*seen)["requests"].push_back(Shown(request));
    const size_t requests = transport.requests.size();
    if (key.ok()) {
      identity.access_key(fetch).IgnoreError();
      (*seen)["requests_again"] = transport.requests.size() - requests;
    }
    for (const auto& [name, bytes] : before_) {
      if (Slurp(home_.Path(name)) != bytes) (*seen)["changed"][name] = json::parse(Slurp(home_.Path(name)));
    }
  }

  static json ShownKey(const AccessKey& key) {
    json shown = {{"id", key.id}, {"secret", key.secret.Reveal()}};
    if (!key.security_token.empty()) shown["security_token"] = key.security_token.Reveal();
    if (key.expires != absl::InfiniteFuture())
      shown["expires"] = absl::FormatTime(absl::RFC3339_sec, key.expires, absl::UTCTimeZone());
    return shown;
  }

  TempDir home_;
  std::map<std::string, std::string> before_;
  std::vector<std::string> env_;
  std::vector<const char*> entries_;
};

TEST_P(IdentityCaseTest, FindsTheIdentityAndItsKey) {
  const json seen = Run();
  EXPECT_EQ(seen, json::parse(Slurp(GetParam() + "/expected.json"), nullptr, false))
      << "seen: " << seen.dump(2);
  json open = seen;
  open.erase("requests");
  open.erase("changed");
  if (open.contains("key") && !open.at("key").contains("error")) open.erase("key");
  EXPECT_FALSE(absl::StrContains(open.dump(), "planted")) << open.dump(2);
}

INSTANTIATE_TEST_SUITE_P(Cases, IdentityCaseTest, testing::ValuesIn(FilesIn("testdata/identity")),
                         [](const auto& test) { return TestName(test.param); });

}  // namespace
}  // namespace credential_provider
