// credential_provider: a client-go exec credential provider. See README.md.
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "credential_provider/alibaba_cloud/acs_client.h"
#include "credential_provider/alibaba_cloud/endpoint.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/exec/exec_credential.h"
#include "credential_provider/exec/exec_info.h"
#include "credential_provider/http/curl_transport.h"
#include "credential_provider/invocation.h"
#include "credential_provider/issuers/ack_issuer.h"
#include "credential_provider/provide_credential.h"
#include "credential_provider/report.h"
#include "credential_provider/sources/source_chain.h"
#include "credential_provider/store/disk_store.h"
#include "credential_provider/store/store_directory.h"

namespace credential_provider {
namespace {

constexpr char kProgram[] = "credential_provider";
constexpr char kVersion[] = "0.1.0";
constexpr int kSuccess = 0;
constexpr int kFailure = 1;
constexpr int kWrongUsage = 2;

constexpr char kHelp[] =
    R"(credential_provider prints a short-lived credential for a Kubernetes cluster, as kubectl asks for it.

Usage:
  credential_provider get ack --cluster-id ID [flags]   a client certificate of an Alibaba Cloud ACK cluster
  credential_provider get ack --help                    the flags
  credential_provider version

It is meant to be started by kubectl: `kubeconfig_writer install ack` puts it into the kubeconfig.
)";

constexpr char kGetAckHelp[] =
    R"(Prints an ExecCredential with a client certificate for one ACK cluster: a stored one while it is good, else a
new one, for which it signs one request with the AccessKey in ALIBABA_CLOUD_ACCESS_KEY_ID and _SECRET (and
_SECURITY_TOKEN).

Usage: credential_provider get ack --cluster-id ID [flags]

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
absl::StatusOr<Credential> Issue(const Invocation& invocation, const Identity& identity) {
  absl::StatusOr<ServiceUrl> endpoint = CsEndpoint(invocation.ack.region, invocation.ack.cs_endpoint);
  if (!endpoint.ok()) return endpoint.status();
  CurlTransport transport(invocation.ca_file);
  SystemClock clock;
  AcsClient client(*std::move(endpoint), transport, clock, invocation.timeout);
  return IssueAckCredential(invocation.ack, identity, client, clock.Now());
}

absl::StatusOr<std::string> Answer(const Invocation& invocation, const Environment& environment) {
  absl::StatusOr<ExecApiVersion> version = AnswerVersion(invocation, environment);
  if (!version.ok()) return version.status();
  absl::StatusOr<Identity> identity = FindIdentity(environment);
  if (!identity.ok()) return identity.status();
  absl::StatusOr<std::string> directory = invocation.cache_dir;
  if (directory->empty()) directory = DefaultStoreDirectory(environment);
  if (!directory.ok()) return directory.status();
  DiskStore store(*std::move(directory));
  absl::StatusOr<Secret> status_json = ProvideCredential(
      AckCredentialKey(invocation.ack, *identity), absl::Now(), store,
      [&] { return Issue(invocation, *identity); }, Warn);
  if (!status_json.ok()) return status_json.status();
  return RenderExecCredential(*version, status_json->Reveal());
}

int GetAck(absl::Span<const std::string> args, const Environment& environment) {
  std::vector<FlagSpec> specs = GetAckFlags();
  specs.push_back({"--help", nullptr, "this text"});
  constexpr char kSeeHelp[] = "credential_provider get ack --help";
  absl::StatusOr<ParsedFlags> flags = ParseFlags(specs, args);
  if (!flags.ok()) return WrongUsage(flags.status(), kSeeHelp);
  if (flags->Has("--help")) return Print(absl::StrCat(kGetAckHelp, "Flags:\n", FormatFlags(specs)));
  if (!flags->operands().empty()) {
    return WrongUsage(absl::InvalidArgumentError(
                          absl::StrCat(Printable(flags->operands()[0], 60), ": unexpected argument")),
                      kSeeHelp);
  }
  absl::StatusOr<Invocation> invocation = MakeInvocation(*flags);
  if (!invocation.ok()) return WrongUsage(invocation.status(), kSeeHelp);
  absl::StatusOr<std::string> answer = Answer(*invocation, environment);
  return answer.ok() ? Print(*answer) : Fail(answer.status(), kFailure);
}

int Run(absl::Span<const std::string> args, const Environment& environment) {
  const std::string command = args.empty() ? "" : args[0];
  if (command == "help" || command == "--help" || command == "-h") return Print(kHelp);
  if (command == "version" || command == "--version")
    return Print(absl::StrCat(kProgram, " ", kVersion, "\n"));
  if (command == "get" && args.size() > 1 && args[1] == "ack") return GetAck(args.subspan(2), environment);
  const absl::string_view reason = command.empty()    ? "no command given"
                                   : command == "get" ? "get: unknown issuer, only ack is"
                                                      : "unknown command";
  return WrongUsage(absl::InvalidArgumentError(reason), "credential_provider help");
}

}  // namespace
}  // namespace credential_provider

int main(int argc, char** argv) {
  signal(SIGPIPE, SIG_IGN);  // a reader that went away is an error to report, not a death
  const rlimit no_core = {0, 0};
  setrlimit(RLIMIT_CORE, &no_core);  // the memory holds keys
  const std::vector<std::string> args(argv + (argc > 0 ? 1 : 0), argv + argc);
  return credential_provider::Run(args, credential_provider::Environment(environ));
}
