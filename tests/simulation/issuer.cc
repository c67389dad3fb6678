#include "tests/simulation/issuer.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"

namespace credential_provider::simulation {
namespace {

// From this difference on a server refuses a signature for its date, and so tells the time.
constexpr Nanos kToldFrom = 15 * kMinute;

}  // namespace

absl::StatusOr<Credential> Issuer::Issue(Run& run) {
  kernel_.Step("asks for a credential of key %d", run.key);
  properties_.IssuanceBegins(run);
  const size_t before = properties_.issued.size();
  absl::StatusOr<Credential> answer = Answer(run);
  // Between the answer's arrival and what the run does next nothing can come.
  int number = -1;
  for (size_t i = before; answer.ok() && i < properties_.issued.size(); ++i) {
    if (properties_.issued[i].token == answer->token.Reveal()) number = static_cast<int>(i);
  }
  if (number >= 0) {
    Issued& issued = properties_.issued[static_cast<size_t>(number)];
    issued.given = kernel_.WallTime();
    issued.given_at = kernel_.now();
    issued.seems_end = answer->expires;
    issued.wrong_clock = kernel_.ahead() != 0;
  }
  properties_.IssuanceEnds(run, number);
  kernel_.Note("credential %d", number);
  return answer;
}

absl::StatusOr<Credential> Issuer::Answer(Run& run) {
  Mood now = mood;
  if (now == Mood::kMixed)
    now = kernel_.random.Pick({Mood::kWell, Mood::kFailing, Mood::kThrottling, Mood::kHanging});
  const Nanos wait =
      std::min(kernel_.random.Spread(kMillisecond, longest_answer), run.time_limit - 10 * kMillisecond);
  const bool good = good_secret;
  if (now == Mood::kHanging) {
    kernel_.Sleep(run.time_limit);
    return absl::DeadlineExceededError("cs.example: no answer in time");
  }
  if (now == Mood::kThrottling) {
    for (int tries = 0; tries < 3; ++tries) kernel_.Sleep(wait / 3);
    return absl::ResourceExhaustedError("cs.example: HTTP 429: Throttling.User");
  }
  kernel_.Sleep(wait / 2);
  if (!good) return absl::UnauthenticatedError("cs.example: HTTP 404: InvalidAccessKeyId.NotFound");
  if (now == Mood::kFailing) return absl::UnavailableError("cs.example: HTTP 503");
  absl::StatusOr<Credential> made = Make(run);
  kernel_.Sleep(wait / 2);
  return made;
}

absl::StatusOr<Credential> Issuer::Make(Run& run) {
  Issued issued;
  issued.key = run.key;
  issued.end = absl::FromUnixSeconds(absl::ToUnixSeconds(kernel_.TrueTime() + life));
  issued.token = absl::StrCat("key-", run.key, ".number-", properties_.issued.size(), ".");
  for (int i = 0; i < padding; ++i) issued.token += static_cast<char>('a' + kernel_.random.Below(26));
  properties_.issued.push_back(issued);
  const bool told = kernel_.ahead() > kToldFrom || kernel_.ahead() < -kToldFrom;
  const absl::Time end = told ? issued.end + absl::Seconds(kernel_.ahead() / kSecond) : issued.end;
  return Credential{Secret(issued.token), "", Secret(), end};
}

void Issuer::Revoke(int key) {
  kernel_.Note("the cluster refuses what was issued for key %d", key);
  for (Issued& issued : properties_.issued) issued.revoked = issued.revoked || issued.key == key;
}

}  // namespace credential_provider::simulation
