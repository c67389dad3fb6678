// A source of AccessKeys that asks the network, fed with replies of a fuzzer's making.
#ifndef CREDENTIAL_PROVIDER_TESTS_FUZZ_SOURCE_UNDER_TEST_H_
#define CREDENTIAL_PROVIDER_TESTS_FUZZ_SOURCE_UNDER_TEST_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "credential_provider/sources/source_chain.h"
#include "tests/fuzz/http_reply.h"
#include "tests/fuzz/require.h"
#include "tests/fuzz/utf8.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/fake_http_transport.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {

// Replies repeat this where they hold "\x01". It is part of each secret that requests are made with.
constexpr char kPlanted[] = "planted-SeCrEt-0123456789";

class SourceUnderTest {
 public:
  // `variables` are set beside HOME. `origin` is where each request must go.
  SourceUnderTest(const IdentityOptions& options, std::vector<std::string> variables, std::string origin,
                  const std::string& config = "")
      : origin_(std::move(origin)), config_(config), variables_(std::move(variables)) {
    std::filesystem::create_directories(home_.Path(".aliyun"));
    Spill(ConfigPath(), config_);
    holds_secret_ = absl::StrContains(absl::StrCat(config_, absl::StrJoin(variables_, " ")), kPlanted);
    variables_.push_back("HOME=" + home_.path());
    for (const std::string& variable : variables_) entries_.push_back(variable.c_str());
    entries_.push_back(nullptr);
    absl::StatusOr<FoundIdentity> found = FindIdentity(options, Environment(entries_.data()));
    Require(found.ok(), "there is an identity");
    identity_ = std::move(found->identity);
  }

  // Gets the key with these replies, and checks what a server must not be able to bring about.
  void Feed(Input* input) {
    if (!config_.empty() && Slurp(ConfigPath()) != config_) Spill(ConfigPath(), config_);
    FakeClock clock;
    FakeHttpTransport transport(TakeReplies(input, kPlanted));
    const Environment environment(entries_.data());
    const NetworkContext fetch{transport, clock, environment, absl::Seconds(15)};
    const absl::StatusOr<AccessKey> key = identity_.access_key(fetch);
    for (const HttpRequest& request : transport.requests) CheckRequest(request);
    if (!key.ok()) {
      RequireShowable(key.status());
      if (holds_secret_) RequireHidden(key.status(), absl::string_view(kPlanted).substr(8, 8));
      return;
    }
    Require(!key->id.empty() && !key->secret.empty(), "a key is whole");
  }

 private:
  std::string ConfigPath() const { return home_.Path(".aliyun/config.json"); }

  void CheckRequest(const HttpRequest& request) const {
    Require(absl::StartsWith(request.url, origin_), "a reply sends nobody elsewhere");
    Require(request.url.find_first_of(" \r\n#") == std::string::npos, "a URL fits a request line");
    if (holds_secret_) Require(!absl::StrContains(request.url, kPlanted), "no secret is in a URL");
    for (const auto& [name, value] : request.headers) {
      Require(
          absl::string_view(value).find_first_of(absl::string_view("\r\n\0", 3)) == absl::string_view::npos,
          "a header is one line");
    }
  }

  TempDir home_;
  const std::string origin_;
  const std::string config_;
  bool holds_secret_ = false;  // kPlanted; where it does not, only the replies can
  std::vector<std::string> variables_;
  std::vector<const char*> entries_;
  Identity identity_;
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_FUZZ_SOURCE_UNDER_TEST_H_
