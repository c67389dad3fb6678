#include "credential_provider/commands/explain_command.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "credential_provider/answer/forecast.h"
#include "credential_provider/answer/principals.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/report.h"
#include "credential_provider/commands/forecast_text.h"
#include "credential_provider/commands/issuer_commands.h"
#include "credential_provider/commands/row_cells.h"
#include "credential_provider/identity/identity_text.h"
#include "credential_provider/identity/identity_words.h"
#include "credential_provider/identity/shown_key.h"
#include "credential_provider/kubernetes/plugin_policy.h"
#include "credential_provider/sign_in/profile_sign_in.h"
#include "credential_provider/sources/source_chain.h"
#include "credential_provider/text/time_text.h"
#include "nlohmann/json.hpp"

namespace credential_provider {
namespace {

using nlohmann::ordered_json;

// Rows for people and an object for programs, made together so that they say the same.
class Explanation {
 public:
  // `policy` is not OK when kubectl would not start the program, which comes before all else.
  explicit Explanation(const absl::Status& policy) : policy_(policy) {}

  void Add(const char* name, absl::string_view value, const char* field = nullptr) {
    table_ += FactLine(name, value);
    if (field != nullptr) json_[field] = std::string(value);
  }
  // What a client meets that starts the program, and what to do about it.
  void AddNow(absl::string_view what, absl::string_view hint = "") {
    if (!policy_.ok()) {
      Add("now", absl::StrCat("no answer: kubectl does not start it: ", policy_.message()), "now");
      Add("hint", HintOf(policy_), "hint");
    }
    Add(policy_.ok() ? "now" : "otherwise", what, policy_.ok() ? "now" : "otherwise");
    if (policy_.ok() && !hint.empty()) Add("hint", hint, "hint");
  }
  ordered_json& json() { return json_; }
  Output Make(OutputFormat format, int exit_status) {
    if (!policy_.ok()) json_["outcome"] = "not-started";
    return Output{IsData(format) ? FormatData(json_, format) : table_, policy_.ok() ? exit_status : kFailure};
  }

