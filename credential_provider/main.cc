// credential_provider: a client-go exec credential provider. See README.md.
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "credential_provider/base/clock.h"
#include "credential_provider/base/detached_process.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/doctor_command.h"
#include "credential_provider/exec/exec_credential.h"
#include "credential_provider/exec/exec_info.h"
#include "credential_provider/forget_command.h"
#include "credential_provider/http/curl_transport.h"
#include "credential_provider/invocation.h"
#include "credential_provider/issuers/registry.h"
#include "credential_provider/provide_credential.h"
#include "credential_provider/report.h"
#include "credential_provider/sources/source_chain.h"
#include "credential_provider/status_command.h"
#include "credential_provider/store/credential_store.h"
#include "credential_provider/store/key_state.h"
#include "credential_provider/store/store_options.h"
#include "credential_provider/whoami_command.h"

namespace credential_provider {
namespace {

constexpr char kProgram[] = "credential_provider";
constexpr char kVersion[] = "0.1.0";
constexpr int kSuccess = 0;
constexpr int kFailure = 1;
constexpr int kWrongUsage = 2;
// What a run may take beside the network's time.
constexpr absl::Duration kLockSlack = absl::Seconds(5);

constexpr char kHelp[] =
    R"(credential_provider prints a short-lived credential for a Kubernetes cluster, as kubectl asks for it.

Usage:
  credential_provider get ack --cluster-id ID [flags]        a client certificate of an Alibaba Cloud ACK cluster
  credential_provider get ack-token --cluster-id ID [flags]  a bearer token, where ack-ram-authenticator is installed
  credential_provider get ack --help                         the flags
  credential_provider whoami                                 whose AccessKey is used, and where it comes from
  credential_provider doctor ack --cluster-id ID [flags]     walks the path of a run and says where it fails
  credential_provider status                                 what is stored
  credential_provider forget ack --cluster-id ID [flags]     removes it
  credential_provider forget --all                           removes everything stored
  credential_provider version

It is meant to be started by kubectl: `kubeconfig_writer install ack` puts it into the kubeconfig.
)";

constexpr char kGetHelp[] =
    R"(Prints an ExecCredential for one ACK cluster: a stored one while it is good, else a new one. `get ack` signs one
request to Container Service with the caller's own AccessKey and receives a client certificate. `get ack-token` signs
a token here, without a request. The AccessKey comes from the first of the sources that has one, or from the one that
--identity names.

Usage: credential_provider get ack|ack-token --cluster-id ID [flags]

)";

constexpr char kWhoamiHelp[] =
    R"(Shows whose AccessKey is used, which source it comes from, and why not from the sources before that one. Asks
STS, which needs no permission. No secret is shown.

Usage: credential_provider whoami [flags]

)";

constexpr char kDoctorHelp[] =
    R"(Walks the path of a run, with the arguments of `get`: configuration, network, clock, identity, STS, Container
Service, credential, API server. Stops at the first thing that is broken and says what to do about it. Takes and
stores no remembered credential.

Usage: credential_provider doctor ack|ack-token --cluster-id ID [flags]

)";

constexpr char kStatusHelp[] =
    R"(Shows what is stored: cluster, identity, issuer, expiry, last renewal and where. No secret is shown.

Usage: credential_provider status [flags]

)";

constexpr char kForgetHelp[] =
    R"(Removes what is stored: the credential of one cluster, given by the arguments of `get ack`, or everything.

Usage:
  credential_provider forget ack --cluster-id ID [flags of get ack]
  credential_provider forget --all [--store KIND] [--cache-dir DIR]

)";

void Warn(const absl::Status& status) {
  WriteAll(STDERR_FILENO, FormatReport(kProgram, Severity::kWarning, status), "stderr").IgnoreError();
}

int Fail(const absl::Status& status, int exit_status) {
  WriteAll(STDERR_FILENO, FormatReport(kProgram, Severity::kError, status), "stderr").IgnoreError();
  return exit_status;
}

int WrongUsage(const absl::Status& status, absl::string_view help) {
  return Fail(WithHint(status, absl::StrCat("run `", help, "`")), kWrongUsage);
}

int Print(absl::string_view text) {
  absl::Status written = WriteAll(STDOUT_FILENO, text, "stdout");
  return written.ok() ? kSuccess : Fail(written, kFailure);
}

