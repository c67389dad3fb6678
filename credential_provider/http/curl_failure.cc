#include "credential_provider/http/curl_failure.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/http/network_failure.h"
#include "credential_provider/http/proxy.h"
#include "credential_provider/http/url.h"

namespace credential_provider {
namespace {

constexpr int kProxyWantsUser = 407;

absl::StatusCode CodeOf(CURLcode result) {
  switch (result) {
    case CURLE_OPERATION_TIMEDOUT:
      return absl::StatusCode::kDeadlineExceeded;
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
      return absl::StatusCode::kAborted;
    default:
      return absl::StatusCode::kUnavailable;
  }
}

// Which of the checks of the server's certificate failed, for which libcurl has one code and few words.
NetworkFailure CertificateFailure(absl::string_view details) {
  if (absl::StrContains(details, "expired") || absl::StrContains(details, "not yet valid"))
    return NetworkFailure::kServerDates;
  if (absl::StrContains(details, "subject name")) return NetworkFailure::kServerName;
  return NetworkFailure::kAuthority;
}

// Whether it is the proxy that failed: with one, it alone is connected to.
bool IsOfProxy(const CurlFailure& failure) {
  return failure.code == CURLE_COULDNT_RESOLVE_PROXY || failure.code == CURLE_PROXY ||
         failure.code == CURLE_COULDNT_CONNECT ||
         (failure.proxy_status != 0 && failure.proxy_status / 100 != 2);
}

NetworkFailure KindOf(const CurlFailure& failure) {
  switch (failure.code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return NetworkFailure::kName;
    case CURLE_COULDNT_CONNECT:
      return NetworkFailure::kRefused;
    case CURLE_OPERATION_TIMEDOUT:
      return NetworkFailure::kTimeout;
    case CURLE_PEER_FAILED_VERIFICATION:
      return CertificateFailure(failure.details);
    case CURLE_SSL_CONNECT_ERROR:
      return NetworkFailure::kTls;
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
      return NetworkFailure::kBroken;
    default:
      return NetworkFailure::kOther;
  }
}

absl::string_view HintFor(CURLcode result, NetworkFailure failure) {
  if (result == CURLE_SSL_CACERT_BADFILE) {
    return "check the file given with --ca-file; without one, install the system's authorities (package "
           "ca-certificates)";
  }
  switch (failure) {
    case NetworkFailure::kName:
    case NetworkFailure::kRefused:
    case NetworkFailure::kTimeout:
      return "check the network, HTTPS_PROXY and NO_PROXY, and the region or endpoint given";
    case NetworkFailure::kAuthority:
      return "if a proxy of your company re-signs TLS, give its authority with --ca-file or SSL_CERT_FILE";
    case NetworkFailure::kServerName:
      return "check the address given: another server may have taken it";
    case NetworkFailure::kServerDates:
      return "check this machine's clock; if it is right, the server's owner has to renew its certificate";
    case NetworkFailure::kTls:
      return "check the address given: what answers at this port speaks no TLS of today, perhaps plain http";
    case NetworkFailure::kBroken:
      return "the connection broke: try again; if it stays, check HTTPS_PROXY and NO_PROXY";
    default:
      return "";
  }
}

std::string ReasonFor(const CurlFailure& failure, NetworkFailure kind, const HttpRequest& request) {
  switch (kind) {
    case NetworkFailure::kTimeout:
      return absl::StrCat("no answer within ",
                          absl::FormatDuration(absl::Ceil(request.timeout, absl::Milliseconds(100))),
                          request.proxy_url.empty() ? "" : " through the proxy of proxy-url");
    case NetworkFailure::kAuthority:
      return "TLS: no authority that is trusted here signed the server's certificate";
    case NetworkFailure::kServerName:
      return "TLS: the server's certificate is for another name";
    case NetworkFailure::kServerDates:
      return "TLS: the server's certificate has expired or is not valid yet";
    default:
      return std::string(failure.refused.empty() ? failure.text : failure.refused);
  }
}

std::string ProxyHint(int proxy_status, const std::string& setting) {
  if (proxy_status == 0) return absl::StrCat("check ", setting, ", and that the proxy runs");
  if (proxy_status == kProxyWantsUser)
    return absl::StrCat("put the proxy's user and password into ", setting,
                        ": http://USER:PASSWORD@HOST:PORT");
  return absl::StrCat("the proxy does not let this host through: ask who runs it, or correct ", setting);
}

absl::Status ProxyStatus(const CurlFailure& failure, const Proxy& proxy, absl::string_view origin) {
  const std::string reason = failure.proxy_status == 0 ? std::string(failure.text)
                                                       : absl::StrCat("answers HTTP ", failure.proxy_status);
  const absl::Status status = absl::UnavailableError(
      absl::StrCat(origin, ": proxy ", proxy.address, " (", proxy.setting, "): ", reason));
  return WithHint(WithNetworkFailure(status, NetworkFailure::kProxy),
                  ProxyHint(failure.proxy_status, proxy.setting));
}

}  // namespace

absl::Status FailureStatus(const CurlFailure& failure, const HttpRequest& request) {
  const std::string origin = ShownOrigin(request.url);
  const absl::optional<Proxy> proxy = ProxyOf(request);
  if (proxy && IsOfProxy(failure)) return ProxyStatus(failure, *proxy, origin);
  const NetworkFailure kind = KindOf(failure);
  const absl::Status error(CodeOf(failure.code),
                           absl::StrCat(origin, ": ", ReasonFor(failure, kind, request)));
  const absl::string_view hint = HintFor(failure.code, kind);
  return hint.empty() ? WithNetworkFailure(error, kind) : WithHint(WithNetworkFailure(error, kind), hint);
}

}  // namespace credential_provider
