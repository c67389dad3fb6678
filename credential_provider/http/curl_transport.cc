#include "credential_provider/http/curl_transport.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/standard_streams.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/base/waiting.h"
#include "credential_provider/crypto/authority_bundle.h"
#include "credential_provider/http/curl_failure.h"
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

absl::Status StartCurl() {
  RelocateDeferred();
  OccupyClosedStreams();      // a connection must not be one of them
  unsetenv("SSLKEYLOGFILE");  // libcurl would write what opens each of our connections into that file
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (started == CURLE_OK) return absl::OkStatus();
  return absl::InternalError("libcurl: cannot be initialised");
}

// One request on `handle`, which is left without options. An option that libcurl cannot obey fails the
// request: without it the request would not be the one that was meant, and perhaps not a safe one.
class Transfer {
 public:
  explicit Transfer(CURL* handle) : handle_(handle) {}
  ~Transfer() {
    if (handle_ != nullptr) curl_easy_reset(handle_);
    curl_slist_free_all(headers_);
    curl_slist_free_all(connect_to_);
  }
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // `value` has one of the types that this variadic function of libcurl accepts.
  template <typename Value>
  void Set(CURLoption option, Value value) {
    const CURLcode taken = curl_easy_setopt(handle_, option, value);
    if (options_ == CURLE_OK) options_ = taken;
  }
  void Set(CURLoption option, const std::string& value) { Set(option, value.c_str()); }

  // `pem` is not copied: it must outlive the transfer.
  void SetPem(CURLoption option, const std::string& pem) {
    if (pem.empty()) return;
    curl_blob blob = {const_cast<char*>(pem.data()), pem.size(), CURL_BLOB_NOCOPY};
    Set(option, &blob);
  }

  // Trusts these, whose text must outlive the transfer, and nothing that was compiled into libcurl.
  void Trust(const Authorities& authorities) {
    Set(CURLOPT_CAINFO, OrNull(authorities.file));
    Set(CURLOPT_CAPATH, OrNull(authorities.folder));
    SetPem(CURLOPT_CAINFO_BLOB, authorities.pem);
  }

  // As above, for a proxy that is reached by TLS.
  void TrustForProxy(const Authorities& authorities) {
    Set(CURLOPT_PROXY_CAINFO, OrNull(authorities.file));
    Set(CURLOPT_PROXY_CAPATH, OrNull(authorities.folder));
    SetPem(CURLOPT_PROXY_CAINFO_BLOB, authorities.pem);
  }

  // Trusts what is in `bundle` too, as a server; a proxy's certificate must not be checked in this transfer.
  // It must outlive the connection.
  void TrustBundle(const AuthorityBundle& bundle) {
    Set(CURLOPT_SSL_CTX_FUNCTION, &OnTls);
    Set(CURLOPT_SSL_CTX_DATA, const_cast<AuthorityBundle*>(&bundle));
  }

  void AddHeader(const std::string& line) { headers_ = curl_slist_append(headers_, line.c_str()); }

  // Connects to `authority` whatever host the URL names.
  void ConnectTo(absl::string_view authority) {
    connect_to_ = curl_slist_append(connect_to_, absl::StrCat("::", authority).c_str());
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

  // The status of the proxy's answer to CONNECT; 0 when none came.
  int proxy_status() const { return static_cast<int>(Info(CURLINFO_HTTP_CONNECTCODE)); }

  // Runs the exchange and collects the response.
  CURLcode Perform(ResponseReader* reader) {
    Set(CURLOPT_ERRORBUFFER, &details_[0]);
    Set(CURLOPT_HTTPHEADER, headers_);
    Set(CURLOPT_WRITEFUNCTION, &OnBody);
    Set(CURLOPT_WRITEDATA, reader);
    Set(CURLOPT_HEADERFUNCTION, &OnHeader);
    Set(CURLOPT_HEADERDATA, reader);
    if (options_ != CURLE_OK) return options_;
    const CURLcode result = curl_easy_perform(handle_);
    reader->response.status = static_cast<int>(Info(CURLINFO_RESPONSE_CODE));
    return result;
  }

 private:
  static const char* OrNull(const std::string& place) { return place.empty() ? nullptr : place.c_str(); }

  // These return 0 to have curl end the transfer with CURLE_WRITE_ERROR.
  static size_t OnBody(char* data, size_t, size_t size, void* reader) {
    return static_cast<ResponseReader*>(reader)->AddBody({data, size}) ? size : 0;
  }
  static size_t OnHeader(char* data, size_t, size_t size, void* reader) {
    return static_cast<ResponseReader*>(reader)->AddHeaderLine({data, size}) ? size : 0;
  }

  // Ends the transfer unless it returns CURLE_OK.
  static CURLcode OnTls(CURL*, void* ssl_ctx, void* bundle) {
    return static_cast<const AuthorityBundle*>(bundle)->TrustIn(ssl_ctx).ok() ? CURLE_OK
                                                                              : CURLE_OUT_OF_MEMORY;
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

  long Info(CURLINFO info) const {
    long value = 0;
    curl_easy_getinfo(handle_, info, &value);
    return value;
  }

  CURL* const handle_;
  curl_slist* headers_ = nullptr;
  curl_slist* connect_to_ = nullptr;
  CURLcode options_ = CURLE_OK;  // the first failure to set one
  char details_[CURL_ERROR_SIZE] = "";
  Wait wait_;
};

// What goes into a request's head is on one line: a line break would begin a header of somebody else's.
absl::Status CheckHead(const HttpRequest& request) {
  const auto is_control = [](unsigned char c) { return absl::ascii_iscntrl(c) && c != '\t'; };
  const auto is_graph = [](unsigned char c) { return absl::ascii_isgraph(c); };
  const bool http = absl::StartsWithIgnoreCase(request.url, "http://") ||
                    absl::StartsWithIgnoreCase(request.url, "https://");
  if (!http || !std::all_of(request.url.begin(), request.url.end(), is_graph))
    return absl::InvalidArgumentError(absl::StrCat(Printable(ShownOrigin(request.url)), ": not a URL"));
  for (const auto& [name, value] : request.headers) {
    if (std::any_of(value.begin(), value.end(), is_control)) {
      return absl::InvalidArgumentError(absl::StrCat(ShownOrigin(request.url), ": header ", name,
                                                     ": a line break or control character in it"));
    }
  }
  absl::string_view host, port;
  if (request.tls_server_name.empty() ||
      (SplitAuthority(request.tls_server_name, &host, &port) && port.empty()))
    return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(ShownOrigin(request.url), ": tls-server-name: not a host's name"));
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
  transfer->Set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
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
  for (const auto& [name, value] : request.headers) {
    // "Name;" is curl's spelling of a header with an empty value.
    transfer->AddHeader(value.empty() ? absl::StrCat(name, ";") : absl::StrCat(name, ": ", value));
  }
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

absl::StatusOr<HttpResponse> CurlTransport::Send(const HttpRequest& request) {
  absl::Status valid = CheckHead(request);
  if (!valid.ok()) return valid;
  std::vector<Authorities> system = {Authorities()};
  const Authorities given = {"", ca_file_, request.trusted_ca_pem};
  if (AsksSystem(request, given)) {
    absl::StatusOr<std::vector<Authorities>> found = AuthoritiesOfSystem();
    if (!found.ok()) return found.status();
    system = *std::move(found);
  }
  const absl::Status started = StartCurl();
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

}  // namespace credential_provider
