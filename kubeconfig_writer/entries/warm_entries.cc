#include "kubeconfig_writer/entries/warm_entries.h"

#include <map>
#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "credential_provider/answer/principals.h"
#include "credential_provider/answer/warm_credential.h"
#include "credential_provider/base/clock.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/base/waiting.h"
#include "credential_provider/cli/command.h"
#include "credential_provider/http/curl_transport.h"
#include "credential_provider/invocation/invocation.h"
#include "credential_provider/process/child_environment.h"
#include "credential_provider/sources/identity_flags.h"
#include "credential_provider/sources/source_chain.h"
#include "credential_provider/store/credential_store.h"
#include "credential_provider/text/status_json.h"
#include "kubeconfig_writer/schema/exec_stanza.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

void WarnUser(const absl::Status& status) { PrintWarning(kWriterProgramName, status); }

// Which cluster it is about, the name of the context tells: without that, what many failed by is one reason.
absl::Status WithoutSubject(const absl::Status& status, const std::string& subject) {
  const absl::Status shorter(status.code(), absl::StripPrefix(status.message(), absl::StrCat(subject, ": ")));
  const std::string hint = HintOf(status);
  return hint.empty() ? shorter : WithHint(shorter, hint);
}

// Who asks in some contexts, with the variables of their stanzas.
class Asker {
 public:
  Asker(const Invocation& invocation, const ExecStanza& stanza, const Environment& parent)
      : variables_(parent) {
    for (const auto& [name, value] : stanza.env) variables_.Set(name, value);
    environment_ = variables_.environment();
    principals_ = std::make_unique<Principals>(invocation, invocation.store, environment_);
    store_ = std::make_unique<CredentialStore>(invocation.store, environment_);
    found_ = FindIdentity(invocation.identity, environment_, principals_->Asking());
  }

  const absl::StatusOr<FoundIdentity>& found() const { return found_; }
  const Environment& environment() const { return environment_; }
  CredentialStore& store() { return *store_; }

  // Gets the key, once: a role's session is remembered for those that are about to ask. REQUIRES:
  // found().ok().
  const absl::Status& SignIn(const Caller& caller) {
    if (signed_in_) return *signed_in_;
    CurlTransport transport(caller.ca_file, &SayWaitingFor);
    SystemClock clock;
    const Identity& identity = found_->identity;
    const absl::Status status = identity
                                    .access_key({transport, clock, environment_, caller.timeout,
                                                 SessionsIn(*store_, clock), &WarnUser})
                                    .status();
    return signed_in_.emplace(WithContext(status, absl::StrCat("identity ", identity.source)));
  }

 private:
  ChildEnvironment variables_;
  Environment environment_{nullptr};
  std::unique_ptr<Principals> principals_;
  std::unique_ptr<CredentialStore> store_;
  absl::StatusOr<FoundIdentity> found_;
  absl::optional<absl::Status> signed_in_;
};

// A context that needs a credential.
struct Target {
  std::string context;
  Invocation invocation;
  Asker* asker;
};

class Warmer {
 public:
  explicit Warmer(const Environment& environment) : environment_(environment) {}

  void Look(const OurRow& row);
  void SignIn();
  void AskForAll(const ParallelLimits& limits, absl::FunctionRef<void(size_t, size_t)> show);

  WarmReport report;

 private:
  Asker& AskerOf(const Invocation& invocation, const ExecStanza& stanza);
  std::string Ask(const Target& target);
  void Take(const Target& target, const std::string& text);

  const Environment& environment_;
  std::map<std::string, std::unique_ptr<Asker>> askers_;
  std::vector<Target> targets_;
  std::map<std::string, std::unique_ptr<CurlTransport>>
      transports_;  // of a process, by the file of authorities
};