absl::StatusOr<ExecApiVersion> AnswerVersion(const Invocation& invocation, const Environment& environment) {
  absl::StatusOr<absl::optional<ExecApiVersion>> requested =
      RequestedApiVersion(environment.Get("KUBERNETES_EXEC_INFO"));
  if (!requested.ok()) return requested.status();
  return requested->value_or(invocation.api_version);
}

// Makes a new credential: the part of a run that needs the network.
absl::StatusOr<Credential> Issue(const Invocation& invocation, const Identity& identity,
                                 const Environment& environment, CredentialStore& store) {
  signal(SIGPIPE, SIG_IGN);  // a connection that broke is an error to report, not a death
  CurlTransport transport(invocation.ca_file);
  SystemClock clock;
  const SessionStore sessions = {[&store](const CredentialKey& key) { return store.Find(key); },
                                 [&](const CredentialKey& key, const Entry& entry) {
                                   return store.Remember(key, entry, clock.Now()).status();
                                 }};
  const KeyFetch fetch{transport, clock, environment, invocation.timeout, sessions, Warn};
  return invocation.issuer->issue(invocation.ack, identity, fetch);
}

// What one answer is made of. Never destroyed: a run ends right after it, and the kernel closes the files of
// a process that ends faster than it can ask for it.
struct Desk {
  Desk(const Invocation& invocation, const Environment& environment, const CredentialKey& key_asked_for)
      : key(key_asked_for), store(invocation.store, environment), state(store.state_folders(), key) {
    request.starter = {getppid(), !environment.Get("KUBERNETES_EXEC_INFO").empty()};
    request.refresh_ahead = invocation.refresh_ahead / 100.0;
    request.patience = invocation.timeout + kLockSlack;
  }

  const CredentialKey key;
  CredentialStore store;
  KeyState state;
  SystemClock clock;
  ProvideRequest request{key, state};
};

// Renews what was just served, in a process that kubectl does not wait for.
void RenewDetached(const Invocation& invocation, const Environment& environment, const Identity& identity,
                   const CredentialKey& key) {
  if (!ContinueDetached(2 * invocation.timeout + kLockSlack)) return;
  auto& desk = *new Desk(invocation, environment, key);
  RenewAhead(desk.request, desk.store, desk.clock,
             [&] { return Issue(invocation, identity, environment, desk.store); });
}

int Answer(const Invocation& invocation, const Environment& environment) {
  absl::StatusOr<ExecApiVersion> version = AnswerVersion(invocation, environment);
  if (!version.ok()) return Fail(version.status(), kFailure);
  absl::StatusOr<Found> found = FindIdentity(invocation.identity, environment);
  if (!found.ok()) return Fail(found.status(), kFailure);
  const Identity& identity = found->identity;
  auto& desk = *new Desk(invocation, environment, invocation.issuer->key(invocation.ack, identity));
  absl::StatusOr<Provided> provided = ProvideCredential(
      desk.request, desk.store, desk.clock,
      [&] { return Issue(invocation, identity, environment, desk.store); }, Warn);
  if (!provided.ok()) return Fail(provided.status(), kFailure);
  const int status = Print(RenderExecCredential(*version, provided->status_json.Reveal()));
  if (status == kSuccess && provided->renew_ahead) RenewDetached(invocation, environment, identity, desk.key);
  return status;
}

// Parses the flags of a command that takes no operands. What is wrong is printed, and false returned with the
// status to end with; so is the help, when it was asked for.
bool ParseCommand(std::vector<FlagSpec> specs, absl::Span<const std::string> args, absl::string_view help,
                  absl::string_view see_help, ParsedFlags* parsed, int* exit_status) {
  specs.push_back({"--help", nullptr, "this text"});
  absl::StatusOr<ParsedFlags> flags = ParseFlags(specs, args);
  if (flags.ok() && !flags->operands().empty() && !flags->Has("--help")) {
    flags = absl::InvalidArgumentError(
        absl::StrCat(Printable(flags->operands()[0], 60), ": unexpected argument"));
  }
  if (!flags.ok()) {
    *exit_status = WrongUsage(flags.status(), see_help);
    return false;
  }
  if (flags->Has("--help")) {
    *exit_status = Print(absl::StrCat(help, "Flags:\n", FormatFlags(specs)));
    return false;
  }
  *parsed = *std::move(flags);
  return true;
}

