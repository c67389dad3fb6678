// Runs every case in testdata/identity: what a machine holds, and the identity and key that come of it.
//
// A case is a file NAME.case (see tests/testing/case_file.h) with the sections
//   args      a flag or value a line
//   env       NAME=VALUE a line
//   replies   what the network answers, a list of {status, headers, body} where a number for a status stands
//   for the
//             whole and a string for no answer
//   home/…    the user's files
//   expected  all that can be seen: the identity found, its key, each request, how many requests a second use
//   makes,
//             files that were changed, and errors
// of which expected is required. {home} stands for the folder of the run. Secrets hold the word "planted": it
// may show in the key and the requests, nowhere else.
#include <filesystem>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/sources/identity_flags.h"
#include "credential_provider/sources/source_chain.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/testing/case_file.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/fake_http_transport.h"
#include "tests/testing/runfiles.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

using nlohmann::json;

const CaseForm& Form() {
  static const auto* const form = new CaseForm{{"args"}, {"env"}, {"replies"}, {"home/"}, {"expected", true}};
  return *form;
}

// Puts "*" instead of what differs from run to run.
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
    const absl::StatusOr<CaseFile> read = CaseFile::Read(GetParam(), Form());
    ASSERT_TRUE(read.ok()) << GetParam() << ": " << read.status();
    case_ = *read;
    for (const auto& [name, text] : case_.Files("home/")) {
      before_[name] = Fill(text, Values());
      std::filesystem::create_directories(std::filesystem::path(home_.Path(name)).parent_path());
      Spill(home_.Path(name), before_[name]);
    }
    env_ = Lines(Filled("env"));
    env_.push_back("HOME=" + home_.path());
    env_.push_back("PATH=/usr/bin:/bin");
    for (const std::string& entry : env_) entries_.push_back(entry.c_str());
    entries_.push_back(nullptr);
  }

  CaseValues Values() const { return {{"{home}", home_.path()}}; }
  std::string Filled(const std::string& section) const { return Fill(case_.Text(section), Values()); }
  json Error(const absl::Status& status) const {
    json error = {{"error", Abstract(status.message(), Values())}};
    if (!HintOf(status).empty()) error["hint"] = Abstract(HintOf(status), Values());
    return error;
  }

  // All that can be seen of the case's run.
  json RunCase() {
    const Environment environment(entries_.data());
    const std::vector<std::string> args = Lines(Filled("args"));
    const absl::StatusOr<ParsedFlags> flags = ParseFlags(IdentityFlags(), args);
    if (!flags.ok()) return Error(flags.status());
    const absl::StatusOr<IdentityOptions> options = ParseIdentityOptions(*flags);
    if (!options.ok()) return Error(options.status());
    EXPECT_EQ(FormatIdentityOptions(*options), args) << "the writer's arguments are the user's";
    const std::string replies = Filled("replies");
    FakeHttpTransport transport(Replies(replies.empty() ? json::array() : json::parse(replies)));
    FakeClock clock;
    json seen;
    const NetworkContext fetch = Fetch(environment, transport, clock, &seen);
    // As a run with a store that works: what was resolved is remembered.
    const Resolver resolve = [&](const Place& place) -> absl::StatusOr<absl::optional<std::string>> {
      if (const absl::optional<Entry> known = fetch.sessions.find(KeyOfPlace(place)))
        return absl::optional<std::string>(PrincipalIn(known->payload));
      const absl::StatusOr<Principal> principal = place.ask(fetch);
      if (!principal.ok()) return principal.status();
      store_[KeyOfPlace(place).text()] = PrincipalEntry(*principal, place.life, clock.Now());
      return absl::optional<std::string>(principal->text);
    };
    const absl::StatusOr<FoundIdentity> found = FindIdentity(*options, environment, resolve);
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

  NetworkContext Fetch(const Environment& environment, FakeHttpTransport& transport, FakeClock& clock,
                       json* seen) {
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

  void See(const Identity& identity, const NetworkContext& fetch, json* seen) {
    (*seen)["source"] = identity.source;
    (*seen)["who"] = Abstract(identity.who, Values());
    if (!identity.region.empty()) (*seen)["region"] = identity.region;
    const absl::StatusOr<AccessKey> key = identity.access_key(fetch);
    (*seen)["key"] = key.ok() ? ShownKey(*key) : Error(key.status());
  }

  // What a second run asks to know who it is, and to get the key again.
  void UseAgain(const IdentityOptions& options, const Environment& environment, const Resolver& resolve,
                const NetworkContext& fetch, const FakeHttpTransport& transport, json* seen) {
    const size_t before = transport.requests.size();
    const absl::StatusOr<FoundIdentity> again = FindIdentity(options, environment, resolve);
    ASSERT_TRUE(again.ok()) << again.status();
    EXPECT_EQ(Abstract(again->identity.who, Values()), seen->at("who"));
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
  CaseFile case_;
  std::map<std::string, Entry> store_;
  std::map<std::string, std::string> before_;
  std::vector<std::string> env_;
  std::vector<const char*> entries_;
};

TEST_P(IdentityCaseTest, FindsTheIdentityAndItsKey) {
  const json seen = RunCase();
  EXPECT_EQ(seen, json::parse(case_.Text("expected"), nullptr, false)) << "seen: " << seen.dump(2);
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
