#include "credential_provider/commands/login_command.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/clock.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/base/waiting.h"
#include "credential_provider/cli/report.h"
#include "credential_provider/commands/whoami_command.h"
#include "credential_provider/http/curl_transport.h"
#include "credential_provider/invocation/invocation.h"
#include "credential_provider/sign_in/profile_sign_in.h"
#include "credential_provider/sources/source_chain.h"
#include "credential_provider/text/time_text.h"

namespace credential_provider {
namespace {

constexpr FlagSpec kNoBrowserFlag = {"--no-browser", nullptr,
                                     "starts no browser here: for a machine without one, or over ssh"};
constexpr FlagSpec kWaitFlag = {"--wait", "TIME",
                                "the longest that it waits for you to sign in: 1s to 1h (default: 10m)"};

std::vector<FlagSpec> LoginFlags(const Command&) {
  std::vector<FlagSpec> flags = {kNoBrowserFlag, kWaitFlag};
  const std::vector<FlagSpec> caller = CallerFlags();
  std::copy_if(caller.begin(), caller.end(), std::back_inserter(flags), [](const FlagSpec& flag) {
    const absl::string_view name = flag.name;
    return name == "--profile" || name == "--ca-file" || name == kTimeoutFlag.name;
  });
  return flags;
}

absl::StatusOr<absl::Duration> ParseWait(const ParsedFlags& flags) {
  absl::Duration wait;
  if (!absl::ParseDuration(flags.Get(kWaitFlag.name, "10m"), &wait) || wait < absl::Seconds(1) ||
      wait > absl::Hours(1)) {
    return flags.About(kWaitFlag.name, absl::InvalidArgumentError("not a time between 1s and 1h"));
  }
  return wait;
}

std::string Until(const SignInResult& result, absl::Time now) {
  const bool said = result.end != absl::UnixEpoch();
  const std::string end =
      said ? absl::StrCat(FormatInstant(result.end), ", ", InWords(result.end, now)) : "not said";
  return result.renews_itself ? absl::StrCat(end, ", and renews itself") : end;
}

// Whose the sign-in is says STS, not which role a profile assumes that builds on it. That it cannot be asked
// is no failure: the sign-in is there.
absl::StatusOr<std::string> WhoSignedIn(const SignInProfile& profile, const NetworkContext& fetch) {
  IdentityOptions options;
  options.profile = profile.name;
  absl::StatusOr<FoundIdentity> found = FindIdentity(options, fetch.environment);
  if (!found.ok()) return found.status();
  absl::StatusOr<Whoami> whoami = FindWhoami(*found, fetch);
  if (!whoami.ok()) return whoami.status();
  return whoami->caller.arn;
}

std::string Facts(const SignInProfile& profile, const SignInResult& result, absl::string_view who,
                  absl::Time now) {
  std::string facts = FactLine("signed in", who.empty() ? "yes" : who);
  absl::StrAppend(&facts, FactLine("profile", profile.name), FactLine("file", profile.path),
                  FactLine("until", Until(result, now)));
  return facts;
}

absl::StatusOr<Output> RunLogin(const Command&, const ParsedFlags& flags, const Environment& environment) {
  absl::StatusOr<Caller> caller = ParseCaller(flags);
  if (!caller.ok()) return UsageError(caller.status());
  absl::StatusOr<absl::Duration> wait = ParseWait(flags);
  if (!wait.ok()) return UsageError(wait.status());
  absl::StatusOr<SignInProfile> profile = FindSignInProfile(caller->identity.profile, environment);
  if (!profile.ok()) return profile.status();
  signal(SIGPIPE, SIG_IGN);
  CurlTransport transport(caller->ca_file, &SayWaitingFor);
  SystemClock clock;
  const auto warn = [](const absl::Status& status) { PrintWarning(kProgramName, status); };
  const NetworkContext fetch = {transport, clock, environment, caller->timeout, SessionStore(), warn};
  const bool has_browser = !flags.Has(kNoBrowserFlag.name);
  const Person person = {&Say, *wait, has_browser,
                         !has_browser || isatty(STDIN_FILENO) != 0 ? STDIN_FILENO : -1};
  absl::StatusOr<SignInResult> result = SignInToProfile(*profile, person, fetch);
  if (!result.ok()) {
    const std::string again = SignInLine(profile->name, environment);
    return WithHint(WithContext(result.status(), absl::StrCat("profile ", Printable(profile->name, 60))),
                    absl::StrCat("nothing was changed; `", again, "` tries again"));
  }
  Say("the sign-in is written; asking STS whose it is");
  absl::StatusOr<std::string> who = WhoSignedIn(*profile, fetch);
  if (!who.ok()) warn(WithContext(who.status(), "signed in, but not who it is"));
  return Output{Facts(*profile, *result, who.ok() ? *who : "", clock.Now())};
}

}  // namespace

const Command kLoginCommand = {
    "login",
    "",
    "signs in again to a profile of mode CloudSSO or OAuth",
    R"(Signs in again to a profile of `aliyun` whose sign-in has expired: the one of --profile, else the current one, or what
it builds on. Mode CloudSSO shows an address and a code, which you confirm in any browser, on any machine. Mode OAuth starts
a browser that comes back to this program; where there is none, paste the address at which the browser ends. Writes the new
tokens into the profile, and nothing else: which profile is the current one stays. Until you have signed in, Ctrl-C changes nothing. No
token is shown.)",
    &LoginFlags,
    &RunLogin,
};

}  // namespace credential_provider
