#include "kubeconfig_writer/access/cluster_access.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/crypto/certificate_facts.h"
#include "credential_provider/http/url.h"
#include "credential_provider/kubernetes/api_server.h"
#include "credential_provider/text/did_you_mean.h"
#include "kubeconfig_writer/access/user_credential.h"
#include "kubeconfig_writer/schema/text_field.h"
#include "kubeconfig_writer/schema/user_fields.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

absl::StatusOr<KubeconfigEntry> Need(const MergedKubeconfig& kubeconfig, KubeconfigList list,
                                     const std::string& name) {
  absl::optional<KubeconfigEntry> entry = kubeconfig.Find(list, name);
  if (entry.has_value()) return *std::move(entry);
  return absl::NotFoundError(absl::StrCat(EntryKey(list), " ", Printable(name), ": not in the kubeconfig"));
}

// Puts the cluster's authority into the request, after checking that it is one.
absl::Status SetAuthority(const KubeconfigEntry& cluster, HttpRequest* request) {
  absl::Status one = CheckDataOrFile(cluster.content, "certificate-authority");
  if (!one.ok()) return one;
  absl::StatusOr<std::string> pem =
      DataOrFile(cluster, "certificate-authority-data", "certificate-authority");
  if (!pem.ok()) return pem.status();
  if (pem->empty()) return absl::OkStatus();
  absl::Status readable = ReadCertificate(*pem).status();
  if (!readable.ok()) {
    return WithHint(WithContext(readable, "certificate-authority"),
                    "the cluster's entry needs the authority that signed its server's certificate");
  }
  request->trusted_ca_pem = *std::move(pem);
  return absl::OkStatus();
}

absl::StatusOr<ApiServer> ServerOf(const KubeconfigEntry& cluster) {
  ApiServer server;
  server.url = TextAt(cluster.content, "server");
  server.url.resize(std::min(server.url.find_first_of("?#"), server.url.size()));  // as kubectl
  if (server.url.empty()) {
    return WithHint(absl::FailedPreconditionError("server: missing"),
                    "complete the cluster's entry: server: https://HOST:PORT");
  }
  if (!absl::StartsWithIgnoreCase(server.url, "https://")) {
    return WithHint(
        absl::FailedPreconditionError("server: not an https address, so no credential is sent there"),
        "correct the server's address; kubectl starts no plugin for plain http either");
  }
  if (absl::StrContains(OriginOf(server.url), "@")) {
    return WithHint(absl::FailedPreconditionError("server: its address contains a user or password"),
                    "take it out of the address: a token or certificate belongs into the user's entry");
  }
  const auto insecure = cluster.content.find("insecure-skip-tls-verify");
  if (insecure != cluster.content.end() && *insecure == true) {
    return WithHint(
        absl::FailedPreconditionError(
            "insecure-skip-tls-verify: anybody may play this server, so no credential is sent there"),
        "give the cluster its certificate-authority-data instead");
  }
  absl::Status authority = SetAuthority(cluster, &server.request);
  if (!authority.ok()) return authority;
  server.request.tls_server_name = TextAt(cluster.content, "tls-server-name");
  server.request.proxy_url = TextAt(cluster.content, "proxy-url");
  server.request.headers = {{"accept", "application/json"}, {"content-type", "application/json"}};
  return server;
}

void SetCredential(const UserCredential& credential, HttpRequest* request) {
  if (!credential.authorization.empty())
    request->headers["authorization"] = credential.authorization.Reveal();
  if (!credential.impersonate.empty()) request->headers["impersonate-user"] = credential.impersonate;
  request->client_certificate_pem = credential.certificate_pem;
  request->client_key_pem = credential.key_pem;
}

// The name that the client certificate gives the caller, which is the user's to Kubernetes; "" when something
// else may name it.
std::string NameIn(const UserCredential& credential) {
  if (credential.certificate_pem.empty() || !credential.authorization.empty()) return "";
  absl::StatusOr<CertificateFacts> facts = ReadCertificate(credential.certificate_pem);
  return facts.ok() ? Printable(facts->subject.common_name) : "";
}

}  // namespace

absl::StatusOr<ContextView> FindContext(const MergedKubeconfig& kubeconfig, absl::string_view name) {
  absl::StatusOr<KubeconfigEntry> context = Need(kubeconfig, KubeconfigList::kContexts, std::string(name));
  if (!context.ok()) {
    return WithHint(context.status(), DidYouMean(name, kubeconfig.Names(KubeconfigList::kContexts),
                                                 "`kubectl config get-contexts` shows those that are there"));
  }
  absl::StatusOr<KubeconfigEntry> cluster =
      Need(kubeconfig, KubeconfigList::kClusters, TextAt(context->content, "cluster"));
  absl::StatusOr<KubeconfigEntry> user =
      Need(kubeconfig, KubeconfigList::kUsers, TextAt(context->content, "user"));
  for (const absl::Status& found : {cluster.status(), user.status()}) {
    if (!found.ok())
      return WithHint(WithContext(found, absl::StrCat("context ", Printable(name))),
                      "complete the context, or install it again");
  }
  return ContextView{*std::move(context), *std::move(cluster), *std::move(user)};
}

absl::StatusOr<Access> ReachCluster(const KubeconfigEntry& cluster, const KubeconfigEntry& user,
                                    const AccessOptions& options, SayStep say) {
  absl::StatusOr<ApiServer> server = ServerOf(cluster);
  if (!server.ok()) return WithContext(server.status(), absl::StrCat("cluster ", Printable(cluster.name)));
  absl::StatusOr<UserCredential> credential =
      GetUserCredential(user, cluster, options.environment, options.time_limit, absl::Now(), say);
  if (!credential.ok()) return WithContext(credential.status(), absl::StrCat("user ", Printable(user.name)));
  server->request.timeout = options.time_limit;
  SetCredential(*credential, &server->request);
  absl::StatusOr<std::string> name = ReviewCaller(*server, options.transport, say);
  if (!name.ok()) return name.status();
  if (name->empty()) *name = NameIn(*credential);
  return Access{*std::move(name), ListNamespaces(*server, options.transport, say)};
}

}  // namespace kubeconfig_writer
