#include "credential_provider/commands/forecast_text.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/identity/identity_words.h"
#include "credential_provider/runs/backoff.h"
#include "credential_provider/store/store_kind.h"
#include "credential_provider/text/time_text.h"

namespace credential_provider {
namespace {

std::string FailureInWords(const Forecast& forecast, absl::Time now) {
  return absl::StrCat("that failed ", InWords(forecast.failed, now), ": ",
                      Printable(forecast.failure.message()));
}

// Why a new one is asked for.
std::string WhyAsked(const Forecast& forecast, absl::Time now) {
  switch (forecast.verdict) {
    case Verdict::kExpired:
      return absl::StrCat("what is stored expired ", InWords(forecast.expires.value_or(now), now));
    case Verdict::kEnding:
      return absl::StrCat("what is stored expires ", InWords(forecast.expires.value_or(now), now),
                          ", which is less than a command may need");
    case Verdict::kClockSetBack:
      return "what is stored was issued in the future: this machine's clock was set back since";
    default:
      break;
  }
  if (forecast.keeps_nothing) return "--store none keeps nothing, so each run asks";
  if (!forecast.unstorable.ok())
    return absl::StrCat("nothing can be stored, so each run asks: ", forecast.unstorable.message());
  if (forecast.is_torn)
    return "what is stored under its name cannot be read: it is torn, or the share of it in memory is gone";
  if (forecast.last) return "nothing is stored for it any more";
  return "nothing is stored for it yet";
}

std::string IdentityOr(absl::string_view part, const std::string& value) {
  if (value.empty()) return "none";
  return part == "identity" ? IdentityInWords(value) : value;
}

// Two identities whose words are the same differ in more than these say.
std::string DifferenceInWords(const Difference& difference) {
  std::string then = IdentityOr(difference.part, difference.then);
  std::string now = IdentityOr(difference.part, difference.now);
  if (then == now) {
    then = difference.then;
    now = difference.now;
  }
  return absl::StrCat(difference.part, ": ", Printable(now), " now, ", Printable(then), " then");
}

absl::string_view WhyInWords(absl::string_view why) {
  if (why == "first") return "nothing was stored for it before";
  if (why == "lost") return "what was stored before was gone";
  if (why == "expired") return "what was stored had expired, or was about to";
  if (why == "refused") return "the cluster seemed to refuse the one before: the same client asked again";
  if (why == "ahead") return "it was renewed in the background before the one before expired";
  return "install, export or warm asked for it";
}

}  // namespace

absl::string_view NameOf(Outcome outcome) {
  constexpr absl::string_view kNames[] = {
      "served", "served-and-renewed", "served-not-renewed", "served-despite-failure", "asked",
      "waits",  "failure-told"};
  return kNames[static_cast<int>(outcome)];
}

std::string StoredInWords(const Forecast& forecast, absl::Time now) {
  if (!forecast.issued) return "nothing";
  const bool in_past = forecast.expires.value_or(now) < now;
  return absl::StrCat("store ", StoreKindName(forecast.place), ", issued ", InWords(*forecast.issued, now),
                      in_past ? ", expired " : ", expires ", InWords(forecast.expires.value_or(now), now));
}

std::string OutcomeInWords(const Forecast& forecast, int refresh_ahead, absl::Time now) {
  switch (forecast.outcome) {
    case Outcome::kServed:
      return "answered from the store, and nobody is asked: what is stored is good, and not due for renewal";
    case Outcome::kServedAndRenewed:
      return absl::StrCat("answered from the store, and renewed in the background: the last ", refresh_ahead,
                          "% of its life have begun");
    case Outcome::kServedNotRenewed:
      return absl::StrCat("answered from the store; it is due for renewal, but ",
                          FailureInWords(forecast, now));
    case Outcome::kServedDespiteFailure:
      return absl::StrCat("answered from the store with a warning: it has to be renewed, but ",
                          FailureInWords(forecast, now));
    case Outcome::kFailureTold:
      return absl::StrCat("no answer: a new one has to be asked for, ", FailureInWords(forecast, now),
                          "; it is asked again ", absl::FormatDuration(kFailureWindow), " after that");
    case Outcome::kWaits:
      return absl::StrCat("waits for process ", forecast.issuing,
                          ", which is asking for a new one now: ", WhyAsked(forecast, now));
    default:
      return absl::StrCat("asks for a new one: ", WhyAsked(forecast, now));
  }
}

std::vector<std::string> RemarksOn(const Forecast& forecast) {
  if (forecast.refused_to == 0) return {};
  const std::string begin = absl::StrCat("process ", forecast.refused_to, " has been given what is stored; ");
  if (forecast.refused_before) {
    return {begin +
            "the cluster seems to refuse it, and the one before too: `kubeconfig_writer verify` says "
            "what the server answers"};
  }
  return {begin + "if that asks again, the cluster is taken to refuse it, and another is asked for"};
}

std::string LastInWords(const Forecast& forecast, absl::Time now) {
  if (!forecast.last) return "";
  return absl::StrCat(InWords(forecast.last->time, now), ", because ", WhyInWords(forecast.last->why));
}

std::vector<std::string> ChangesInWords(const Forecast& forecast, absl::Time now) {
  std::vector<std::string> lines;
  if (!forecast.other) return lines;
  for (const Difference& difference : forecast.other->differences) {
    lines.push_back(absl::StrCat(DifferenceInWords(difference), " (issued ",
                                 InWords(forecast.other->issued, now),
                                 forecast.other->is_stored ? ", stored still)" : ")"));
  }
  return lines;
}

}  // namespace credential_provider
