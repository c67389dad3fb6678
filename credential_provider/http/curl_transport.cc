#include "credential_provider/http/curl_transport.h"

#include <memory>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/base/waiting.h"
#include "credential_provider/http/curl_library.h"
#include "credential_provider/http/network_failure.h"
#include "credential_provider/http/url.h"

namespace credential_provider {
namespace {

// A kubeconfig with long certificate chains is some 20 KB; what is far larger is not an answer.
constexpr size_t kMaxResponseBytes = 4 << 20;

// One request's handle. An option that this libcurl does not know, or cannot obey, fails the request: without
// it the request would not be the one that was meant, and perhaps not a safe one.
class Transfer {
 public:
  explicit Transfer(const CurlLibrary& curl) : curl_(curl), handle_(curl.EasyInit(), curl.EasyCleanup) {}
  ~Transfer() {
    curl_.SlistFreeAll(headers_);
    curl_.SlistFreeAll(connect_to_);
  }
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // `value` has one of the types that curl's variadic function accepts.
  template <typename Value>
  void Set(CURLoption option, Value value) {
    Remember(curl_.EasySetopt(handle_.get(), option, value));
  }
  void Set(CURLoption option, const std::string& value) { Set(option, value.c_str()); }

  // `pem` is not copied: it must outlive the transfer.
  void SetPem(CURLoption option, const std::string& pem) {
    if (pem.empty()) return;
    curl_blob blob = {const_cast<char*>(pem.data()), pem.size(), CURL_BLOB_NOCOPY};
    Set(option, &blob);
  }

  // Trusts none of the system's authorities beside those that are given: libcurl looks for them in a file,
  // which the given ones replace, and in a folder. An HTTPS proxy has such a pair of its own (PROXY_CAINFO and
  // PROXY_CAPATH), which stays as it is: the given authorities speak for servers and not for the way to them,
  // and what passes through the proxy is checked against them all the same.
  void TrustNoFolder() {
    const CURLcode taken = curl_.EasySetopt(handle_.get(), CURLOPT_CAPATH, static_cast<char*>(nullptr));
    if (taken != CURLE_NOT_BUILT_IN) Remember(taken);  // that libcurl knows no folders
  }

  void AddHeader(const std::string& line) { headers_ = curl_.SlistAppend(headers_, line.c_str()); }

  // Connects to `authority` whatever host the URL names.
  void ConnectTo(absl::string_view authority) {
    connect_to_ = curl_.SlistAppend(connect_to_, absl::StrCat("::", authority).c_str());
    Set(CURLOPT_CONNECT_TO, connect_to_);
  }

  // Calls `waiting` with `origin`, once, when the exchange takes longer than kQuietWait.
  void TellOf(const std::string& origin, void (*waiting)(absl::string_view)) {
    wait_ = {origin, waiting, absl::Now() + kQuietWait};
    Set(CURLOPT_NOPROGRESS, 0L);
    Set(CURLOPT_XFERINFOFUNCTION, &OnProgress);
    Set(CURLOPT_XFERINFODATA, &wait_);
  }

  // What curl says about a failure, beyond its code. Not to be shown: it may quote the server.
  absl::string_view details() const { return details_; }

  // Runs the exchange and collects the response.
  CURLcode Perform(HttpResponse* response) {
    Set(CURLOPT_ERRORBUFFER, &details_[0]);
    Set(CURLOPT_HTTPHEADER, headers_);
    Set(CURLOPT_WRITEFUNCTION, &OnBody);
    Set(CURLOPT_WRITEDATA, response);
    Set(CURLOPT_HEADERFUNCTION, &OnHeader);
    Set(CURLOPT_HEADERDATA, response);
    if (options_ != CURLE_OK) return options_;
    const CURLcode result = curl_.EasyPerform(handle_.get());
    long status = 0;
    curl_.EasyGetinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
    response->status = static_cast<int>(status);
    return result;
  }

 private:
  static size_t OnBody(char* data, size_t, size_t size, void* user) {
    std::string& body = static_cast<HttpResponse*>(user)->body;
    if (body.size() + size > kMaxResponseBytes) return 0;  // curl ends the transfer with CURLE_WRITE_ERROR
    body.append(data, size);
    return size;
  }

