#include "credential_provider/commands/doctor_command.h"

#include <signal.h>

#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "credential_provider/alibaba_cloud/acs_client.h"
#include "credential_provider/alibaba_cloud/caller_identity.h"
#include "credential_provider/alibaba_cloud/user_kubeconfig.h"
#include "credential_provider/base/clock.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/base/typed_name.h"
#include "credential_provider/base/waiting.h"
#include "credential_provider/cli/listing.h"
#include "credential_provider/cli/report.h"
#include "credential_provider/commands/issuer_commands.h"
#include "credential_provider/commands/status_command.h"
#include "credential_provider/http/curl_transport.h"
#include "credential_provider/http/proxy.h"
#include "credential_provider/identity/identity_words.h"
#include "credential_provider/issuers/cs_endpoint.h"
#include "credential_provider/kubernetes/api_server.h"
#include "credential_provider/kubernetes/exec_info.h"
#include "credential_provider/kubernetes/plugin_policy.h"
#include "credential_provider/process/own_path.h"
#include "credential_provider/process/versioned_path.h"
#include "credential_provider/sources/roles/sts_place.h"
#include "credential_provider/sources/source_chain.h"
#include "credential_provider/store/credential_store.h"
#include "credential_provider/text/time_text.h"

namespace credential_provider {
namespace {

// ACK refuses requests that are dated further off.
constexpr absl::Duration kClockTolerance = absl::Minutes(15);

std::string Origin(const ServiceUrl& url) { return absl::StrCat(url.scheme, "://", url.authority); }

absl::Status CheckConfiguration(const Invocation& invocation, const std::string& program,
                                const Environment& environment, SayStep say) {
  absl::StatusOr<absl::optional<ExecApiVersion>> version =
      RequestedApiVersion(environment.Get("KUBERNETES_EXEC_INFO"));
  if (!version.ok()) return version.status();
  say("configuration", absl::StrCat(invocation.kind->name, ", ", invocation.issuer->Subject(),
                                    ", answers in ", FullName(version->value_or(invocation.api_version))));
  absl::StatusOr<std::string> allowed = CheckPluginPolicy(program, environment);
  if (!allowed.ok()) return allowed.status();
  say("plugin policy", *allowed);
  return absl::OkStatus();
}

// How `request` leaves this machine, and whom it trusts at the other end.
std::string ProxyInWords(const HttpRequest& request) {
  const absl::optional<Proxy> proxy = ProxyOf(request);
  if (proxy) return absl::StrCat(proxy->setting, " leads to ", proxy->address);
  const absl::optional<Proxy> passed = ProxyOfEnvironment(request);
  return passed ? absl::StrCat("none: NO_PROXY or a loopback address leads past ", passed->setting) : "none";
}

std::string TrustInWords(const Invocation& invocation, const Environment& environment) {
  if (!invocation.ca_file.empty()) return absl::StrCat("the authorities in ", Printable(invocation.ca_file));
  std::string set;
  for (const char* const variable : {"SSL_CERT_FILE", "SSL_CERT_DIR"}) {
    const absl::string_view value = environment.Get(variable);
    if (!value.empty())
      absl::StrAppend(&set, set.empty() ? ", as set by " : " and ", variable, " ", Printable(value));
  }
  return absl::StrCat("the system's authorities", set);
}

// Reaches Container Service without a signature: name, connection, TLS and clock are tried before any key is.
absl::Status CheckNetwork(const CsEndpointChoice& cs, const Invocation& invocation,
                          const NetworkContext& fetch, SayStep say) {
  HttpRequest request;
  request.url = absl::StrCat(Origin(cs.url), "/");
  say("endpoint", absl::StrCat(Origin(cs.url), " (", cs.reason, ")"));
  say("proxy", ProxyInWords(request));
  say("trust", TrustInWords(invocation, fetch.environment));
  request.timeout = fetch.time_limit;
  absl::StatusOr<HttpResponse> response = fetch.transport.Send(request);
  if (!response.ok()) return WithContext(response.status(), "network");
  say("network", absl::StrCat(Origin(cs.url), " answers"));
  absl::Time server;
  const auto date = response->headers.find("date");
  if (date == response->headers.end() ||
      !absl::ParseTime("%a, %d %b %Y %H:%M:%S GMT", date->second, &server, nullptr)) {
    say("clock", "unknown: the server does not say what time it is");
    return absl::OkStatus();
  }
  const absl::Duration off = absl::Trunc(fetch.clock.Now() - server, absl::Seconds(1));
  if (absl::AbsDuration(off) > kClockTolerance) {
    return WithHint(absl::FailedPreconditionError(absl::StrCat("clock: ", absl::FormatDuration(off),
                                                               " from the server's, and 15m are allowed")),
                    "set this machine's clock");
  }
  say("clock", absl::StrCat(absl::FormatDuration(off), " from the server's"));
  return absl::OkStatus();
}

absl::StatusOr<AccessKey> CheckIdentity(const Identity& identity, const std::string& region,
                                        const NetworkContext& fetch, SayStep say) {
  say("identity", absl::StrCat(identity.source, ": ", IdentityInWords(identity.who)));
  absl::StatusOr<AccessKey> key = identity.access_key(fetch);
  if (!key.ok()) return WithContext(key.status(), absl::StrCat("identity ", identity.source));
  absl::StatusOr<ServiceUrl> endpoint = FindStsOf(identity, region, fetch.environment);
  if (!endpoint.ok()) return endpoint.status();
  const std::string origin = Origin(*endpoint);
  AcsClient sts(*std::move(endpoint), fetch.transport, fetch.clock, fetch.time_limit, fetch.warn);
  absl::StatusOr<CallerIdentity> caller = GetCallerIdentity(sts, *key);
  if (!caller.ok()) return WithContext(caller.status(), "sts");
  say("sts", absl::StrCat(origin, " knows the caller as ", caller->arn));
  return key;
}

HttpRequest ApiRequest(const UserKubeconfig& cluster, const Credential& credential, absl::Duration limit) {
  HttpRequest request;
  request.timeout = limit;
  request.headers = {{"accept", "application/json"}, {"content-type", "application/json"}};
  if (!credential.token.empty())
    request.headers["authorization"] = absl::StrCat("Bearer ", credential.token.Reveal());
  request.client_certificate_pem = credential.certificate_pem;
  request.client_key_pem = credential.key_pem;
  absl::Base64Unescape(cluster.certificate_authority_data, &request.trusted_ca_pem);
  return request;
}

absl::StatusOr<Credential> ExamineIssuer(const Invocation& invocation, const Identity& identity,
                                         const NetworkContext& fetch, SayStep say) {
  absl::StatusOr<Credential> credential = invocation.issuer->Issue(identity, fetch);
  if (!credential.ok()) return credential.status();
  say("credential", absl::StrCat(credential->token.empty() ? "a client certificate" : "a token", " until ",
                                 FormatInstant(credential->expires)));
  return credential;
}

absl::Status CheckCluster(const UserKubeconfig& cluster, const Credential& credential,
                          const NetworkContext& fetch, SayStep say) {
  const ApiServer server = {cluster.server, ApiRequest(cluster, credential, fetch.time_limit)};
  absl::StatusOr<std::string> caller = ReviewCaller(server, fetch.transport, say);
  if (!caller.ok()) return caller.status();
  return ListNamespaces(server, fetch.transport, say);
}

// What is left when all else is well. Without a store a run works, only slower.
Output CheckStore(const StoreOptions& options, const Environment& environment) {
  CredentialStore store(options, environment);
  const absl::StatusOr<Placement> placement = store.Try(absl::Now());
  if (!placement.ok()) {
    WarnOfNoPlace(placement.status());
    return Output{OkLine("all else is well")};
  }
  PrintStep("store", FormatPlacement(*placement));
  return Output{OkLine("all is well")};
}

void WarnOfOwnPath() {
  const std::string path = PathAsStarted();
  // The other program starts the file itself, by no link.
  if (!NamesVersion(path) || HasTypedName()) return;
  PrintWarning(
      kProgramName,
      WithHint(absl::FailedPreconditionError(absl::StrCat(
                   "started as ", Printable(path), ", which names a version, so an upgrade takes it away")),
               "`kubeconfig_writer list` warns when a stanza has that path, and names one that lasts"));
}

std::vector<FlagSpec> DoctorFlags(const Command& command) {
  std::vector<FlagSpec> flags = IssuerGetFlags(command);
  flags.push_back(kStanzaProgramFlag);
  return flags;
}

absl::StatusOr<Output> RunDoctor(const Command& command, const ParsedFlags& flags,
                                 const Environment& environment) {
  absl::StatusOr<Invocation> invocation = MakeInvocation(*command.kind, flags);
  if (!invocation.ok()) return UsageError(invocation.status());
  signal(SIGPIPE, SIG_IGN);
  WarnOfOwnPath();
  CurlTransport transport(invocation->ca_file, &SayWaitingFor);
  SystemClock clock;
  const auto warn = [](const absl::Status& status) { PrintWarning(kProgramName, status); };
  absl::Status examined =
      Examine(*invocation, StanzaProgram(flags),
              {transport, clock, environment, invocation->timeout, SessionStore(), warn}, PrintStep);
  if (!examined.ok()) return examined;
  return CheckStore(invocation->store, environment);
}

}  // namespace

absl::Status Examine(const Invocation& invocation, const std::string& program, const NetworkContext& fetch,
                     SayStep say) {
  absl::Status configured = CheckConfiguration(invocation, program, fetch.environment, say);
  if (!configured.ok()) return configured;
  absl::StatusOr<FoundIdentity> found = FindIdentity(invocation.identity, fetch.environment);
  if (!found.ok()) return found.status();
  if (invocation.issuer->ack() == nullptr)
    return ExamineIssuer(invocation, found->identity, fetch, say).status();
  const AckOptions& ack = *invocation.issuer->ack();
  absl::StatusOr<CsEndpointChoice> endpoint = FindCs(ack, found->identity);
  if (!endpoint.ok()) return endpoint.status();
  absl::Status reached = CheckNetwork(*endpoint, invocation, fetch, say);
  if (!reached.ok()) return reached;
  absl::StatusOr<AccessKey> key = CheckIdentity(found->identity, invocation.identity.region, fetch, say);
  if (!key.ok()) return key.status();
  AcsClient cs(std::move(endpoint->url), fetch.transport, fetch.clock, fetch.time_limit, fetch.warn);
  absl::StatusOr<UserKubeconfig> cluster =
      DescribeClusterUserKubeconfig(cs, *key, {ack.cluster_id, ack.private_endpoint, ack.duration});
  if (!cluster.ok()) return cluster.status();
  say("cs", absl::StrCat("gives a kubeconfig for ", cluster->server));
  absl::StatusOr<Credential> credential = ExamineIssuer(invocation, found->identity, fetch, say);
  if (!credential.ok()) return credential.status();
  return CheckCluster(*cluster, *credential, fetch, say);
}

std::vector<Command> DoctorCommands() {
  return ForEachIssuer([](const IssuerKind&) {
    return Command{
        "doctor",
        "",
        "walks the path of a run and says where it fails",
        R"(Walks the path of a run, with the arguments of `get`: configuration, plugin policy, network (endpoint, proxy,
trust), clock, identity, STS, Container Service, credential, API server, list of namespaces, store. Stops at the first
thing that is broken and says what to do about it. Takes and stores no remembered credential.)",
        &DoctorFlags,
        &RunDoctor};
  });
}

}  // namespace credential_provider
