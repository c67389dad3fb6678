#include "kubeconfig_writer/install_command.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "credential_provider/alibaba_cloud/endpoint.h"
#include "credential_provider/alibaba_cloud/user_kubeconfig.h"
#include "credential_provider/base/clock.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/http/curl_transport.h"
#include "credential_provider/sources/source_chain.h"
#include "kubeconfig_writer/cluster_entry.h"
#include "kubeconfig_writer/kubeconfig_file.h"
#include "kubeconfig_writer/kubeconfig_path.h"
#include "kubeconfig_writer/provider_command.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

constexpr char kContextName[] = "--context-name";
constexpr char kUse[] = "--use";
constexpr char kCommand[] = "--command";

constexpr FlagSpec kOwnFlags[] = {
    {kContextName, "NAME", "the name of cluster, user and context (default: ISSUER-CLUSTER_ID)"},
    kKubeconfigFlag,
    {kUse, nullptr, "make it the current-context; without this only when there is none"},
    {kCommand, "PATH", "credential_provider, when it is not beside this program"},
};

absl::StatusOr<UserKubeconfig> AskAck(const Invocation& invocation, const Environment& environment) {
  absl::StatusOr<Found> found = FindIdentity(invocation.identity, environment);
  if (!found.ok()) return found.status();
  absl::StatusOr<ServiceUrl> endpoint = CsEndpoint(invocation.ack.region, invocation.ack.cs_endpoint);
  if (!endpoint.ok()) return endpoint.status();
  CurlTransport transport(invocation.ca_file);
  SystemClock clock;
  absl::StatusOr<AccessKey> key =
      found->identity.access_key({transport, clock, environment, invocation.timeout});
  if (!key.ok()) return WithContext(key.status(), absl::StrCat("identity ", found->identity.source));
  AcsClient client(*std::move(endpoint), transport, clock, invocation.timeout);
  return DescribeClusterUserKubeconfig(
      client, *key, {invocation.ack.cluster_id, invocation.ack.private_endpoint, invocation.ack.duration});
}

// Checks what ACK said about the cluster before it stands in a kubeconfig.
absl::Status CheckCluster(const UserKubeconfig& cluster, const AckOptions& options) {
  if (cluster.server.empty()) {
    const char* const type = options.private_endpoint ? "private" : "public";
    return WithHint(
        absl::NotFoundError(absl::StrCat("cluster ", options.cluster_id, ": has no ", type, " endpoint")),
        absl::StrCat("use --endpoint-type ", options.private_endpoint ? "public" : "private"));
  }
  if (cluster.server.rfind("https://", 0) != 0 || cluster.certificate_authority_data.empty()) {
    return absl::FailedPreconditionError(
        absl::StrCat("cluster ", options.cluster_id, ": no https server with an authority in ACK's answer"));
  }
  return absl::OkStatus();
}

// Returns the file of `paths` that has an entry called `name`, or else the one for new entries.
absl::StatusOr<std::string> PathFor(const std::vector<std::string>& paths, const std::string& name) {
  for (const std::string& path : paths) {
    absl::StatusOr<KubeconfigDocument> document = ReadKubeconfig(path);
    if (!document.ok()) return document.status();
    for (const KubeconfigList list : kKubeconfigLists) {
      if (document->Has(list, name)) return path;
    }
  }
  return PathForNewEntry(paths);
}

// Returns true when no file of `paths` sets a current-context.
absl::StatusOr<bool> NoCurrentContext(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    absl::StatusOr<KubeconfigDocument> document = ReadKubeconfig(path);
    if (!document.ok()) return document.status();
    if (!document->current_context().empty()) return false;
  }
  return true;
}

absl::StatusOr<ClusterEntry> MakeEntry(const InstallRequest& request, const std::string& path,
                                       const Environment& environment) {
  ClusterEntry entry;
  entry.name = request.context_name;
  entry.args = FormatInvocation(request.invocation);
  entry.api_version = request.invocation.api_version;
  entry.command = request.command;
  if (entry.command.empty()) {
    absl::StatusOr<std::string> provider = FindProvider();
    if (!provider.ok()) return provider.status();
    absl::StatusOr<std::string> command = CommandFor(*provider, path, environment);
    if (!command.ok()) return command.status();
    entry.command = *std::move(command);
  }
  return entry;
}

