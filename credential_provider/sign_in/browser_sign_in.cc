#include "credential_provider/sign_in/browser_sign_in.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/crypto/acs3_signature.h"
#include "credential_provider/identity/fetch_body.h"
#include "credential_provider/process/random.h"
#include "credential_provider/sign_in/browser.h"
#include "credential_provider/sign_in/pkce.h"
#include "credential_provider/sign_in/redirect.h"
#include "credential_provider/sign_in/redirect_listener.h"

namespace credential_provider {
namespace {

constexpr size_t kStateBytes = 16;
constexpr absl::Duration kLongestNap = absl::Seconds(1);
constexpr size_t kLongestTyped = 16 << 10;

// One sign-in: what the site is sent, and what has to come back.
struct Attempt {
  std::string redirect;
  std::string state = RandomHex(kStateBytes);
  Secret verifier = NewCodeVerifier();
};

std::string PageOf(const OAuthSite& site, const Attempt& attempt) {
  return absl::StrCat(site.pages, "/oauth2/v1/auth?",
                      CanonicalQuery({{"response_type", "code"},
                                      {"client_id", site.client_id},
                                      {"redirect_uri", attempt.redirect},
                                      {"state", attempt.state},
                                      {"code_challenge", CodeChallenge(attempt.verifier)},
                                      {"code_challenge_method", "S256"}}));
}

void Tell(const std::string& page, const Person& person, const Environment& environment) {
  const bool shown = person.has_browser && OpenBrowser(page, environment);
  person.say(shown ? "a browser was started; sign in there, or open this address on this machine:"
             : person.has_browser ? "open this address in a browser on this machine and sign in:"
                                  : "open this address in any browser and sign in:");
  person.say(page);
  if (person.types_at >= 0) {
    person.say(absl::StrCat(person.has_browser ? "or, where the browser cannot come back by itself, paste"
                                               : "the browser ends at a page that it cannot open: paste",
                            " its address, http://127.0.0.1:…, here"));
  }
  person.say(
      absl::StrCat("waiting for ", absl::FormatDuration(person.patience), " at most; Ctrl-C gives up"));
}

// What is typed, line by line.
class Typed {
 public:
  explicit Typed(int fd) : fd_(fd) {}

  int fd() const { return fd_; }
  bool HasEnded() const { return fd_ < 0; }

  // Takes what is there to read.
  void Read() {
    char buffer[4096];
    const ssize_t count = read(fd_, buffer, sizeof(buffer));
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) return;
    if (count <= 0 || text_.size() > kLongestTyped) {
      fd_ = -1;
      if (!text_.empty()) text_ += '\n';
      return;
    }
    text_.append(buffer, static_cast<size_t>(count));
  }
  absl::optional<std::string> TakeLine() {
    const size_t end = text_.find('\n');
    if (end == std::string::npos) return absl::nullopt;
    std::string line = text_.substr(0, end);
    text_.erase(0, end + 1);
    return line;
  }

 private:
  int fd_;
  std::string text_;
};

bool IsAnswer(const absl::StatusOr<Secret>& code) {
  return code.ok() || absl::IsPermissionDenied(code.status());
}

// Waits at `fds` until something is there, for a while.
void WaitAt(const std::vector<int>& fds, absl::Duration limit) {
  std::vector<pollfd> waiting;
  waiting.reserve(fds.size());
  for (const int fd : fds) waiting.push_back({fd, POLLIN, 0});
  const absl::Duration nap = std::max(absl::ZeroDuration(), std::min(limit, kLongestNap));
  poll(waiting.data(), static_cast<nfds_t>(waiting.size()),
       static_cast<int>(absl::ToInt64Milliseconds(nap)) + 1);
}

// Returns the code in what was typed, if there is one; NotFound when not.
absl::StatusOr<Secret> CodeTyped(Typed* typed, const Attempt& attempt, const Person& person) {
  while (const absl::optional<std::string> line = typed->TakeLine()) {
    if (line->find_first_not_of(" \t\r") == std::string::npos) continue;
    absl::StatusOr<Secret> code = CodeInPasted(*line, attempt.state);
    if (IsAnswer(code)) return code;
    person.say(absl::StrCat("what was pasted is not taken: ", code.status().message()));
  }
  return absl::NotFoundError("nothing was pasted");
}

absl::StatusOr<Secret> AwaitCode(const Attempt& attempt, RedirectListener* listener, const Person& person,
                                 Clock& clock) {
  const absl::Time deadline = clock.Now() + person.patience;
  Typed typed(person.types_at);
  while (clock.Now() < deadline) {
    std::vector<int> fds = listener == nullptr ? std::vector<int>() : listener->fds();
    const size_t listened = fds.size();
    if (!typed.HasEnded()) fds.push_back(typed.fd());
    if (fds.empty()) return absl::CancelledError("no address was pasted");
    WaitAt(fds, deadline - clock.Now());
    absl::StatusOr<Secret> code =
        listener == nullptr ? absl::NotFoundError("") : listener->Serve(attempt.state);
    if (IsAnswer(code)) return code;
    pollfd at_typed = {typed.fd(), POLLIN, 0};
    if (fds.size() > listened && poll(&at_typed, 1, 0) > 0) typed.Read();
    code = CodeTyped(&typed, attempt, person);
    if (IsAnswer(code)) return code;
  }
  return absl::DeadlineExceededError(
      absl::StrCat("nobody signed in within ", absl::FormatDuration(person.patience)));
}

absl::StatusOr<OAuthTokens> Redeem(const Secret& code, const OAuthSite& site, const Attempt& attempt,
                                   const NetworkContext& fetch) {
  HttpRequest request;
  request.method = "POST";
  request.url = absl::StrCat(site.origin, "/v1/token");
  request.headers = {{"accept", "application/json"}, {"content-type", "application/x-www-form-urlencoded"}};
  request.body = CanonicalQuery({{"grant_type", "authorization_code"},
                                 {"code", code.Reveal()},
                                 {"client_id", site.client_id},
                                 {"redirect_uri", attempt.redirect},
                                 {"code_verifier", attempt.verifier.Reveal()}});
  const Secret sent(absl::StrCat(code.Reveal(), " ", attempt.verifier.Reveal()));
  absl::StatusOr<std::string> body = FetchBody(std::move(request), sent, fetch);
  return body.ok() ? ReadTokenReply(*body, fetch.clock.ServerNow()) : body.status();
}

}  // namespace

absl::StatusOr<OAuthTokens> SignInByBrowser(const OAuthSite& site, const Person& person,
                                            const NetworkContext& fetch) {
  absl::optional<RedirectListener> listener;
  if (person.has_browser) {
    absl::StatusOr<RedirectListener> opened = RedirectListener::Open();
    if (!opened.ok())
      return WithHint(opened.status(), "end another sign-in that still waits, or use --no-browser");
    listener = *std::move(opened);
  }
  const Attempt attempt = {RedirectAddress(listener ? listener->port() : kFirstRedirectPort)};
  Tell(PageOf(site, attempt), person, fetch.environment);
  absl::StatusOr<Secret> code = AwaitCode(attempt, listener ? &*listener : nullptr, person, fetch.clock);
  listener.reset();
  if (!code.ok()) return WithContext(code.status(), "OAuth");
  absl::StatusOr<OAuthTokens> tokens = Redeem(*code, site, attempt, fetch);
  if (!tokens.ok()) return WithContext(tokens.status(), "OAuth");
  return tokens;
}

}  // namespace credential_provider