  static size_t OnHeader(char* data, size_t, size_t size, void* user) {
    const absl::string_view line(data, size);
    const size_t colon = line.find(':');
    if (colon != absl::string_view::npos) {
      static_cast<HttpResponse*>(user)->headers[absl::AsciiStrToLower(line.substr(0, colon))] =
          std::string(absl::StripAsciiWhitespace(line.substr(colon + 1)));
    }
    return size;
  }

  struct Wait {
    std::string origin;
    void (*tell)(absl::string_view) = nullptr;  // null when it was told
    absl::Time from;
  };

  // curl calls this at least once a second.
  static int OnProgress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    Wait& wait = *static_cast<Wait*>(user);
    if (wait.tell != nullptr && absl::Now() >= wait.from) std::exchange(wait.tell, nullptr)(wait.origin);
    return 0;
  }

  void Remember(CURLcode taken) {
    if (options_ == CURLE_OK) options_ = taken;
  }

  const CurlLibrary& curl_;
  const std::unique_ptr<CURL, void (*)(CURL*)> handle_;
  curl_slist* headers_ = nullptr;
  curl_slist* connect_to_ = nullptr;
  CURLcode options_ = CURLE_OK;  // the first failure to set one
  char details_[CURL_ERROR_SIZE] = "";
  Wait wait_;
};

// Returns the host of a URL that was put together from a ServiceUrl.
std::string HostOf(absl::string_view url) {
  const absl::StatusOr<ServiceUrl> service = ParseServiceUrl(OriginOf(url));
  return service.ok() ? service->host : "";
}

// curl checks the certificate against the URL's host, so another name goes there, and the host elsewhere.
void SetServerName(const HttpRequest& request, Transfer* transfer) {
  const absl::StatusOr<Url> url = ParseUrl(request.url);
  if (request.tls_server_name.empty() || !url.ok()) return transfer->Set(CURLOPT_URL, request.url);
  const ServiceUrl& service = url->service;
  const bool has_port = !absl::EndsWith(service.authority, service.host) &&
                        !absl::EndsWith(service.authority, absl::StrCat(service.host, "]"));
  transfer->Set(CURLOPT_URL, absl::StrCat(service.scheme, "://", request.tls_server_name, url->target));
  transfer->ConnectTo(has_port ? service.authority : absl::StrCat(service.authority, ":443"));
  transfer->AddHeader(absl::StrCat("host: ", service.authority));
}

void SetProxy(const HttpRequest& request, Transfer* transfer) {
  if (!request.proxy_url.empty()) return transfer->Set(CURLOPT_PROXY, request.proxy_url);
  if (!request.use_proxy || IsLoopback(HostOf(request.url))) transfer->Set(CURLOPT_PROXY, "");
}

void SetTrust(const HttpRequest& request, const std::string& ca_file, Transfer* transfer) {
  transfer->Set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  transfer->Set(CURLOPT_SSL_VERIFYPEER, 1L);
  transfer->Set(CURLOPT_SSL_VERIFYHOST, 2L);
  if (!ca_file.empty()) transfer->Set(CURLOPT_CAINFO, ca_file);
  transfer->SetPem(CURLOPT_CAINFO_BLOB, request.trusted_ca_pem);  // wins over the file
  if (!ca_file.empty() || !request.trusted_ca_pem.empty()) transfer->TrustNoFolder();
}

void Prepare(const HttpRequest& request, const std::string& ca_file, Transfer* transfer) {
  SetServerName(request, transfer);
  transfer->Set(CURLOPT_NOSIGNAL, 1L);
  transfer->Set(CURLOPT_FOLLOWLOCATION, 0L);
  transfer->Set(CURLOPT_CONNECTTIMEOUT_MS,
                static_cast<long>(absl::ToInt64Milliseconds(request.connect_timeout)));
  transfer->Set(CURLOPT_TIMEOUT_MS, static_cast<long>(absl::ToInt64Milliseconds(request.timeout)));
  SetTrust(request, ca_file, transfer);
  transfer->SetPem(CURLOPT_SSLCERT_BLOB, request.client_certificate_pem);
  transfer->SetPem(CURLOPT_SSLKEY_BLOB, request.client_key_pem.Reveal());
  SetProxy(request, transfer);
  if (!request.body.empty() || request.method == "POST" || request.method == "PUT") {
    transfer->Set(CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
    transfer->Set(CURLOPT_POSTFIELDS, request.body);  // not copied: the request outlives the transfer
  }
  transfer->Set(CURLOPT_CUSTOMREQUEST, request.method);
  // curl would add a type to a body that has none; an empty one is no form.
  if (request.headers.count("content-type") == 0) transfer->AddHeader("content-type:");
  for (const auto& [name, value] : request.headers) {
    // "Name;" is curl's spelling of a header with an empty value.
    transfer->AddHeader(value.empty() ? absl::StrCat(name, ";") : absl::StrCat(name, ": ", value));
  }
}

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

// Which of the checks of the server's certificate failed. The libraries that curl uses for TLS have no common
// code for it, but they use few words.
NetworkFailure CertificateFailure(absl::string_view details) {
  for (const char* const dates : {"expired", "expiration", "not yet valid", "not activated"}) {
    if (absl::StrContains(details, dates)) return NetworkFailure::kServerDates;
  }
  for (const char* const name :
       {"subject name", "does not match", "hostname mismatch", "IP address mismatch"}) {
    if (absl::StrContains(details, name)) return NetworkFailure::kServerName;
  }
  return NetworkFailure::kAuthority;
}

NetworkFailure FailureOf(CURLcode result, absl::string_view details) {
  switch (result) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return NetworkFailure::kName;
    case CURLE_COULDNT_CONNECT:
      return NetworkFailure::kRefused;
    case CURLE_OPERATION_TIMEDOUT:
      return NetworkFailure::kTimeout;
    case CURLE_PEER_FAILED_VERIFICATION:
      return CertificateFailure(details);
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
  if (result == CURLE_COULDNT_RESOLVE_PROXY) return "check HTTPS_PROXY";
  if (result == CURLE_UNKNOWN_OPTION || result == CURLE_NOT_BUILT_IN)
    return "install libcurl 7.77 or newer that is built with OpenSSL (Debian's package libcurl4)";
  if (result == CURLE_SSL_CACERT_BADFILE) return "check the file given with --ca-file";
  switch (failure) {
    case NetworkFailure::kName:
    case NetworkFailure::kRefused:
    case NetworkFailure::kTimeout:
      return "check the network, HTTPS_PROXY and NO_PROXY, and the region or endpoint given";
    case NetworkFailure::kAuthority:
      return "if a proxy of your company re-signs TLS, give its authority with --ca-file";
    case NetworkFailure::kServerName:
      return "check the address given: another server may have taken it";
    case NetworkFailure::kServerDates:
      return "check this machine's clock; if it is right, the server's owner has to renew its certificate";
    case NetworkFailure::kBroken:
      return "the connection broke: try again; if it stays, check HTTPS_PROXY and NO_PROXY";
    default:
      return "";
  }
}

std::string ReasonFor(CURLcode result, NetworkFailure failure, const HttpRequest& request,
                      const CurlLibrary& curl) {
  switch (failure) {
    case NetworkFailure::kTimeout:
      return absl::StrCat("no answer within ",
                          absl::FormatDuration(absl::Ceil(request.timeout, absl::Milliseconds(100))));
    case NetworkFailure::kAuthority:
      return "TLS: no authority that is trusted here signed the server's certificate";
    case NetworkFailure::kServerName:
      return "TLS: the server's certificate is for another name";
    case NetworkFailure::kServerDates:
      return "TLS: the server's certificate has ended or is not valid yet";
    default:
      return result == CURLE_WRITE_ERROR ? "the response is too large" : curl.EasyStrerror(result);
  }
}

}  // namespace

absl::StatusOr<HttpResponse> CurlTransport::Send(const HttpRequest& request) {
  absl::StatusOr<const CurlLibrary*> curl = LoadCurl();
  if (!curl.ok()) return curl.status();
  Transfer transfer(**curl);
  Prepare(request, ca_file_, &transfer);
  if (waiting_ != nullptr) transfer.TellOf(ShownOrigin(request.url), waiting_);
  HttpResponse response;
  const CURLcode result = transfer.Perform(&response);
  if (result == CURLE_OK) return response;
  const NetworkFailure failure = FailureOf(result, transfer.details());
  absl::Status error(CodeOf(result),
                     absl::StrCat(ShownOrigin(request.url), ": ", ReasonFor(result, failure, request, **curl)));
  error = WithNetworkFailure(std::move(error), failure);
  const absl::string_view hint = HintFor(result, failure);
  return hint.empty() ? error : WithHint(error, hint);
}

}  // namespace credential_provider