 private:
  const absl::Status& policy_;
  std::string table_;
  ordered_json json_ = ordered_json::object();
};

void AddSource(const FoundIdentity& found, Explanation* explanation) {
  const FoundIn& in = found.identity.found_in;
  explanation->Add("source", found.identity.source, "source");
  if (!in.profile.empty()) explanation->Add("profile", in.profile, "profile");
  if (!in.file.empty()) explanation->Add("file", in.file, "file");
  if (*in.chosen_by != '\0') explanation->Add("chosen by", in.chosen_by, "chosenBy");
  explanation->json()["passedOver"] = ordered_json::array();
  for (const SkippedSource& skipped : found.skipped) {
    explanation->Add("passed over", absl::StrCat(skipped.source, ": ", skipped.reason));
    explanation->json()["passedOver"].push_back({{"source", skipped.source}, {"reason", skipped.reason}});
  }
}

void AddKey(const Invocation& invocation, const Identity& identity, Explanation* explanation) {
  const KeyParts parts = ShownParts(invocation.issuer->Key(identity));
  const std::string options = OptionsInWords(parts, identity.who);
  explanation->Add("for", absl::StrCat(invocation.issuer->Subject(), ", ", invocation.kind->name,
                                       options.empty() ? "" : ", ", options));
  ordered_json& key = explanation->json()["key"] = ordered_json::object();
  for (const auto& [name, value] : parts) key[name] = value;
}

ordered_json TimeJson(const absl::optional<absl::Time>& time) {
  return time ? ordered_json(FormatInstant(*time)) : ordered_json();
}

ordered_json ChangesJson(const Forecast& forecast) {
  ordered_json changes = ordered_json::array();
  if (!forecast.other) return changes;
  for (const Difference& one : forecast.other->differences)
    changes.push_back({{"part", one.part}, {"then", one.then}, {"now", one.now}});
  return changes;
}

bool HasExpired(const Identity& identity, absl::Time now) { return identity.sign_in_end <= now; }

// A profile to which nobody has ever signed in says no end.
std::string ExpiredInWords(const Identity& identity, absl::Time now) {
  if (identity.sign_in_end <= absl::UnixEpoch()) return "nobody has signed in yet";
  return absl::StrCat("the sign-in expired ", InWords(identity.sign_in_end, now));
}

// Nobody can say whom the sign-in stands for: without one that lasts there is no answer.
Output SignInHasExpired(const Identity& identity, const Environment& environment, absl::Time now,
                        OutputFormat format, Explanation* explanation) {
  explanation->AddNow(absl::StrCat("no answer: ", ExpiredInWords(identity, now)),
                      absl::StrCat("run `", SignInLine(identity.found_in.profile, environment), "`"));
  explanation->json()["outcome"] = "sign-in-expired";
  return explanation->Make(format, kFailure);
}

void AddForecast(const Forecast& forecast, int refresh_ahead, absl::Time now, Explanation* explanation) {
  explanation->Add("stored", StoredInWords(forecast, now));
  explanation->AddNow(OutcomeInWords(forecast, refresh_ahead, now), HintOf(forecast.failure));
  for (const std::string& remark : RemarksOn(forecast)) explanation->Add("", remark);
  const std::string last = LastInWords(forecast, now);
  if (!last.empty()) explanation->Add("last issued", last, "last");
  for (const std::string& change : ChangesInWords(forecast, now)) explanation->Add("changed", change);
  ordered_json& json = explanation->json();
  json["rule"] = std::string(NameOf(forecast.verdict));
  json["outcome"] = std::string(NameOf(forecast.outcome));
  json["issued"] = TimeJson(forecast.issued);
  json["expires"] = TimeJson(forecast.expires);
  json["store"] = std::string(StoreKindName(forecast.place));
  json["changed"] = ChangesJson(forecast);
}

Output NobodyAsks(const absl::Status& failure, const absl::Status& policy, OutputFormat format) {
  Explanation explanation(policy);
  explanation.Add("identity", "none");
  explanation.AddNow(absl::StrCat("no answer: ", failure.message()), HintOf(failure));
  explanation.json()["outcome"] = "no-identity";
  return explanation.Make(format, kFailure);
}

std::vector<FlagSpec> ExplainFlags(const Command& command) {
  std::vector<FlagSpec> flags = IssuerGetFlags(command);
  flags.push_back(kStanzaProgramFlag);
  flags.push_back(kOutputFlag);
  return flags;
}

absl::StatusOr<Output> RunExplain(const Command& command, const ParsedFlags& flags,
                                  const Environment& environment) {
  absl::StatusOr<OutputFormat> format = ParseOutputFormat(flags);
  if (!format.ok()) return format.status();
  absl::StatusOr<Invocation> invocation = MakeInvocation(*command.kind, flags);
  if (!invocation.ok()) return UsageError(invocation.status());
  const absl::Status policy = CheckPluginPolicy(StanzaProgram(flags), environment).status();
  return Explain(*invocation, policy, environment, *format, absl::Now());
}

}  // namespace

Output Explain(const Invocation& invocation, const absl::Status& policy, const Environment& environment,
               OutputFormat format, absl::Time now) {
  Principals principals(invocation, invocation.store, environment);
  absl::StatusOr<FoundIdentity> found = FindIdentity(invocation.identity, environment, principals.Seen());
  if (!found.ok()) return NobodyAsks(found.status(), policy, format);
  AddUnusedRole(invocation.identity, environment, &*found);
  Explanation explanation(policy);
  explanation.json()["identity"] = ShownIdentity(found->identity.who);
  explanation.Add("identity", IdentityInWords(found->identity.who));
  AddSource(*found, &explanation);
  if (!found->identity.resolved && HasExpired(found->identity, now))
    return SignInHasExpired(found->identity, environment, now, format, &explanation);
  if (!found->identity.resolved) {
    explanation.AddNow(
        "asks that source first whom it stands for, which is not remembered: only then it is known what is "
        "stored for that");
    explanation.json()["outcome"] = "asks-who";
    return explanation.Make(format, kSuccess);
  }
  AddKey(invocation, found->identity, &explanation);
  const Forecast forecast = Foresee(invocation, found->identity, environment, now);
  AddForecast(forecast, invocation.refresh_ahead, now, &explanation);
  if (HasExpired(found->identity, now)) {
    explanation.Add("", absl::StrCat(ExpiredInWords(found->identity, now),
                                     ": a new one can be had only with a session that is remembered"));
  }
  return explanation.Make(format, forecast.outcome == Outcome::kFailureTold ? kFailure : kSuccess);
}

std::vector<Command> ExplainCommands() {
  return ForEachIssuer([](const IssuerKind&) {
    return Command{
        "explain",
        "",
        "who would ask, what is stored, and what would happen now",
        R"(Explains, with the arguments of `get`, what a kubectl would meet now, and does none of it: whether kuberc lets it start
this program, who would ask and why (source, profile, sources that were passed over), what is stored, whether that would be
served, renewed or replaced and by which rule, when and why the last one was issued, and what differs from what there is for
the same cluster. Uses no network and writes nothing. The exit status is 1 when there would be no answer.)",
        &ExplainFlags,
        &RunExplain};
  });
}

}  // namespace credential_provider
