#include "credential_provider/http/curl_transport.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/standard_streams.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/crypto/authority_bundle.h"
#include "credential_provider/http/curl_failure.h"
#include "credential_provider/http/curl_pending_request.h"
#include "credential_provider/http/curl_transfer.h"
#include "credential_provider/http/exchange_log.h"
#include "credential_provider/http/network_failure.h"
#include "credential_provider/http/proxy.h"
#include "credential_provider/http/response_reader.h"
#include "credential_provider/http/system_authorities.h"
#include "credential_provider/http/system_trust.h"
#include "credential_provider/http/url.h"
#include "credential_provider/start/relocation.h"

namespace credential_provider {
namespace {

constexpr size_t kMaxBundleBytes = 8 << 20;

// The first time alone, and before there is a second thread.
CURLcode PrepareProcess() {
  RelocateDeferred();
  OccupyClosedStreams();      // a connection must not be one of them
  unsetenv("SSLKEYLOGFILE");  // libcurl would write what opens each of our connections into that file
  return curl_global_init(CURL_GLOBAL_DEFAULT);
}

absl::Status StartCurl() {
  static const CURLcode started = PrepareProcess();
  if (started == CURLE_OK) return absl::OkStatus();
  return absl::InternalError("libcurl: cannot be initialised");
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

// Says it all, so that curl reads no variable itself.
void SetProxy(const absl::optional<Proxy>& proxy, Transfer* transfer) {
  transfer->Set(CURLOPT_PROXY, proxy ? proxy->url : "");
  transfer->Set(CURLOPT_NOPROXY, "");
}

bool HasTlsProxy(const absl::optional<Proxy>& proxy) {
  return proxy && absl::StartsWith(proxy->url, "https://");
}

bool IsGiven(const Authorities& given) { return !given.file.empty() || !given.pem.empty(); }

void SetTls(Transfer* transfer) {
  transfer->Set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
  transfer->Set(CURLOPT_SSL_VERIFYPEER, 1L);
  transfer->Set(CURLOPT_SSL_VERIFYHOST, 2L);
}

// `given` speaks for the server and not for the way to it: what passes through an HTTPS proxy is checked
// against `system` all the same. All of these must outlive the transfer.
void SetTrust(const HttpRequest& request, const Authorities& given, const Authorities& system,
              const AuthorityBundle* bundle, Transfer* transfer) {
  const absl::optional<Proxy> proxy = ProxyOf(request);
  SetProxy(proxy, transfer);
  if (HasTlsProxy(proxy)) transfer->TrustForProxy(system);
  if (bundle == nullptr) return transfer->Trust(IsGiven(given) ? given : system);
  transfer->TrustBundle(*bundle);
  transfer->Trust({system.folder, "", ""});
}

// A connection that is opened with a certificate is used by nobody else, and no other by who has one.
void SetClientCertificate(const HttpRequest& request, Transfer* transfer) {
  if (request.client_certificate_pem.empty()) return;
  transfer->SetPem(CURLOPT_SSLCERT_BLOB, request.client_certificate_pem);
  transfer->SetPem(CURLOPT_SSLKEY_BLOB, request.client_key_pem.Reveal());
  transfer->Set(CURLOPT_FRESH_CONNECT, 1L);
  transfer->Set(CURLOPT_FORBID_REUSE, 1L);
}

// What is passed by reference must outlive the transfer.
void Prepare(const HttpRequest& request, const Authorities& given, const Authorities& system,
             const AuthorityBundle* bundle, Transfer* transfer) {
  SetServerName(request, transfer);
  transfer->Set(CURLOPT_NOSIGNAL, 1L);
  transfer->Set(CURLOPT_FOLLOWLOCATION, 0L);
  transfer->Set(CURLOPT_CONNECTTIMEOUT_MS,
                static_cast<long>(absl::ToInt64Milliseconds(request.connect_timeout)));
  transfer->Set(CURLOPT_TIMEOUT_MS, static_cast<long>(absl::ToInt64Milliseconds(request.timeout)));
  SetTls(transfer);
  SetTrust(request, given, system, bundle, transfer);
  SetClientCertificate(request, transfer);
  if (!request.body.empty() || request.method == "POST" || request.method == "PUT") {
    transfer->Set(CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
    transfer->Set(CURLOPT_POSTFIELDS, request.body);  // not copied: the request outlives the transfer
  }
  transfer->Set(CURLOPT_CUSTOMREQUEST, request.method);
  // curl would add a type to a body that has none; an empty one is no form.
  if (request.headers.count("content-type") == 0) transfer->AddHeader("content-type:");
  transfer->AddHeaders(request.headers);
  if (request.late_headers != nullptr) transfer->AwaitHeaders(request.late_headers);
}

// Whether the system's authorities are asked about the server or a proxy on the way to it.
bool AsksSystem(const HttpRequest& request, const Authorities& given) {
  if (HasTlsProxy(ProxyOf(request))) return true;
  return absl::StartsWithIgnoreCase(request.url, "https://") && !IsGiven(given);
}

// Returns what to try, one after the other. Empty when this machine trusts nobody.
absl::StatusOr<std::vector<Authorities>> AuthoritiesOfSystem() {
  absl::StatusOr<SystemTrust> set = FindSystemTrust();
  if (!set.ok()) return set.status();
  if (!set->pem.empty()) return std::vector<Authorities>{{"", "", std::move(set->pem)}};
  std::vector<Authorities> found = SystemAuthorities();
  if (set->file.empty()) return found;
  return std::vector<Authorities>{{found.empty() ? "" : found[0].folder, std::move(set->file), ""}};
}

absl::Status NoAuthorities(const HttpRequest& request) {
  const absl::Status error = absl::UnavailableError(
      absl::StrCat(ShownOrigin(request.url), ": TLS: this machine has no certificate authorities in ",
                   PlacesOfAuthorities()));
  return WithHint(WithNetworkFailure(error, NetworkFailure::kAuthority),
                  "install package ca-certificates, or give a file of authorities with --ca-file");
}

}  // namespace

// Connections stay open for what this object sends next, to the end of its life or of the server's patience.
struct CurlTransport::Connections {
  std::map<std::string, AuthorityBundle> bundles;  // by the file; "" for a text
  const std::unique_ptr<CURL, void (*)(CURL*)> handle{curl_easy_init(), &curl_easy_cleanup};

  const AuthorityBundle* BundleOf(const Authorities& system);
};

// Returns the authorities of `system` that are in one text, to be looked up there, or null where they cannot
// be: then libcurl reads them.
const AuthorityBundle* CurlTransport::Connections::BundleOf(const Authorities& system) {
  const auto known = bundles.find(system.file);
  if (known != bundles.end()) return &known->second;
  const absl::StatusOr<std::string> pem =
      system.file.empty() ? system.pem : ReadFile(system.file, kMaxBundleBytes);
  if (!pem.ok() || !AuthorityBundle::CanRead(*pem)) return nullptr;
  return &bundles.emplace(system.file, AuthorityBundle(*pem)).first->second;
}

CurlTransport::CurlTransport(std::string ca_file, void (*waiting)(absl::string_view))
    : ca_file_(std::move(ca_file)), waiting_(waiting) {}

CurlTransport::~CurlTransport() = default;

// One whose headers come late is logged by who sends these.
absl::StatusOr<HttpResponse> CurlTransport::Send(const HttpRequest& request) {
  if (request.late_headers != nullptr) return Transact(request);
  return Logged(request, request.headers, [&] { return Transact(request); });
}

absl::StatusOr<HttpResponse> CurlTransport::Transact(const HttpRequest& request) {
  absl::Status valid = CheckHead(request);
  if (!valid.ok()) return valid;
  std::vector<Authorities> system = {Authorities()};
  const Authorities given = {"", ca_file_, request.trusted_ca_pem};
  if (AsksSystem(request, given)) {
    absl::StatusOr<std::vector<Authorities>> found = AuthoritiesOfSystem();
    if (!found.ok()) return found.status();
    system = *std::move(found);
  }
  absl::Status started = StartCurl();
  if (!started.ok()) return started;
  if (connections_ == nullptr) connections_ = std::make_unique<Connections>();
  absl::StatusOr<HttpResponse> response = NoAuthorities(request);
  for (const Authorities& authorities : system) {
    response = Exchange(request, given, authorities);
    if (response.ok() || NetworkFailureOf(response.status()) != NetworkFailure::kAuthority) break;
  }
  return response;
}

absl::StatusOr<HttpResponse> CurlTransport::Exchange(const HttpRequest& request, const Authorities& given,
                                                     const Authorities& system) {
  const bool is_server_alone = !IsGiven(given) && !HasTlsProxy(ProxyOf(request));
  const AuthorityBundle* const bundle = is_server_alone ? connections_->BundleOf(system) : nullptr;
  Transfer transfer(connections_->handle.get());
  Prepare(request, given, system, bundle, &transfer);
  if (waiting_ != nullptr) transfer.TellOf(ShownOrigin(request.url), waiting_);
  ResponseReader reader;
  const CURLcode result = transfer.Perform(&reader);
  if (result == CURLE_OK) return std::move(reader.response);
  return FailureStatus(
      {result, curl_easy_strerror(result), transfer.details(), transfer.proxy_status(), reader.refused()},
      request);
}

std::unique_ptr<PendingRequest> CurlTransport::Begin(const HttpRequest& draft) {
  if (!StartCurl().ok()) return nullptr;
  auto pending = std::make_unique<CurlPendingRequest>(draft, ca_file_, waiting_);
  if (!pending->Start()) return nullptr;
  return pending;
}

}  // namespace credential_provider
