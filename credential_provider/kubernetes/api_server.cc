#include "credential_provider/kubernetes/api_server.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/http/network_failure.h"
#include "credential_provider/text/json_reader.h"

namespace credential_provider {
namespace {

constexpr char kReviewPath[] = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
constexpr char kReview[] = R"({"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"})";
constexpr char kNamespacesPath[] = "/api/v1/namespaces?limit=1";
constexpr size_t kLongestName = 100;

absl::string_view HintFor(NetworkFailure failure) {
  switch (failure) {
    case NetworkFailure::kName:
      return "check the host in the server's address, and that this network's DNS knows it";
    case NetworkFailure::kRefused:
      return "check the port in the server's address, and that the cluster runs";
    case NetworkFailure::kTimeout:
      return "something drops the packets: check the cluster's access list, firewalls, HTTPS_PROXY and "
             "NO_PROXY, and "
             "whether its private or its public address is the one to use";
    case NetworkFailure::kAuthority:
      return "the certificate authority given for the cluster is not this server's: the address may belong "
             "to "
             "another cluster now, or have changed: `install` writes it again, with --server ack also in the "
             "place of an address of your own";
    case NetworkFailure::kServerName:
      return "use an address that the server's certificate names, or set tls-server-name in the cluster's "
             "entry";
    case NetworkFailure::kServerDates:
      return "check this machine's clock; if it is right, the API server's certificate has to be renewed";
    case NetworkFailure::kTls:
      return "check the server's address: what answers there speaks no TLS of today";
    default:
      return "";
  }
}

// Says of a failure what it means when it is an API server that does not answer.
absl::Status Explain(const absl::Status& failure, const ApiServer& server, absl::string_view step) {
  const NetworkFailure kind = NetworkFailureOf(failure);
  const bool no_authority = kind == NetworkFailure::kAuthority && server.request.trusted_ca_pem.empty();
  const absl::string_view hint =
      no_authority ? "give the cluster's entry its certificate-authority-data" : HintFor(kind);
  if (hint.empty()) return WithContext(failure, step);
  return WithHint(absl::Status(failure.code(), absl::StrCat(step, ": ", failure.message())), hint);
}

absl::StatusOr<HttpResponse> Ask(const ApiServer& server, HttpRequest request, absl::string_view path,
                                 HttpTransport& transport, absl::string_view step) {
  request.url = absl::StrCat(absl::StripSuffix(server.url, "/"), path);
  absl::StatusOr<HttpResponse> response = transport.Send(request);
  if (!response.ok()) return Explain(response.status(), server, step);
  return response;
}

// The API server's word on a request with the credential.
absl::Status CheckAnswer(const HttpResponse& response, absl::string_view step) {
  if (response.status < 300) return absl::OkStatus();
  const std::string reason = absl::StrCat(step, ": HTTP ", response.status);
  if (response.status == 401) {
    return WithHint(
        absl::UnauthenticatedError(absl::StrCat(reason, ": the cluster does not know the caller")),
        "the credential is refused: it may be revoked, or, for a token, the cluster lacks "
        "ack-ram-authenticator or a RAMIdentityMapping for this identity");
  }
  if (response.status == 403) {
    return WithHint(
        absl::PermissionDeniedError(absl::StrCat(reason, ": the cluster knows the caller and refuses this")),
        "ask the cluster's administrator for a role (RBAC) for this identity");
  }
  return WithHint(absl::UnavailableError(reason),
                  "the server, or a proxy in front of it, is in trouble: try again later");
}

// Every API server knows its version, though it may not tell everybody.
absl::Status CheckVersion(const ApiServer& server, const HttpResponse& response, SayStep say) {
  if (response.status == 401) return CheckAnswer(response, "api server");
  if (response.status >= 500) return CheckAnswer(response, "api server");
  JsonReader in(response.body, "");
  const std::string version = response.status < 300 ? in.String("gitVersion") : "";
  const bool is_kubernetes =
      !version.empty() || (response.status == 403 && in.OptionalString("kind") == "Status");
  if (!is_kubernetes) {
    return WithHint(absl::FailedPreconditionError(absl::StrCat("api server: ", server.url, " answers HTTP ",
                                                               response.status,
                                                               ", but not as a Kubernetes API server does")),
                    "check host, port and path of the server's address");
  }
  say("api server",
      absl::StrCat(server.url, ", ",
                   version.empty() ? "keeps its version to itself" : Printable(version, kLongestName)));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> ReviewCaller(const ApiServer& server, HttpTransport& transport, SayStep say) {
  absl::StatusOr<HttpResponse> version = Ask(server, server.request, "/version", transport, "api server");
  if (!version.ok()) return version.status();
  absl::Status answered = CheckVersion(server, *version, say);
  if (!answered.ok()) return answered;
  HttpRequest review = server.request;
  review.method = "POST";
  review.body = kReview;
  absl::StatusOr<HttpResponse> reviewed =
      Ask(server, std::move(review), kReviewPath, transport, "self subject review");
  if (!reviewed.ok()) return reviewed.status();
  if (reviewed->status == 404) {
    say("caller", "not named: the cluster is older than Kubernetes 1.28");
    return std::string();
  }
  answered = CheckAnswer(*reviewed, "self subject review");
  if (!answered.ok()) return answered;
  JsonReader in(reviewed->body, "self subject review");
  JsonReader user = in.Object("status").Object("userInfo");
  std::string name = Printable(user.String("username"), kLongestName);
  if (!user.status().ok()) return user.status();
  say("caller", absl::StrCat("the cluster knows it as ", name));
  return name;
}

absl::Status ListNamespaces(const ApiServer& server, HttpTransport& transport, SayStep say) {
  absl::StatusOr<HttpResponse> list =
      Ask(server, server.request, kNamespacesPath, transport, "list of namespaces");
  if (!list.ok()) return list.status();
  if (list->status == 403) {
    return WithHint(
        absl::PermissionDeniedError("list of namespaces: HTTP 403: the cluster knows the caller, who may "
                                    "not list them"),
        "the sign-in works; for more, ask the cluster's administrator for a role (RBAC); who has rights "
        "in one namespace only may see them with `kubectl auth can-i --list -n NAMESPACE`");
  }
  absl::Status answered = CheckAnswer(*list, "list of namespaces");
  if (answered.ok()) say("namespaces", "may be listed");
  return answered;
}

}  // namespace credential_provider