absl::StatusOr<Output> RunInstall(const Command& command, const ParsedFlags& flags,
                                  const Environment& environment) {
  absl::StatusOr<InstallRequest> request = ParseInstall(*FindIssuerKind(LastWord(command)), flags);
  if (!request.ok()) return UsageError(request.status());
  absl::StatusOr<std::string> told = Install(*request, environment);
  if (!told.ok()) return told.status();
  return Output{*std::move(told)};
}

}  // namespace

std::vector<FlagSpec> InstallFlags() {
  std::vector<FlagSpec> flags = GetFlags();
  flags.insert(flags.end(), std::begin(kOwnFlags), std::end(kOwnFlags));
  return flags;
}

absl::StatusOr<InstallRequest> ParseInstall(const IssuerKind& issuer, const ParsedFlags& flags) {
  absl::StatusOr<Invocation> invocation = MakeInvocation(issuer, flags);
  if (!invocation.ok()) return invocation.status();
  InstallRequest request;
  request.context_name =
      std::string(flags.Get(kContextName, absl::StrCat(issuer.name, "-", invocation->ack.cluster_id)));
  request.invocation = *std::move(invocation);
  request.kubeconfig = std::string(flags.Get(kKubeconfigFlag.name));
  request.command = std::string(flags.Get(kCommand));
  request.use = flags.Has(kUse);
  return request;
}

absl::StatusOr<std::string> Install(const InstallRequest& request, const Environment& environment) {
  absl::StatusOr<std::vector<std::string>> paths = KubeconfigPaths(request.kubeconfig, environment);
  if (!paths.ok()) return paths.status();
  absl::StatusOr<std::string> path = PathFor(*paths, request.context_name);
  if (!path.ok()) return path.status();
  absl::StatusOr<bool> make_current = NoCurrentContext(*paths);
  if (!make_current.ok()) return make_current.status();
  absl::StatusOr<ClusterEntry> entry = MakeEntry(request, *path, environment);
  if (!entry.ok()) return entry.status();
  absl::StatusOr<UserKubeconfig> cluster = AskAck(request.invocation, environment);
  if (!cluster.ok()) return cluster.status();
  absl::Status complete = CheckCluster(*cluster, request.invocation.ack);
  if (!complete.ok()) return complete;
  entry->server = cluster->server;
  entry->certificate_authority_data = cluster->certificate_authority_data;
  const bool use = request.use || *make_current;
  absl::StatusOr<bool> changed = EditKubeconfig(*path, [&](KubeconfigDocument& document) {
    absl::Status added = AddEntry(*entry, document);
    if (added.ok() && use) added = document.SetCurrentContext(entry->name);
    return added;
  });
  if (!changed.ok()) return changed.status();
  return absl::StrCat(*changed ? "wrote context " : "nothing to do: context ", entry->name,
                      *changed ? " to " : " is in ", *path, use ? ", the current-context\n" : "\n");
}

const Command kInstallAckCommand = {
    "install ack",
    "",
    "adds cluster, user and context of an ACK cluster",
    R"(Asks ACK once for the address and the authority of the cluster, with the caller's own AccessKey, and adds cluster,
user and context to the kubeconfig. No secret is written: the user runs `credential_provider get` with the flags given
here. Doing it again changes nothing.)",
    &InstallFlags,
    &RunInstall,
};

const Command kInstallAckTokenCommand = {
    "install ack-token",
    "",
    "the same, with tokens for ack-ram-authenticator",
    R"(Asks ACK once for the address and the authority of the cluster, with the caller's own AccessKey, and adds cluster,
user and context to the kubeconfig. No secret is written: the user runs `credential_provider get` with the flags given
here. Doing it again changes nothing.)",
    &InstallFlags,
    &RunInstall,
};

}  // namespace kubeconfig_writer