Asker& Warmer::AskerOf(const Invocation& invocation, const ExecStanza& stanza) {
  std::vector<std::string> parts = FormatIdentityOptions(invocation.identity);
  parts.push_back(absl::StrCat("region ", invocation.identity.region, " ca ", invocation.ca_file, " within ",
                               absl::FormatDuration(invocation.timeout)));
  for (const std::string& part : FormatStoreOptions(invocation.store)) parts.push_back(part);
  for (const auto& [name, value] : stanza.env) parts.push_back(absl::StrCat(name, "=", value));
  std::unique_ptr<Asker>& asker = askers_[absl::StrJoin(parts, absl::string_view("\0", 1))];
  if (asker == nullptr) asker = std::make_unique<Asker>(invocation, stanza, environment_);
  return *asker;
}

// Finds out, without asking for it, whether the row needs a credential.
void Warmer::Look(const OurRow& row) {
  const auto fail = [&](const absl::Status& status) { report.failures.push_back({row.name, status}); };
  absl::StatusOr<ExecStanza> stanza = ParseExecStanza(row.user.content.at("exec"), row.user.file);
  if (!stanza.ok()) return fail(stanza.status());
  absl::StatusOr<Invocation> invocation = ParseInvocation(stanza->args);
  if (!invocation.ok()) return fail(invocation.status());
  Asker& asker = AskerOf(*invocation, *stanza);
  if (!asker.found().ok()) return fail(asker.found().status());
  if (asker.found()->identity.resolved && IsWarm(*invocation, asker.found()->identity, asker.store())) {
    ++report.good;
  } else {
    targets_.push_back({row.name, *std::move(invocation), &asker});
  }
}

// Whoever cannot sign in is asked to once, and not once for each context.
void Warmer::SignIn() {
  std::vector<Target> able;
  for (Target& target : targets_) {
    const absl::Status& status = target.asker->SignIn(target.invocation);
    if (!status.ok()) report.failures.push_back({target.context, status});
    if (status.ok()) able.push_back(std::move(target));
  }
  targets_ = std::move(able);
}

void Warmer::AskForAll(const ParallelLimits& limits, absl::FunctionRef<void(size_t, size_t)> show) {
  size_t done = 0;
  if (!targets_.empty()) show(0, targets_.size());
  const absl::Status worked = WorkInParallel(
      targets_.size(), limits, [&](size_t number) { return Ask(targets_[number]); },
      [&](size_t number, const std::string& text) {
        Take(targets_[number], text);
        show(++done, targets_.size());
      });
  report.stopped = absl::IsCancelled(worked);
  if (!worked.ok() && !report.stopped) report.failures.push_back({"", worked});
}

// Runs in a process of its own.
std::string Warmer::Ask(const Target& target) {
  std::unique_ptr<CurlTransport>& transport = transports_[target.invocation.ca_file];
  if (transport == nullptr) transport = std::make_unique<CurlTransport>(target.invocation.ca_file);
  const absl::StatusOr<Renewal> renewal = WarmCredential(target.invocation, target.asker->found()->identity,
                                                         target.asker->environment(), *transport, &WarnUser);
  nlohmann::json json = StatusToJson(renewal.status());
  if (renewal.ok()) json["renewal"] = static_cast<int>(*renewal);
  return Packed(json);
}

void Warmer::Take(const Target& target, const std::string& text) {
  const nlohmann::json json = nlohmann::json::parse(text);
  const absl::Status status = StatusFromJson(json);
  if (!status.ok()) {
    return report.failures.push_back(
        {target.context, WithoutSubject(status, target.invocation.issuer->Subject())});
  }
  switch (static_cast<Renewal>(json.at("renewal").get<int>())) {
    case Renewal::kNotDue:
      ++report.good;
      break;
    case Renewal::kRenewed:
      ++report.stored;
      break;
    case Renewal::kLeftToAnother:
      ++report.elsewhere;
      break;
  }
}

}  // namespace

WarmReport WarmEntries(absl::Span<const OurRow> rows, const ParallelLimits& limits,
                       const Environment& environment, absl::FunctionRef<void(size_t, size_t)> show) {
  Warmer warmer(environment);
  for (const OurRow& row : rows) warmer.Look(row);
  warmer.SignIn();
  warmer.AskForAll(limits, show);
  return std::move(warmer.report);
}

}  // namespace kubeconfig_writer