// Returns the issuer that `args` begin with and takes it off, null when they begin with none.
const IssuerKind* TakeIssuer(absl::Span<const std::string>* args) {
  const IssuerKind* const issuer = args->empty() ? nullptr : FindIssuerKind(args->front());
  if (issuer != nullptr) args->remove_prefix(1);
  return issuer;
}

int UnknownIssuer(absl::string_view command) {
  return WrongUsage(
      absl::InvalidArgumentError(absl::StrCat(command, ": unknown issuer: ack and ack-token are known")),
      "credential_provider help");
}

int Get(absl::Span<const std::string> args, const Environment& environment) {
  const IssuerKind* const issuer = TakeIssuer(&args);
  if (issuer == nullptr) return UnknownIssuer("get");
  const std::string see_help = absl::StrCat("credential_provider get ", issuer->name, " --help");
  ParsedFlags flags;
  int exit_status = kSuccess;
  if (!ParseCommand(GetFlags(), args, kGetHelp, see_help, &flags, &exit_status)) return exit_status;
  absl::StatusOr<Invocation> invocation = MakeInvocation(*issuer, flags);
  if (!invocation.ok()) return WrongUsage(invocation.status(), see_help);
  return Answer(*invocation, environment);
}

int RunStatus(absl::Span<const std::string> args, const Environment& environment) {
  constexpr char kSeeHelp[] = "credential_provider status --help";
  std::vector<FlagSpec> specs(StoreFlags().begin(), StoreFlags().end());
  specs.push_back({"--output", "FORMAT", "table or json (default: table)"});
  ParsedFlags flags;
  int exit_status = kSuccess;
  if (!ParseCommand(specs, args, kStatusHelp, kSeeHelp, &flags, &exit_status)) return exit_status;
  const absl::string_view output = flags.Get("--output", "table");
  if (output != "table" && output != "json")
    return WrongUsage(absl::InvalidArgumentError("--output: neither table nor json"), kSeeHelp);
  absl::StatusOr<StoreOptions> options = ParseStoreOptions(flags);
  if (!options.ok()) return WrongUsage(options.status(), kSeeHelp);
  CredentialStore store(*options, environment);
  const std::vector<StoredCredential> stored = ListStored(store);
  return Print(output == "json" ? FormatStatusJson(stored) : FormatStatusTable(stored, absl::Now()));
}

int RunWhoami(absl::Span<const std::string> args, const Environment& environment) {
  constexpr char kSeeHelp[] = "credential_provider whoami --help";
  std::vector<FlagSpec> specs = CallerFlags();
  specs.push_back({"--output", "FORMAT", "table or json (default: table)"});
  ParsedFlags flags;
  int exit_status = kSuccess;
  if (!ParseCommand(specs, args, kWhoamiHelp, kSeeHelp, &flags, &exit_status)) return exit_status;
  const absl::string_view output = flags.Get("--output", "table");
  if (output != "table" && output != "json")
    return WrongUsage(absl::InvalidArgumentError("--output: neither table nor json"), kSeeHelp);
  absl::StatusOr<Caller> caller = ParseCaller(flags);
  if (!caller.ok()) return WrongUsage(caller.status(), kSeeHelp);
  absl::StatusOr<Found> found = FindIdentity(caller->identity, environment);
  if (!found.ok()) return Fail(found.status(), kFailure);
  signal(SIGPIPE, SIG_IGN);
  CurlTransport transport(caller->ca_file);
  SystemClock clock;
  absl::StatusOr<Whoami> whoami =
      FindWhoami(*found, {transport, clock, environment, caller->timeout, SessionStore(), Warn});
  if (!whoami.ok()) return Fail(whoami.status(), kFailure);
  return Print(output == "json" ? FormatWhoamiJson(*whoami) : FormatWhoamiTable(*whoami));
}

