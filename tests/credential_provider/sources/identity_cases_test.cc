// Runs every case in testdata/identity: what a machine holds, and the identity and key that come of it.
//
// A case is a folder with: `home/`, the user's files (optional); `env`, NAME=VALUE a line (optional); `args`,
// a flag or value a line (optional); `replies.json`, what the network answers, a list of {status, headers,
// body} where a number for a status stands for the whole and a string for no answer (optional);
// `expected.json`, all that can be seen: the identity found, its key, each request, how many requests a
// second use makes, files that were changed, and errors. {home} stands for the folder of the run. Secrets
// hold the word "planted": it may show in the key and the requests, nowhere else.
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/sources/identity_flags.h"
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
    return absl::StrReplaceAll(text, {{home_.path(), "{home}"}});
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
    const std::string replies = File("replies.json");
    FakeHttpTransport transport(Replies(replies.empty() ? json::array() : json::parse(replies)));
    FakeClock clock;
    json seen;
    const KeyFetch fetch = Fetch(environment, transport, clock, &seen);
    // As a run with a store that works: what was resolved is remembered.
    const Resolver resolve = [&](const Place& place) -> absl::StatusOr<absl::optional<std::string>> {
      if (const absl::optional<Entry> known = fetch.sessions.find(KeyOfPlace(place)))
        return absl::optional<std::string>(PrincipalIn(known->status_json));
      const absl::StatusOr<Principal> principal = place.ask(fetch);
      if (!principal.ok()) return principal.status();
      store_[KeyOfPlace(place).text()] = PrincipalEntry(*principal, place.life, clock.Now());
      return absl::optional<std::string>(principal->text);
    };
    const absl::StatusOr<Found> found = FindIdentity(*options, environment, resolve);
    if (found.ok()) {
      See(found->identity, fetch, &seen);
    } else {
      seen.update(Error(found.status()));
    }
    for (const HttpRequest& request : transport.requests) seen["requests"].push_back(Shown(request));
    if (found.ok() && seen.at("key").contains("id"))
      UseAgain(*options, environment, resolve, fetch, transport, &seen);
    for (const auto& [name, bytes] : before_) {
      if (Slurp(home_.Path(name)) != bytes) seen["changed"][name] = json::parse(Slurp(home_.Path(name)));
    }
    return seen;
  }

  KeyFetch Fetch(const Environment& environment, FakeHttpTransport& transport, FakeClock& clock, json* seen) {
    const SessionStore sessions = {[this](const CredentialKey& key) {
                                     const auto entry = store_.find(key.text());
                                     return entry == store_.end() ? absl::nullopt
                                                                  : absl::make_optional(entry->second);
                                   },
                                   [this](const CredentialKey& key, const Entry& entry) {
                                     store_[key.text()] = entry;
                                     return absl::OkStatus();
                                   }};
    return {transport,
            clock,
            environment,
            absl::Seconds(15),
            sessions,
            [this, seen](const absl::Status& status) { (*seen)["warnings"].push_back(Error(status)); }};
  }

  void See(const Identity& identity, const KeyFetch& fetch, json* seen) {
    (*seen)["source"] = identity.source;
    (*seen)["who"] = Abstract(identity.who);
    if (!identity.region.empty()) (*seen)["region"] = identity.region;
    const absl::StatusOr<AccessKey> key = identity.access_key(fetch);
    (*seen)["key"] = key.ok() ? ShownKey(*key) : Error(key.status());
  }

  // What a second run asks to know who it is, and to get the key again.
  void UseAgain(const IdentityOptions& options, const Environment& environment, const Resolver& resolve,
                const KeyFetch& fetch, const FakeHttpTransport& transport, json* seen) {
    const size_t before = transport.requests.size();
    const absl::StatusOr<Found> again = FindIdentity(options, environment, resolve);
    ASSERT_TRUE(again.ok()) << again.status();
    EXPECT_EQ(Abstract(again->identity.who), seen->at("who"));
    EXPECT_EQ(transport.requests.size(), before) << "who it is is known";
    again->identity.access_key(fetch).IgnoreError();
    (*seen)["requests_again"] = transport.requests.size() - before;
  }

  static json ShownKey(const AccessKey& key) {
    json shown = {{"id", key.id}, {"secret", key.secret.Reveal()}};
    if (!key.security_token.empty()) shown["security_token"] = key.security_token.Reveal();
    if (key.expires != absl::InfiniteFuture())
      shown["expires"] = absl::FormatTime(absl::RFC3339_sec, key.expires, absl::UTCTimeZone());
    return shown;
  }

  TempDir home_;
  std::map<std::string, Entry> store_;
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