int RunDoctor(absl::Span<const std::string> args, const Environment& environment) {
  constexpr char kSeeHelp[] = "credential_provider doctor --help";
  ParsedFlags flags;
  int exit_status = kSuccess;
  const IssuerKind* const issuer = TakeIssuer(&args);
  if (!ParseCommand(GetFlags(), args, kDoctorHelp, kSeeHelp, &flags, &exit_status)) return exit_status;
  if (issuer == nullptr) return UnknownIssuer("doctor");
  absl::StatusOr<Invocation> invocation = MakeInvocation(*issuer, flags);
  if (!invocation.ok()) return WrongUsage(invocation.status(), kSeeHelp);
  signal(SIGPIPE, SIG_IGN);
  CurlTransport transport(invocation->ca_file);
  SystemClock clock;
  absl::Status examined =
      Examine(*invocation, {transport, clock, environment, invocation->timeout, SessionStore(), Warn},
              [](absl::string_view step, absl::string_view what) {
                Print(absl::StrCat("ok  ", step, ": ", what, "\n"));
              });
  return examined.ok() ? Print("ok  all is well\n") : Fail(examined, kFailure);
}

int PrintForgotten(const absl::StatusOr<int>& count) {
  if (!count.ok()) return Fail(count.status(), kFailure);
  return Print(*count == 1 ? "forgot 1 credential\n" : absl::StrCat("forgot ", *count, " credentials\n"));
}

int ForgetCredential(const IssuerKind& issuer, absl::Span<const std::string> args,
                     const Environment& environment) {
  constexpr char kSeeHelp[] = "credential_provider forget --help";
  ParsedFlags flags;
  int exit_status = kSuccess;
  if (!ParseCommand(GetFlags(), args, kForgetHelp, kSeeHelp, &flags, &exit_status)) return exit_status;
  absl::StatusOr<Invocation> invocation = MakeInvocation(issuer, flags);
  if (!invocation.ok()) return WrongUsage(invocation.status(), kSeeHelp);
  absl::StatusOr<Found> found = FindIdentity(invocation->identity, environment);
  if (!found.ok()) return Fail(found.status(), kFailure);
  CredentialStore store(invocation->store, environment);
  return PrintForgotten(ForgetOne(issuer.key(invocation->ack, found->identity), store));
}

int Forget(absl::Span<const std::string> args, const Environment& environment) {
  constexpr char kSeeHelp[] = "credential_provider forget --help";
  if (const IssuerKind* const issuer = TakeIssuer(&args)) return ForgetCredential(*issuer, args, environment);
  std::vector<FlagSpec> specs(StoreFlags().begin(), StoreFlags().end());
  specs.push_back({"--all", nullptr, "everything that is stored"});
  ParsedFlags flags;
  int exit_status = kSuccess;
  if (!ParseCommand(specs, args, kForgetHelp, kSeeHelp, &flags, &exit_status)) return exit_status;
  if (!flags.Has("--all"))
    return WrongUsage(absl::InvalidArgumentError("forget: give what to forget, or --all"), kSeeHelp);
  absl::StatusOr<StoreOptions> options = ParseStoreOptions(flags);
  if (!options.ok()) return WrongUsage(options.status(), kSeeHelp);
  CredentialStore store(*options, environment);
  return PrintForgotten(ForgetAll(store));
}

int Run(absl::Span<const std::string> args, const Environment& environment) {
  const std::string command = args.empty() ? "" : args[0];
  if (command == "help" || command == "--help" || command == "-h") return Print(kHelp);
  if (command == "version" || command == "--version")
    return Print(absl::StrCat(kProgram, " ", kVersion, "\n"));
  if (command == "get") return Get(args.subspan(1), environment);
  if (command == "whoami") return RunWhoami(args.subspan(1), environment);
  if (command == "doctor") return RunDoctor(args.subspan(1), environment);
  if (command == "status") return RunStatus(args.subspan(1), environment);
  if (command == "forget") return Forget(args.subspan(1), environment);
  const absl::string_view reason = command.empty() ? "no command given" : "unknown command";
  return WrongUsage(absl::InvalidArgumentError(reason), "credential_provider help");
}

}  // namespace
}  // namespace credential_provider

int main(int argc, char** argv) {
  const rlimit no_core = {0, 0};
  setrlimit(RLIMIT_CORE, &no_core);  // the memory holds keys
  const std::vector<std::string> args(argv + (argc > 0 ? 1 : 0), argv + argc);
  return credential_provider::Run(args, credential_provider::Environment(environ));
}
